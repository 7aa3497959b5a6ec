#!/usr/bin/env node
// HTTP handler: receives the calls of Provisor, logs each as one line of JSON, and answers with what it was sent.
//
// Any 2xx is a success. 400 tells Provisor not to try again; a 5xx, or no answer, that it should.
// With --secret, calls that are not signed with it are refused with 401.

import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { isGenuine } from './signature.mjs';

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];
const MAX_BODY = 2 * 1024 * 1024; // bytes; an event has at most 1 MiB
const MAX_REMEMBERED = 10_000; // ids; older ones are forgotten

// The executions done, oldest first. A real system keeps them in its database, and writes each in the transaction that
// does the work: then a repeat is known even after a crash.
const done = new Set();

async function handle(request, response) {
  if (!METHODS.includes(request.method)) {
    response.setHeader('allow', METHODS.join(', '));
    return answer(response, 405, problem('send an event'));
  }
  const content = await read(request);
  if (content === null) return answer(response, 413, problem(`send at most ${MAX_BODY} bytes`));
  if (args.secret.length > 0 && !isGenuine(args.secret, request.headers, content))
    return answer(response, 401, problem('the signature is missing or wrong'));
  let body;
  try {
    body = JSON.parse(content);
  } catch (error) {
    return answer(response, 400, problem(`bad JSON: ${error.message}`));
  }
  receive(request.headers, body);
  answer(response, 200, content);
}

/** The body, or null if it is too long: it is still read to its end, so that the connection stays usable. */
async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks) : null;
}

function receive(headers, body) {
  const executionId = headers['webhook-id'] ?? null; // the same for every attempt, and after a redelivery
  const repeat = done.has(executionId);
  if (!repeat) {
    // Do your work here. Remember the id only afterwards: if the work fails, the next attempt must do it.
    if (executionId) done.add(executionId);
    if (done.size > MAX_REMEMBERED) done.delete(done.values().next().value);
  }
  const line = {
    // The second of each is for a handler that wants CloudEvents.
    event: body?.event?.events_id ?? body?.type ?? null,
    event_id: decoded(headers['provisor-event-id']),
    object_id: body?.event?.object_id ?? body?.subject ?? null,
    execution_id: executionId,
    attempt: headers['provisor-attempt'] ?? null,
    repeat,
  };
  console.log(JSON.stringify(line));
}

/** Ids with characters that a header cannot carry are percent-encoded, and so is "%". */
function decoded(header) {
  try {
    return header === undefined ? null : decodeURIComponent(header);
  } catch {
    return header; // not from Provisor
  }
}

function answer(response, status, content) {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) });
  response.end(content);
}

function problem(text) {
  return JSON.stringify({ error: text });
}

function stop() {
  server.close(); // idle connections end now, the others with their answer
  setTimeout(() => server.closeAllConnections(), 1000).unref();
}

const USAGE = `usage: receiver.mjs [--host HOST] [--port PORT] [--secret SECRET]...

Receives the calls of Provisor, and logs each as one line of JSON.

  --host HOST      address to listen on (default: 127.0.0.1)
  --port PORT      port to listen on; 0: any free port (default: 5000)
  --secret SECRET  whsec_…; twice while one replaces the other. Calls that are not signed with it get 401
  --help           this text`;

const { values: args } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '5000' }, // 0: any free port
    secret: { type: 'string', multiple: true, default: [] }, // whsec_…; twice while one replaces the other
  },
});

if (args.help) {
  console.log(USAGE);
  process.exit(0);
}

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    // The client went away, or the work failed: no answer, so Provisor tries again.
    if (error.code !== 'ECONNRESET') console.error(error);
    response.destroy();
  });
});
process.on('SIGTERM', stop).on('SIGINT', stop);
server.listen(Number(args.port), args.host, () => {
  console.log(`listening http://${args.host}:${server.address().port}`);
});
