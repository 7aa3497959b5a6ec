#!/usr/bin/env node
// Publishes one event as a billing system would: publish.mjs [EVENT_TYPE [JSON [OBJECT_ID [CLIENT_ID]]]].
// Without ids in the data, as in `publish.mjs clients.accounts.delete '{}' 301 12`, give them as arguments.
// Needs amqplib (`npm install amqplib`).

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'amqplib';

const USAGE = `usage: publish.mjs [EVENT_TYPE [JSON [OBJECT_ID [CLIENT_ID]]]]

Publishes one event, to the RabbitMQ of AMQP_URL or of \`npm start\`.`;
if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
  console.log(USAGE);
  process.exit(0);
}

const DEV_FILE = new URL('../../.provisor/dev.json', import.meta.url); // written by `npm start` and `npm run demo`

const [eventType = 'clients.create', json = '{"id": 12, "name": "My name"}', object, client] = process.argv.slice(2);
const data = JSON.parse(json);
const objectId = /^\d{1,15}$/.test(object) ? Number(object) : (object ?? data.id);
if (objectId === undefined) throw new Error('give OBJECT_ID, or data with an id');
const amqpUrl = process.env.AMQP_URL || JSON.parse(readFileSync(DEV_FILE, 'utf8')).amqpUrl;

const event = {
  id: randomUUID(), // one per occurrence; publish it again with the same id if you are not sure it arrived
  dt: new Date().toISOString(),
  events_id: eventType,
  object_id: objectId,
};
// Events with the same key run strictly in order; the key is the client's id, as a string.
const partitionKey = String(client ?? data.clients_id ?? objectId);

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
