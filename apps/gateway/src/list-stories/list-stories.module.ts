import { StoryReader } from '@broadsheet/persistence';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ListStoriesController } from './list-stories.controller.ts';
import { ListStoriesHandler, type StoryFinder } from './list-stories.handler.ts';

/** The list of stories on what `adapters` exports. */
@Module({ controllers: [ListStoriesController] })
export class ListStoriesModule {
  static forService(adapters: Type | DynamicModule): DynamicModule {
    return {
      module: ListStoriesModule,
      imports: [adapters],
      providers: [
        {
          provide: ListStoriesHandler,
          inject: [StoryReader],
          useFactory: (stories: StoryFinder) => new ListStoriesHandler(stories),
        },
      ],
    };
  }
}
