import { parseArgs } from 'node:util';
import type { BrokerKind } from '../../tools/servers/index.ts';
import { freshSeed } from './random.ts';

export const usage = `usage: npm run test:faults -- [--minutes N] [--seed S] [--cluster | --rabbitmq4] [--logs]

  --minutes N   how long the product is harmed (3)
  --seed S      does the same again; without it chance decides, and the seed is printed
  --cluster     on a RabbitMQ of three nodes, of which one at a time is killed
  --rabbitmq4   on RabbitMQ 4 from a Debian root (Linux, as root); executors also join and leave
  --logs        keeps the logs, also when every promise was kept`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

export interface Arguments {
  readonly minutes: number;
  readonly seed: number;
  readonly broker: BrokerKind;
  readonly keepLogs: boolean;
}

/** @throws {UsageError} Saying what is wrong. */
export function readArguments(args: readonly string[]): Arguments {
  const { minutes, seed, cluster, rabbitmq4, logs } = parse(args);
  if (cluster && rabbitmq4) throw new UsageError('choose one of --cluster and --rabbitmq4');
  return {
    minutes: minutes === undefined ? 3 : number('--minutes', minutes),
    seed: seed === undefined ? freshSeed() : number('--seed', seed),
    broker: cluster ? 'cluster' : rabbitmq4 ? 'rabbitmq4' : 'any',
    keepLogs: logs,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { minutes: text, seed: text, cluster: flag, rabbitmq4: flag, logs: flag },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function number(name: string, value: string): number {
  const parsed = Number(value);
  if (Number.isFinite(parsed) && parsed >= 0 && value.trim() !== '') return parsed;
  throw new UsageError(`${name} is "${value}", and should be a number`);
}
