import {
  handlerLimits,
  httpMethods,
  isJsonObject,
  scriptModes,
  type DeferralCommand,
  type JsonObject,
  type Task,
  type TestHandlerCommand,
} from '#contracts';
import { CommandRefused } from './command-refused.ts';

/** @throws {CommandRefused} `malformed_command` */
export function readDeferralCommand(payload: unknown): DeferralCommand {
  const { key } = objectOf('the command', payload);
  return { key: text('key', key) };
}

/**
 * The registry has checked it already; this keeps others who can reach the queue from having anything else run.
 *
 * @throws {CommandRefused} `malformed_command`
 */
export function readTestHandlerCommand(payload: unknown): TestHandlerCommand {
  const { handler, body, partitionKey, traceparent } = objectOf('the command', payload);
  const { id, name, task, timeoutMs } = objectOf('handler', handler);
  const { min, max } = handlerLimits.timeoutMs;
  if (typeof timeoutMs !== 'number' || !Number.isInteger(timeoutMs) || timeoutMs < min || timeoutMs > max) {
    throw malformed('handler.timeoutMs', `must be a whole number from ${min} to ${max}`);
  }
  return {
    handler: { id: uuid('handler.id', id), name: text('handler.name', name), task: readTask(task), timeoutMs },
    body: text('body', body),
    partitionKey: text('partitionKey', partitionKey),
    traceparent: traceparent == null ? null : text('traceparent', traceparent),
  };
}

function readTask(value: unknown): Task {
  const task = objectOf('handler.task', value);
  switch (task['type']) {
    case 'http': {
      const { url, method, headers } = task;
      return {
        type: 'http',
        url: text('handler.task.url', url),
        method: oneOf('handler.task.method', httpMethods, method),
        headers: textsByName('handler.task.headers', headers),
      };
    }
    case 'script': {
      const { path, args, mode } = task;
      return {
        type: 'script',
        path: text('handler.task.path', path),
        args: texts('handler.task.args', args),
        mode: oneOf('handler.task.mode', scriptModes, mode),
      };
    }
    default:
      throw malformed('handler.task.type', 'must be http or script');
  }
}

function objectOf(field: string, value: unknown): JsonObject {
  if (!isJsonObject(value)) throw malformed(field, 'must be an object');
  return value;
}

function text(field: string, value: unknown): string {
  if (typeof value !== 'string') throw malformed(field, 'must be a string');
  return value;
}

function uuid(field: string, value: unknown): string {
  if (typeof value !== 'string' || !uuidPattern.test(value)) throw malformed(field, 'must be a UUID');
  return value;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function texts(field: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw malformed(field, 'must be a list');
  return value.map((item, index) => text(`${field}.${index}`, item));
}

function textsByName(field: string, value: unknown): Record<string, string> {
  const entries = Object.entries(objectOf(field, value));
  return Object.fromEntries(entries.map(([name, item]) => [name, text(`${field}.${name}`, item)]));
}

function oneOf<T extends string>(field: string, allowed: readonly T[], value: unknown): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw malformed(field, `must be one of ${allowed.join(', ')}`);
  return found;
}

function malformed(field: string, fault: string): CommandRefused {
  return new CommandRefused('malformed_command', `${field} ${fault}`);
}
