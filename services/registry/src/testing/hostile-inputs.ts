import { handlerFieldNames } from '#contracts';

/** What no caller of good will sends, and what comes anyway. */

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
export const handler = { name: 'h', event: 'clients.create', task: { type: 'http', url: 'http://a' } };
const withField = (field: string, value: string): string =>
  JSON.stringify({ ...handler, name: `n${Math.random()}` }).replace(/}$/, `,${JSON.stringify(field)}:${value}}`);

// prettier-ignore
const values = [
  'null', 'true', '0', '-1', '1.5', '1e999', '-1e999', '9007199254740993', '""', '"\\u0000"', '"\\ud800"', '"\\udc00x"',
  '[]', '[[]]', '[null]', '{}', '{"a":{}}', '{"length":1}', '{"then":1}', '{"toString":1}', '"%s%n"', '"\'; drop table handlers"',
  `"${'x'.repeat(10_000)}"`, `[${'1,'.repeat(5_000)}1]`, '{"type":"http"}', '{"type":"script","path":{}}', '{"type":{"x":1}}',
  '{"type":"http","url":{"href":"x"}}', '{"type":"http","url":"http://a","headers":[["a","b"]]}',
  '{"type":"http","url":"http://a","headers":{"constructor":"x"}}', '{"type":"script","path":"x","args":{"length":2}}',
  '{"type":"http","target":{"x":1}}', '{"type":"http","target":"x","path":"//x"}', '{"type":"http","url":"http://[::1","method":"post"}', '{"type":"email","to":{"length":1},"subject":"a","text":"b"}', '{"type":"email","to":["a@b\\r\\nBcc: c@d"],"subject":"a\\nb","text":"c"}', '{"type":"constructor"}', '{"type":"__proto__"}',
];
/** For some fields, and not for all: what reads a large body takes its time. */
const largeValues = [`"${'x'.repeat(100_000)}"`, `[${'1,'.repeat(50_000)}1]`, `{${'"a":1,'.repeat(50_000)}"b":1}`];
// prettier-ignore
const fields = [...handlerFieldNames, 'id', 'version', 'ids', 'data', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'toJSON', 'then', '', '$ne', 'a.b', '\u0000'];

// prettier-ignore
export const bodies: (string | Buffer)[] = [
  '', ' ', '{', '}', '{"a"', '{"a":}', 'null', 'true', '1', '"x"', '[]', '[{}]', '{}', '{"a":1,"a":2}', 'NaN', '\u0000', '{"a":"\u0001"}',
  '\ufeff{}', "{'a':1}", '{"__proto__":{"name":"x"}}', '{"constructor":{"prototype":{"x":1}}}', '{"task":{"__proto__":null}}',
  deep('[', ']', 129), deep('[', ']', 200_000), deep('{"a":', '}', 129), `{"a":${deep('[', ']', 100_000)}}`, '['.repeat(500_000),
  `{"a":${'9'.repeat(100_000)}}`, JSON.stringify({ a: 'x'.repeat(1_100_000) }), `{${'"a":1,'.repeat(50_000)}"b":1}`,
  Buffer.from([0xff, 0xfe, 0x00]), Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from('{"a":1}', 'utf16le'),
  '{"event":null}', '{"event":[]}', '{"event":{"events_id":"constructor","dt":"","object_id":{}},"data":{}}',
  '{"event":{"events_id":"__proto__","dt":"2026-03-01T09:15:00Z","object_id":1},"data":{"__proto__":1}}',
  '{"event":"clients.create","ids":"x"}', '{"event":"clients.create","ids":[{}]}', '{"event":"clients.create","ids":[null,"a","a"]}',
];
const taskWith = (rest: string): string => withField('task', `{"type":"http","url":"https://a",${rest}}`);
// prettier-ignore
const secrets = [
  '"secretHeaders":["__proto__"]', '"secretHeaders":["a","A",""],"headers":{"a":"***"}', '"secretHeaders":{"length":1}', '"headers":{"cookie":"***"}',
  '"headers":{"cookie":"\u0000"}', '"tls":[]', '"tls":null', '"tls":{"ca":{}}', '"tls":{"ca":"","certificate":"***","key":"***"}', '"tls":{"key":null}',
  '"tls":{"ca":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}', `"tls":{"ca":"${'-----BEGIN A-----\\nA'.repeat(3_000)}"}`,
  `"tls":{"key":"${'-----BEGIN PRIVATE KEY-----'.repeat(2_000)}"}`,
];
export const handlerBodies = [
  ...bodies,
  ...secrets.map(taskWith),
  ...fields.flatMap((field) => values.map((value) => withField(field, value))),
  ...['name', 'task', 'retry', 'unknown'].flatMap((field) => largeValues.map((value) => withField(field, value))),
];

const draft = '"event":"clients.create","task":{"type":"http","url":"http://a"}';
const draftFields = ['event', 'task', 'format', 'outcomes', 'keep', 'name', '__proto__', 'constructor'];
// prettier-ignore
const templates = [
  '{{', '}}', '{{}}', '{{ data', '{{ data }}', '{{ data.a }}{{', '{{ "', "{{ ''' }}", '{{{{{{', '{{ {{ }} }}', '{{ response }}', '{{ r"\\" }}',
  '{{ data }}'.repeat(200), '{'.repeat(5_000), `{{ ${'('.repeat(1_000)} }}`, `{{ ${'a.'.repeat(900)}a }}`, '{{ data.all(x, x) }}', '<a', '<!--', '&#',
];
const contentTypes = ['application/json', 'text/xml', 'application/x-www-form-urlencoded', 'text/plain'];
const hostileTasks = templates.flatMap((text) => [
  { type: 'http', url: `http://a/${text}` },
  { type: 'http', url: 'http://a', headers: { 'x-a': text } },
  ...contentTypes.map((contentType) => ({ type: 'http', url: 'http://a', body: text, contentType })),
  { type: 'script', path: 'a.sh', args: [text] },
]);
export const previewBodies = [
  ...bodies,
  ...draftFields.flatMap((field) => values.map((value) => `{"handler":{${draft},${JSON.stringify(field)}:${value}}}`)),
  ...['handler', 'event', 'answer', 'x'].flatMap((field) =>
    values.map((value) => `{"handler":{${draft}},${JSON.stringify(field)}:${value}}`),
  ),
  ...['response', 'attempt', 'maybe', 'x'].flatMap((field) =>
    values.map((value) => `{"handler":{${draft}},"answer":{${JSON.stringify(field)}:${value}}}`),
  ),
  ...['http', 'script'].flatMap((type) =>
    values.map((value) => `{"handler":{${draft}},"answer":{"response":{"${type}":${value}}}}`),
  ),
  ...['when', 'outcome', 'reason'].flatMap((field) =>
    values.map((value) => {
      const rule = `{"when":"true","outcome":"success",${JSON.stringify(field)}:${value}}`;
      return `{"handler":{${draft},"outcomes":[${rule}]}}`;
    }),
  ),
  ...values.map((value) => `{"handler":{${draft},"keep":{"a":${value}}}}`),
  ...hostileTasks.map((task) => JSON.stringify({ handler: { event: 'clients.create', task } })),
];

const filterFields = ['type', 'objectId', 'partitionKey', 'status', 'from', 'to', '__proto__', 'constructor', ''];
const filterWith = (field: string, value: string): string => `{"filter":{${JSON.stringify(field)}:${value}}}`;
export const replayBodies = [
  ...values.flatMap((value) => [
    `{"filter":${value}}`,
    `{"filter":{},"handlerIds":${value}}`,
    `{"handlerIds":${value}}`,
  ]),
  ...filterFields.flatMap((field) => values.map((value) => filterWith(field, value))),
  ...largeValues.flatMap((value) => [`{"filter":${value}}`, `{"filter":{},"handlerIds":${value}}`]),
];

const selectionFields = ['executionIds', 'filter', 'as', 'note', 'assignee', 'canary', 'perSecond', '__proto__', 'x'];
const failureFields = ['handlerId', 'event', 'reason', 'reached', 'objectId', 'assignee', 'from', 'constructor', ''];
export const failureBodies = [
  ...selectionFields.flatMap((field) =>
    values.map((value) => `{"filter":{},"as":"ignored","assignee":"x",${JSON.stringify(field)}:${value}}`),
  ),
  ...failureFields.flatMap((field) => values.map((value) => filterWith(field, value))),
  ...largeValues.flatMap((value) => [`{"filter":${value}}`, `{"executionIds":${value}}`]),
];

const deferralFields = [
  'handlerId',
  'targetId',
  'reason',
  'waitingLongerThan',
  'partitionKeys',
  '__proto__',
  'toString',
  '',
];
export const deferralBodies = [
  ...['canary', 'perSecond', 'note', 'filter', '__proto__'].flatMap((field) =>
    values.map((value) => `{"filter":{},${JSON.stringify(field)}:${value}}`),
  ),
  ...deferralFields.flatMap((field) => values.map((value) => filterWith(field, value))),
  filterWith('waitingLongerThan', '"999999999d"'),
  ...largeValues.map((value) => filterWith('partitionKeys', value)),
];

export const resumePlanBodies = values.flatMap((value) => [
  `{"resume":${value}}`,
  `{"resume":"x","event":${value}}`,
  `{"resume":"x","__proto__":${value}}`,
]);

export const target = { name: 't', baseUrl: 'https://a' };
const targetWith = (field: string, value: string): string =>
  JSON.stringify({ ...target, name: `n${Math.random()}` }).replace(/}$/, `,${JSON.stringify(field)}:${value}}`);
// prettier-ignore
const targetFields = ['name', 'description', 'baseUrl', 'headers', 'secretHeaders', 'tls', 'auth', 'rate', 'maxConcurrency', 'windows', 'releasePerSecond', 'hold', '__proto__', 'constructor', ''];
// prettier-ignore
const authValues = [
  '{"type":"basic"}', '{"type":"basic","username":{},"password":[]}', '{"type":"basic","username":"\\ud800","password":"\\u0000"}', '{"type":"__proto__"}',
  '{"type":"oauth2_client_credentials","tokenUrl":{"href":"x"}}', '{"type":"oauth2_client_credentials","tokenUrl":"http://[","clientId":1,"clientSecret":null}',
  '{"type":"basic","username":"a","password":"***"}', '{"__proto__":{"type":"basic"}}',
];
// prettier-ignore
const windowValues = [
  '[{"days":["sun"],"from":"02:00","to":"04:00","timeZone":"__proto__"}]', '[{"days":"sun"}]', '[{"days":[{}],"from":{},"to":[],"timeZone":1}]',
  '[{"days":["sun","sun"],"from":"2","to":"24:01","timeZone":"\\u0000"}]', '[null]', '[[]]', '{"0":{}}', `[${'{},'.repeat(50)}{}]`,
];
export const targetBodies = [
  ...bodies,
  ...targetFields.flatMap((field) => values.map((value) => targetWith(field, value))),
  ...authValues.map((value) => targetWith('auth', value)),
  ...windowValues.map((value) => targetWith('windows', value)),
  ...['name', 'headers', 'auth', 'windows'].flatMap((field) => largeValues.map((value) => targetWith(field, value))),
];

export const holdBodies = ['reason', 'until', '__proto__', 'constructor', ''].flatMap((field) =>
  [...values, '"9999-12-31T23:59:59Z"', '"0000-01-01T00:00:00Z"', ...largeValues].map(
    (value) => `{"reason":"x",${JSON.stringify(field)}:${value}}`,
  ),
);

const forecastFields = ['handlerIds', 'targetIds', 'from', 'to', '__proto__', 'length', ''];
export const forecastBodies = forecastFields.flatMap((field) =>
  [...values, '["00000000-0000-7000-8000-000000000000"]', '"9999-12-31T23:59:59Z"', ...largeValues].map(
    (value) => `{"from":"2026-03-01T09:15:00Z","to":"2026-03-01T10:15:00Z",${JSON.stringify(field)}:${value}}`,
  ),
);

const eventFields = ['id', 'dt', 'events_id', 'object_id', 'x', '__proto__', 'constructor'];
const headWith = (field: string, value: string): string =>
  `{"event":{"event":{"dt":"2026-03-01T09:15:00Z","object_id":1,"events_id":"clients.create",${JSON.stringify(field)}:${value}},"data":{}}}`;
export const handlerTestBodies = [
  ...bodies,
  ...values.flatMap((value) => [`{"event":${value}}`, `{"event":{"event":${value}}}`, `{"x":${value}}`]),
  ...eventFields.flatMap((field) => values.map((value) => headWith(field, value))),
  ...largeValues.map((value) => headWith('object_id', value)),
];

// prettier-ignore
export const queryNames = ['event', 'type', 'target', 'targetId', 'status', 'q', 'lookup', 'sort', 'page', 'limit', 'objectId', 'partitionKey', 'from', 'to', 'cursor', 'handlerId', 'reason', 'reached', 'assignee', 'state', 'kind', 'actor', 'action', 'subject', '__proto__', 'constructor', 'x'];
// prettier-ignore
const queryValues = [
  '', '%00', '%', '%zz', '%ff', '%ed%a0%80', '%F0%9F%92%A9', '\'"', '-1', '0', '1e9', '99999999999999999999', '0x10', 'NaN', '[]', '{}',
  'null', 'true', ',', ',,', '-', '--name', 'priority,priority', 'name%20desc', '%5C', '%25', '_', '2026-03-01T09:15:00Z', '2026-02-31T25:00:00Z',
  '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59.999999999999-23:59', 'AAAAAAAAAAAAAAAAAAAAAA', '_____________________w',
  '00000000-0000-0000-0000-000000000000', 'x'.repeat(5_000), 'constructor', '__proto__', 'clients.create', 'http', 'succeeded', 'enabled',
];
/** @param names Those that a route reads; of another one only the name is looked at, so that a few values will do. */
// prettier-ignore
export const queriesFor = (names: readonly string[]): string[] => [
  ...queryNames.flatMap((name) => queryValues.slice(0, names.includes(name) ? Infinity : 6).map((value) => `${name}=${value}`)),
  ...queryNames.map((name) => `${name}=1&${name}=2`),
  ...queryNames.map((name) => `${name}[]=1`),
  ...queryNames.map((name) => `${name}[constructor]=1`),
  '&', '=', '&&=&', '%', '?', '=1', 'a=1&'.repeat(2_000),
];

// prettier-ignore
export const pathIds = ['x', '%00', '%ff', '%2e%2e', '%2F', '..%2f..%2f', 'null', '0', '%F0%9F%92%A9', 'x'.repeat(250), 'x'.repeat(1_500), '00000000-0000-7000-8000-000000000000', '%ed%a0%80', "'", 'order', 'plan', '__proto__', 'constructor'];

// prettier-ignore
export const headers: Record<string, string>[] = [
  { 'content-type': '' }, { 'content-type': 'application/json; charset=utf-16' }, { 'content-type': 'application/json;;;' },
  { 'content-type': 'text/plain' }, { 'content-type': '/' }, { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data; boundary=x' }, { 'content-encoding': 'gzip' }, { 'if-match': '"' }, { 'if-match': ',,,' },
  { 'if-match': '"999999999999999999999"' }, { 'if-none-match': 'W/' }, { accept: 'text/html' }, { accept: 'nonsense' },
  { 'partition-key': '\u0080\u00ff' }, { 'partition-key': 'x'.repeat(5_000) }, { traceparent: '00-x' }, { 'accept-encoding': 'gzip;q=x' },
  { 'x-http-method-override': 'DELETE' }, { range: 'bytes=9-1' }, { authorization: 'Bearer eyJ.e.s' }, { authorization: '\u00ff' },
  { cookie: `provisor_session=${'A'.repeat(43)}` }, { cookie: ';;=;\u00ff=' }, { origin: '\u00ff' }, { 'x-forwarded-proto': ',,' },
];
