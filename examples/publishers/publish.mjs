#!/usr/bin/env node
// Publishes one event as a billing system would: publish.mjs [EVENT_TYPE [JSON]].
// Needs amqplib (`npm install amqplib`).

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'amqplib';

const DEV_FILE = new URL('../../.provisor/dev.json', import.meta.url); // written by `npm start` and `npm run demo`

const [eventType = 'clients.create', json = '{"id": 12, "name": "My name"}'] = process.argv.slice(2);
const data = JSON.parse(json);
if (data.id === undefined) throw new Error('the data must have an id');
const amqpUrl = process.env.AMQP_URL || JSON.parse(readFileSync(DEV_FILE, 'utf8')).amqpUrl;

const event = {
  id: randomUUID(), // one per occurrence; publish it again with the same id if you are not sure it arrived
  dt: new Date().toISOString(),
  events_id: eventType,
  object_id: data.id,
};
// Events with the same key run strictly in order; the key is the client's id, as a string.
const partitionKey = String(data.clients_id ?? data.id);

const connection = await connect(amqpUrl);
const channel = await connection.createConfirmChannel();
let returned = false;
channel.once('return', () => (returned = true)); // comes before the confirmation
// 'billing.events' is declared by Provisor.
channel.publish('billing.events', eventType, Buffer.from(JSON.stringify({ event, data })), {
  contentType: 'application/json',
  persistent: true, // it survives a restart of the broker
  messageId: event.id,
  headers: { 'partition-key': partitionKey },
  mandatory: true, // an event that no queue takes is an error, not a silent loss
});
await channel.waitForConfirms(); // the broker has the event safe
await connection.close();
if (returned) throw new Error(`no queue takes ${eventType}: has Provisor been started?`);

console.log(`published ${eventType} ${event.id}, partition key ${partitionKey}`);
