import { code, json, madeNotice, page, table } from '../markdown.ts';
import { fieldTable } from '../schema-table.ts';
import { typeWords } from '../schema-words.ts';
import {
  jsonSchemaOf,
  routesOf,
  type ApiDescription,
  type Operation,
  type Parameter,
  type Route,
} from './api-description.ts';
import { exampleOf } from './example.ts';

const titles: Readonly<Record<string, string>> = {
  handlers: 'Handlers',
  events: 'Events',
  journal: 'Journal',
  replays: 'Replays',
  deferrals: 'Deferrals',
  overview: 'Overview',
  catalog: 'Catalog',
  executors: 'Executors',
  access: 'Access',
};

const intro = `Under \`/api/v1\` of the registry. The same for programs is \`GET /api/v1/openapi.json\` (OpenAPI 3.1), which can be browsed at \`/api/docs\`;
the [SDK](../sdk/README.md) has a typed client, the [command line](command-line.md) another.

Every request has the header \`authorization: Bearer KEY\`, with an API key or a token of the identity provider, or the cookie of a session. Roles:
\`viewer\` reads, \`operator\` also has things done, \`admin\` also changes handlers and keys. Ids are UUIDs; times are RFC 3339.

Lists that can grow without bound are read page by page: \`nextCursor\` of an answer is the \`cursor\` of the next request, and null on the last page. An unknown parameter is
refused; a blank one counts as not given.

\`\`\`sh
curl --fail-with-body -H "authorization: Bearer $KEY" "$URL/api/v1/handlers?event=clients.create"
curl --fail-with-body -H "authorization: Bearer $KEY" --json @handler.json "$URL/api/v1/handlers"
\`\`\``;

const errors = `Every error is \`application/problem+json\` (RFC 9457), with one of the statuses that a route names. \`errors\` has every field that does not fit.`;

/** docs/rest.md: the REST API, route by route. */
export function rest(api: ApiDescription): string {
  const routes = routesOf(api);
  const tags = [...new Set(routes.map(({ operation }) => operation.tags[0]!))];
  const known = Object.keys(titles);
  const unknown = tags.find((tag) => !known.includes(tag));
  if (unknown !== undefined) throw new Error(`tools/docs/rest has no title for the tag ${unknown}`);
  const sections = known.map((tag) =>
    section(
      api,
      titles[tag]!,
      routes.filter(({ operation }) => operation.tags[0] === tag),
    ),
  );
  return page('# REST', madeNotice, intro, errorSection(api, routes), ...sections, shapes(api));
}

/** What a status means is the same everywhere. */
function errorSection(api: ApiDescription, routes: readonly Route[]): string {
  const meanings = new Map<string, string>();
  for (const { operation } of routes) {
    for (const [status, { description }] of Object.entries(operation.responses)) {
      if (Number(status) >= 400) meanings.set(status, description);
    }
  }
  const rows = [...meanings].sort().map(([status, meaning]) => [status, meaning]);
  return page(
    '## Errors',
    errors,
    table(['status', 'what it means'], rows),
    fieldTable(api.components.schemas['ProblemView']!, link),
  );
}

function section(api: ApiDescription, title: string, routes: readonly Route[]): string {
  return page(`## ${title}`, ...routes.map((route) => routeText(api, route)));
}

function routeText(api: ApiDescription, { method, path, operation }: Route): string {
  return page(
    `### ${method} ${path.replace('/api/v1', '')}`,
    `${operation.summary}.`,
    `Role: ${code(operation['x-least-role'])}. ${answerWords(operation)}. Errors: ${errorStatuses(operation)}.`,
    parameterTable(operation.parameters ?? []),
    bodyText(api, operation),
  );
}

function answerWords(operation: Operation): string {
  const [status, answer] = Object.entries(operation.responses).find(([code]) => Number(code) < 400)!;
  const schema = jsonSchemaOf(answer.content);
  const other = Object.keys(answer.content ?? {}).find((type) => !type.includes('json'));
  const what = schema ? typeWords(schema, link) : (other ?? 'nothing');
  const headers = Object.keys(answer.headers ?? {});
  return `Answer: ${status}, ${what}${headers.length > 0 ? `, with ${headers.map(code).join(' and ')}` : ''}`;
}

function errorStatuses({ responses }: Operation): string {
  return Object.keys(responses)
    .filter((status) => Number(status) >= 400)
    .join(', ');
}

function parameterTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: place, required, schema, description = '' }) => {
    const fallback = schema['default'] === undefined ? '' : `. Default: ${code(JSON.stringify(schema['default']))}`;
    return [code(name), required ? `${place}, always` : place, typeWords(schema), description + fallback];
  });
  return table(['parameter', 'where', 'what it may be', 'what it says'], rows);
}

function bodyText(api: ApiDescription, { requestBody }: Operation): string {
  const schema = jsonSchemaOf(requestBody?.content);
  if (!schema) return '';
  const types = Object.keys(requestBody!.content);
  const also = types.length > 1 ? ` (${types.map(code).join(', ')})` : '';
  const optional = requestBody!.required ? '' : ' It may be left out.';
  return page(`Body: ${typeWords(schema, link)}${also}.${optional} For example:`, json(exampleOf(api, schema)));
}

const link = (name: string): string => `[${name}](#${name.toLowerCase()})`;

function shapes({ components }: ApiDescription): string {
  const names = Object.keys(components.schemas)
    .filter((name) => name !== 'ProblemView')
    .sort();
  const one = (name: string): string => {
    const schema = components.schemas[name]!;
    return page(`### ${name}`, schema['properties'] ? fieldTable(schema, link) : `${typeWords(schema, link)}.`);
  };
  return page('## Shapes', 'What bodies and answers are made of.', ...names.map(one));
}
