#!/usr/bin/env node
// Script handler: creates an account when Provisor says that the billing system has a new one.
//
// The event comes as JSON on stdin; PROVISOR_* variables say which call this is. What is printed is kept in the
// journal. The exit code decides what happens next:
//
//   0    done
//   65   EX_DATAERR: the event is wrong, and would be wrong again; not retried
//   75   EX_TEMPFAIL: something was away for the moment; retried, as is any exit code that is not 64-78

import { appendFileSync, readFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

const EX_DATAERR = 65;
const EX_TEMPFAIL = 75;

async function readEvent() {
  const { event, data } = await json(process.stdin);
  if (!['number', 'string'].includes(typeof event.object_id)) throw new Error('object_id is no number and no string');
  if (data === undefined) throw new Error('data is missing');
  return { objectId: event.object_id, data };
}

/** Put the call to your own system here; `data` has the fields of the account. Returns what was done. */
function createAccount({ objectId, data }, executionId, logPath) {
  const done = `created account ${JSON.stringify(objectId)}`;
  if (logPath === undefined) return done;

  // Delivery is at least once: if this process dies after its work and before Provisor has noted that, it is run
  // again, with the same PROVISOR_EXECUTION_ID. So look first whether this execution is done. If the system you call
  // takes an idempotency key, give it the execution id instead, and let it look.
  const log = readFileSync(logPath, { encoding: 'utf8', flag: 'a+' });
  if (executionId && log.split('\n').some((line) => line.startsWith(`${executionId} `))) {
    return `nothing to do: ${done} before`;
  }
  appendFileSync(logPath, `${executionId} ${done}\n`);
  return done;
}

function fail(exitCode, message) {
  console.error(message);
  process.exit(exitCode);
}

// --log FILE: note each account in FILE, and create none twice.
const { values: args } = parseArgs({ options: { log: { type: 'string' } } });
const event = await readEvent().catch((error) => fail(EX_DATAERR, `bad event: ${error.message}`));
const { PROVISOR_EXECUTION_ID = '', PROVISOR_ATTEMPT = '1' } = process.env; // not set when run by hand

try {
  console.log(`${createAccount(event, PROVISOR_EXECUTION_ID, args.log)} (attempt ${PROVISOR_ATTEMPT})`);
} catch (error) {
  fail(EX_TEMPFAIL, `try again later: ${error.message}`); // files and the network alike: they may be well next time
}
