#!/usr/bin/env node
// Takes the calls of a billing system's built-in provisioning and publishes each to Provisor, so that both can run side
// by side.
//
// Make it the HTTP handler of every event there, in the last place. It answers 202 when the event is safe, and
// otherwise what Provisor answered, or 502, so that the billing system's own log shows what did not get through.
//
// PROVISOR_URL and PROVISOR_API_KEY (role operator) say where Provisor is; without them, it is what `npm start` has
// started.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

const DEV_FILE = new URL('../../.provisor/dev.json', import.meta.url);
const TIMEOUT = 10_000; // milliseconds

const USAGE = `usage: forward.mjs [--host HOST] [--port PORT]

Takes the calls of a billing system's built-in provisioning and publishes each to Provisor, at PROVISOR_URL with PROVISOR_API_KEY.`;

const { values: args } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '5001' },
  },
});
if (args.help) {
  console.log(USAGE);
  process.exit(0);
}
const { url, key } = whereProvisorIs();

function whereProvisorIs() {
  const { PROVISOR_URL, PROVISOR_API_KEY } = process.env;
  if (PROVISOR_URL && PROVISOR_API_KEY) return { url: PROVISOR_URL, key: PROVISOR_API_KEY };
  const { registryUrl, apiKey } = JSON.parse(readFileSync(DEV_FILE, 'utf8'));
  return { url: registryUrl, key: apiKey };
}

/** Whose each account is. The event of an account's deletion does not say: its data is empty. */
const owners = new Map();

/**
 * The client whose event it is: its events are kept in order. Undefined where the billing system has not said; then
 * Provisor chooses.
 */
function clientOf({ event, data }) {
  const [group, second] = String(event?.events_id).split('.');
  if (group !== 'clients' || !['accounts', 'packages', 'subscriptions'].includes(second)) {
    return group === 'clients' ? event.object_id : data?.clients_id;
  }
  const object = `${second} ${event.object_id}`;
  if (data?.clients_id !== undefined) owners.set(object, data.clients_id);
  return owners.get(object);
}

/** Passes the body on unchanged. Billing gives its events no id, so each call is a separate event. */
async function forward(body) {
  const client = clientOf(JSON.parse(body));
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  if (client !== undefined) headers['partition-key'] = String(client);
  return fetch(`${url}/api/v1/events`, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT) });
}

async function answer(request, response) {
  try {
    const answered = await forward(await text(request));
    const said = await answered.text();
    if (!answered.ok) console.error(`refused: ${answered.status} ${said}`);
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(said);
  } catch (error) {
    console.error(`not forwarded: ${error.message}`);
    const status = error instanceof SyntaxError ? 400 : 502;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message }));
  }
}

const server = createServer((request, response) => void answer(request, response));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.close());
server.listen(Number(args.port), args.host, () =>
  console.log(`listening http://${args.host}:${server.address().port}`),
);
