import { CommanderError } from 'commander';
import { ApiProblem, RegistryAway } from '#sdk';
import { CliError, type PlacedFault } from '../cli-error.ts';
import type { Output } from './output.ts';
import { plainLine, plainText } from './plain-text.ts';

/** Reports an error, with a line for each invalid field; with `--json` as JSON. */
export function showFailure(error: unknown, output: Output): void {
  // Commander has reported it itself; an interruption needs no words.
  if (error instanceof CommanderError || (error instanceof Error && error.name === 'AbortError')) return;
  const failure = failureOf(error);
  if (failure.message === '') return;
  if (output.json) {
    output.rawNote(`${JSON.stringify({ error: failure }, undefined, 2)}\n`);
    return;
  }
  const faults = failure.errors?.map((fault) => `\n  ${faultText(fault)}`) ?? [];
  output.rawNote(`error: ${plainText(failure.message)}${faults.join('')}\n`);
}

interface Failure {
  code: string;
  status?: number;
  message: string;
  errors?: readonly PlacedFault[];
}

function failureOf(error: unknown): Failure {
  if (error instanceof ApiProblem) {
    const { code, status, fields, retryAfter } = error;
    const message = fields.length > 0 ? 'the registry refused the input:' : error.message;
    const when = retryAfter === undefined ? '' : `; try again in ${retryAfter} s`;
    return { code, status, message: message + when, ...(fields.length > 0 && { errors: fields }) };
  }
  if (error instanceof RegistryAway) return { code: error.code, message: `the registry ${error.message}` };
  if (error instanceof CliError) {
    const { code, message, faults } = error;
    return { code, message, ...(faults.length > 0 && { errors: faults }) };
  }
  // A bug: the stack helps the person who fixes it.
  return { code: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function faultText({ field, message, place }: PlacedFault): string {
  const where = place ? `${place.file}:${place.line}:${place.column}: ` : '';
  return plainLine(`${where}${field} ${message}`.trim());
}
