import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect } from 'amqplib';
import pg from 'pg';
import { createSandbox, type Sandbox } from './sandbox.ts';

let mine: Sandbox;
let other: Sandbox;

beforeAll(async () => {
  [mine, other] = await Promise.all([createSandbox(), createSandbox()]);
});

afterAll(async () => {
  await Promise.all([mine, other].map((sandbox) => sandbox.dispose()));
});

test('a table made in one sandbox is not in another', async () => {
  const clients = [mine, other].map(({ databaseUrl }) => new pg.Client({ connectionString: databaseUrl }));
  const [first, second] = await Promise.all(clients.map(async (client) => (await client.connect(), client)));
  await first!.query('CREATE TABLE here ()');
  const { rows } = await second!.query("SELECT to_regclass('here') AS found");
  await Promise.all(clients.map((client) => client.end()));
  expect(rows).toEqual([{ found: null }]);
});

test('an exchange made in one sandbox is not in another', async () => {
  const [first, second] = await Promise.all([connect(mine.amqpUrl), connect(other.amqpUrl)]);
  await (await first.createChannel()).assertExchange('here', 'topic', { durable: true });
  const channel = await second.createChannel();
  channel.on('error', () => {}); // The refusal below closes the channel, which the library also reports here.
  await expect(channel.checkExchange('here')).rejects.toThrow(/NOT_FOUND/);
  await Promise.all([first.close(), second.close()]);
});
