import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** OpenAPI at /openapi.json, readable at /docs; written from the schemas the routes validate with. */
export function documentRoutes(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Broadsheet')
    .setDescription('Push articles, search them, and ask where one is.')
    .setVersion('1')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Broadsheet',
  });
}
