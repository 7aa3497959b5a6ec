import {
  billingEventSchema,
  billingExchange,
  binaryCloudEventHeadersSchema,
  callHeadersSchema,
  catalogChangedPattern,
  catalogChangedSchema,
  catalogReloadPattern,
  configExchange,
  eventHeadersSchema,
  eventTypes,
  intakeTopology,
  partitionQueue,
  rejectionReasons,
  scriptEnvironmentSchema,
  scriptLineSchema,
  scriptReplySchema,
  structuredCloudEventSchema,
  type EventType,
  type JsonObject,
} from '#contracts';
import { exampleEvent } from './asyncapi/messages.ts';
import { code, json, madeNotice, page, table } from './markdown.ts';
import { fieldTable } from './schema-table.ts';

/** docs/messages.md: what goes over the broker, to HTTP handlers and to scripts. */
export function messages(): string {
  return page(
    '# Messages',
    madeNotice,
    'What Provisor takes and sends, field by field. The same for programs is [asyncapi.yaml](asyncapi.yaml) (AsyncAPI 3.0). What it means, and how to go about it, is in [for those who publish events](events.md) and [for those who write handlers](handlers.md).',
    typeSection(),
    eventSection(),
    cloudEventSection(),
    httpSection(),
    scriptSection(),
    changeSection(),
    queueSection(),
  );
}

function typeSection(): string {
  const row = ({ id, group, label }: EventType): string[] => [code(id), group, label];
  return page(
    '## Event types',
    'Those of every installation; [it may have more](events.md#event-types-of-your-own). The schema of what each carries is in `asyncapi.yaml`, as `ClientsCreateData` and so on, and in `GET /api/v1/event-types`.',
    table(['id', 'group', 'label'], eventTypes.map(row)),
  );
}

function eventSection(): string {
  return page(
    '## Events',
    `Published to the exchange ${code(billingExchange)} (topic, durable), with the event type as routing key.`,
    json(exampleEvent(eventTypes[0]!)),
    fieldTable(billingEventSchema()),
    'Headers:',
    fieldTable(eventHeadersSchema()),
    `What is no event is kept with a reason: ${rejectionReasons.map(code).join(', ')} ([more](events.md#what-is-rejected)).`,
  );
}

function cloudEventSection(): string {
  return page(
    '## CloudEvents',
    'Structured (`application/cloudevents+json`): one document.',
    fieldTable(structuredCloudEventSchema()),
    'Binary: the body is the data, the attributes are headers, with `cloudEvents_` in place of `cloudEvents:` where names have no colon.',
    fieldTable(binaryCloudEventHeadersSchema()),
  );
}

function httpSection(): string {
  return page(
    '## Calls of HTTP handlers',
    "The body is the event as above, with `event.id` always there, or a [CloudEvent](cloudevents.md). The handler's own headers come besides; none of them replaces one of these:",
    fieldTable(callHeadersSchema),
  );
}

function scriptSection(): string {
  return page(
    '## Scripts',
    'The event is on the standard input. The environment has these variables and no others:',
    fieldTable(scriptEnvironmentSchema),
    'A script with `mode: persistent` gets `PATH`, `LANG`, `TZ`, `HOME` and `PROVISOR_HANDLER_ID`, and for each event one line of JSON:',
    fieldTable(scriptLineSchema),
    'It answers with one line:',
    fieldTable(scriptReplySchema),
  );
}

function changeSection(): string {
  const example = (pattern: string, data: JsonObject): string => json({ pattern, data });
  return page(
    '## Changes of handlers',
    `The registry tells every executor through the exchange ${code(configExchange)} (fanout, durable). Handlers have changed:`,
    example(catalogChangedPattern, { revision: 42 }),
    fieldTable(catalogChangedSchema),
    'Every executor is to load its catalog again, whether it has changed or not:',
    example(catalogReloadPattern, {}),
  );
}

function queueSection(): string {
  const { name, arguments: given } = intakeTopology.queues[0]!;
  const partitions = partitionQueue(0).replace(/0$/, 'N');
  return page(
    '## Queues',
    `For those who watch them: ${code(name)} takes everything that billing publishes, ${code(partitions)} holds the events of a share of the keys. All are durable, with these arguments:`,
    table(
      ['argument', 'value'],
      Object.entries(given).map(([argument, value]) => [code(argument), code(String(value))]),
    ),
    'All other queues and messages are Provisor’s own affair, and may change.',
  );
}
