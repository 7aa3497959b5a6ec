import { isCollection, isNode, LineCounter, parseDocument, type Document, type ScalarTag } from 'yaml';
import { UsageError, type Place, type PlacedFault } from '../cli-error.ts';

/** A YAML (or JSON) text that knows the place of every field. */
export interface YamlSource {
  readonly value: unknown;
  /** The place of a field, or of the nearest enclosing one that exists. */
  placeOf(path: readonly (string | number)[]): Place;
}

/**
 * Reads YAML. `!env NAME` is the value of an environment variable, so that secrets stay out of files.
 *
 * @param file Its name, for messages.
 * @param options `intAsBigInt`: whole numbers with all of their digits.
 * @throws {UsageError} With the place of each fault.
 */
export function readYaml(
  text: string,
  file: string,
  environment: NodeJS.ProcessEnv,
  options: { readonly intAsBigInt?: boolean } = {},
): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, customTags: [environmentTag(environment)], ...options });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const faults: PlacedFault[] = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    field: '',
    message: message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, ''),
    place: at(pos[0]),
  }));
  if (faults.length > 0) throw new UsageError(`${file === '-' ? 'standard input' : file} is not valid YAML:`, faults);
  return { value: document.toJS() as unknown, placeOf: (path) => at(offsetOf(document, path)) };
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (!isCollection(parent)) continue;
    const node = parent.get(path[length - 1], true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function environmentTag(environment: NodeJS.ProcessEnv): ScalarTag {
  return {
    tag: '!env',
    resolve(name, onError) {
      const value = environment[name];
      if (value === undefined) onError(`the environment variable ${name} is not set`);
      return value ?? '';
    },
  };
}
