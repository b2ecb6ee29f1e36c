import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeDocument } from './complete-document.ts';

/** OpenAPI at /openapi.json, readable at /docs; written from the schemas the routes validate with. */
export function documentRoutes(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Broadsheet')
    .setDescription('Push articles, search them, and ask where one is.')
    .setVersion('1')
    .build();
  const write = (): OpenAPIObject =>
    completeDocument(SwaggerModule.createDocument(app, description));
  SwaggerModule.setup('docs', app, write, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Broadsheet',
  });
}
