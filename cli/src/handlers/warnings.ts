import type { FieldErrorView } from '#sdk';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

/** Prints warnings about a handler to stderr. With `--json` they are in the result. */
export function noteWarnings(output: Output, name: string, warnings: readonly FieldErrorView[] = []): void {
  for (const { field, message } of warnings) output.note(plainLine(`warning: ${name}: ${field}: ${message}`));
}
