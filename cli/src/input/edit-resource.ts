import { isJsonObject } from '#contracts';
import { ApiProblem } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Session } from '../session.ts';
import { editText } from './editor.ts';
import { readInput } from './read-input.ts';
import { readYaml } from './yaml-source.ts';

/** Something that is changed as YAML. */
export interface Editing<T> {
  /** What it is, with its fields. */
  readonly text: string;
  /** Name of the file in the editor. */
  readonly fileName: string;
  /** Sends the fields to change. */
  save(fields: object): Promise<T>;
}

/**
 * Changes something in the user's editor, until the text is valid or unchanged; or from a file.
 *
 * @param file `-`: standard input; undefined: in the editor.
 * @returns Undefined when the text was left unchanged.
 */
export async function editResource<T>(
  session: Session,
  editing: Editing<T>,
  file: string | undefined,
): Promise<T | undefined> {
  if (file === undefined) return inEditor(session, editing);
  return save(editing, await readInput(file, session.input), file, session);
}

async function inEditor<T>(session: Session, editing: Editing<T>): Promise<T | undefined> {
  let shown = editing.text;
  for (;;) {
    const text = await editText(shown, editing.fileName, session.environment);
    if (text === shown) return undefined;
    try {
      return await save(editing, text, editing.fileName, session);
    } catch (error) {
      const faults = faultsIn(error);
      if (faults === undefined) throw error;
      shown = withFaults(text, faults);
    }
  }
}

async function save<T>(editing: Editing<T>, text: string, file: string, { environment }: Session): Promise<T> {
  const { value } = readYaml(text, file, environment);
  if (!isJsonObject(value)) throw new UsageError(`${file} must contain an object with the fields to change`);
  return editing.save(value);
}

/** Faults that another edit can correct. */
function faultsIn(error: unknown): string[] | undefined {
  if (error instanceof ApiProblem && error.fields.length > 0) {
    return error.fields.map(({ field, message }) => `${field} ${message}`);
  }
  if (error instanceof ApiProblem && error.code === 'name-taken') return [error.message];
  if (!(error instanceof UsageError)) return undefined;
  return error.faults.length === 0
    ? [error.message]
    : error.faults.map(({ field, message, place }) => `line ${place?.line ?? 1}: ${field} ${message}`);
}

const mark = '#! ';

function withFaults(text: string, faults: readonly string[]): string {
  const lines = text.split('\n').filter((line) => !line.startsWith(mark));
  const head = [...faults, 'Correct the file, or leave it unchanged to cancel.'];
  return [...head.map((line) => mark + plainLine(line)), ...lines].join('\n');
}
