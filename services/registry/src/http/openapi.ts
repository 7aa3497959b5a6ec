import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { leastRoleOf } from '../access/route-roles.ts';
import { sessionCookie } from '../access/sessions/session-cookie.ts';
import { PatchHandlerInput } from '../handlers/dto/handler-input.dto.ts';
import { PatchTargetInput } from '../targets/dto/target-input.dto.ts';
import { describeLists } from './openapi-parameters.ts';
import { describeRules } from './openapi-rules.ts';

const securityScheme = 'apiKey';

/** In the order of the page; what most people look for comes first. */
const tags: Readonly<Record<string, string>> = {
  handlers: 'What to do when events of a type happen: create, change, order, test',
  targets: 'The HTTP systems that handlers call: address, credentials, limits',
  holds: 'Periods in which a handler or target is not called',
  recipes: 'Handlers for systems that many have, to start from',
  events: 'Event types; publish an event, or see what it would run',
  journal: 'Recorded events, executions and rejected messages',
  failures: 'Executions that ended failed: settle or resume them',
  notices: 'Troubles that go on, and what was told of them',
  deferrals: 'Waiting keys: retry or skip them',
  operations: 'Actions on many events or keys, and how far they are',
  replays: 'Run events of the journal again',
  executors: 'Running executors, and the scripts they have',
  catalog: 'The revision of the handlers and targets that is in force',
  overview: 'Figures, and what needs attention',
  access: 'API keys, sessions and the audit',
};

const description = `Provisor runs provisioning handlers when something happens in a billing system.

Every error is \`application/problem+json\` (RFC 9457). Lists that can grow without bound are read page by page with
\`cursor\`; a blank query parameter counts as not given, an unknown one is refused.`;

/** The OpenAPI 3.1 description of the registry, made from its controllers. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder();
  for (const [name, words] of Object.entries(tags)) builder.addTag(name, words);
  const outline = builder
    .setOpenAPIVersion('3.1.0')
    .setTitle('Provisor API')
    .setDescription(description)
    .setVersion('1')
    .addSecurity(securityScheme, {
      type: 'http',
      scheme: 'bearer',
      description: 'An API key, or a token of the identity provider where there is one',
    })
    .addSecurity('session', { type: 'apiKey', in: 'cookie', name: sessionCookie, description: 'See POST /session' })
    .addSecurityRequirements(securityScheme)
    .addSecurityRequirements('session')
    .build();
  describeRules();
  const document = SwaggerModule.createDocument(app, outline, {
    operationIdFactory: (_controller, method) => method,
    autoTagControllers: false,
  });
  describeLists(document);
  dropDefaults(document, PatchHandlerInput.name);
  dropDefaults(document, PatchTargetInput.name);
  nameLeastRoles(document);
  unwrapDescriptions(document);
  return document;
}

/** Descriptions are comments of the source, which are wrapped; tables of a reference need them in one line. */
function unwrapDescriptions({ paths, components }: OpenAPIObject): void {
  const unwrap = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'description' && typeof child === 'string') Object.assign(value, { description: oneLine(child) });
      else unwrap(child);
    }
  };
  unwrap(paths);
  unwrap(components);
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');

/** OpenAPI has no word of its own for roles that are no scopes of OAuth. */
function nameLeastRoles(document: OpenAPIObject): void {
  for (const [path, operations] of Object.entries(document.paths)) {
    const route = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const [method, operation] of Object.entries(operations as Record<string, object>)) {
      Object.assign(operation, { 'x-least-role': leastRoleOf(method.toUpperCase(), route) });
    }
  }
}

/**
 * A patch has no defaults: a client that filled in those of the class it is made from would undo what it did not mean.
 */
function dropDefaults(document: OpenAPIObject, schemaName: string): void {
  const schema = document.components?.schemas?.[schemaName];
  if (!schema || !('properties' in schema)) throw new Error(`OpenAPI: there is no schema ${schemaName}`);
  for (const property of Object.values(schema.properties ?? {})) {
    if ('default' in property) delete property.default;
  }
}

/** Serves the description, and pages to browse it by, from this server alone. */
export function serveApiDescription(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, describeApi(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Provisor API',
    // In place of the bar with the name of another product.
    customCss: '.swagger-ui .topbar { display: none }',
    customfavIcon: '/favicon.svg',
    // Swagger UI would otherwise show a badge that a public server draws, and might leave a key behind in the browser.
    swaggerOptions: { validatorUrl: 'none', persistAuthorization: false },
  });
}
