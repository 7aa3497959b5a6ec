import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP } from 'cloudevents';
import { cloudEventsJmsPrefix, cloudEventsJsonType, cloudEventsPrefix, type FieldError, type Task } from '#contracts';
import {
  attributesOf,
  binaryText,
  inMode,
  refusedCases,
  structuredText,
  takenCases,
  type CloudEventCase,
  type Mode,
} from '../../../test/support/cloud-event-cases.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

interface Message {
  content: string;
  contentType: string;
  headers: Record<string, unknown>;
}

function structured(given: CloudEventCase): Message {
  return { content: structuredText(given), contentType: `${cloudEventsJsonType}; charset=utf-8`, headers: {} };
}

function binary(prefix: string): (given: CloudEventCase) => Message {
  return (given) => {
    const headers = Object.entries(attributesOf(given)).map(([name, value]) => [prefix + name, value] as const);
    const { contentType = 'application/json' } = given;
    return { content: binaryText(given), contentType, headers: Object.fromEntries(headers) };
  };
}

const ways: [string, Mode, (given: CloudEventCase) => Message][] = [
  ['structured', 'structured', structured],
  [`binary with ${cloudEventsPrefix}`, 'binary', binary(cloudEventsPrefix)],
  [`binary with ${cloudEventsJmsPrefix}`, 'binary', binary(cloudEventsJmsPrefix)],
];

const named = <T extends CloudEventCase>(cases: readonly T[]) => cases.map((given) => [given.name, given] as const);

describe('conformance of CloudEvents by AMQP', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    [bench, target] = await Promise.all([Workbench.open(), RecordingTarget.listen()]);
    const task: Task = { type: 'http', url: target.url(), method: 'POST', headers: {} };
    await bench.addHandler({ name: 'gets them', event: 'clients.update', format: 'cloudevents', task });
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  async function publish({ content, ...options }: Message, messageId: string): Promise<void> {
    const billing = await bench.billing();
    await billing.publishRaw('clients.update', Buffer.from(content), { ...options, messageId });
  }

  describe.each(ways)('%s', (way, mode, message) => {
    it.each(named(inMode(mode, takenCases)))('%s is taken, and goes out as it came in', async (name, given) => {
      const id = `${way} ${name}`;
      const own = { ...given, attributes: { ...given.attributes, id } };
      await publish(message(own), id);
      const row = await bench.event(id);
      expect(row).toMatchObject({ status: 'succeeded', type: 'clients.update' });

      const { headers, body } = target.calls.at(-1)!;
      const sent = JSON.parse(body) as { time: string };
      const there = Object.entries(attributesOf(own)).filter(([key, value]) => value !== null && key !== 'data_base64');
      expect(sent).toMatchObject(Object.fromEntries(there));
      const [dataIn] = [given.data, '{"id":12}'].filter((text) => text !== undefined && text !== '');
      expect(sent).toMatchObject({ data: JSON.parse(dataIn!) as object });
      if (given.occurredAt !== undefined) expect(Date.parse(sent.time)).toBe(given.occurredAt);
      // As the SDK of CloudEvents for JavaScript reads it.
      const read = HTTP.toEvent({ headers, body });
      if (!(read instanceof CloudEvent)) throw new Error('it was taken for several');
      expect(read.validate()).toBe(true);
    });

    it.each(named(inMode(mode, refusedCases)))('%s is rejected', async (name, given) => {
      const id = `${way} ${name}`;
      await publish(message(given), id);
      const errors = await eventually(async () => {
        const query = `select errors from rejected_messages where properties::jsonb ->> 'messageId' = $1`;
        return (await bench.database.query<{ errors: FieldError[] }[]>(query, [id]))[0]?.errors;
      });
      expect(errors.map(({ field }) => field).sort()).toEqual(given.fields);
    });
  });
});
