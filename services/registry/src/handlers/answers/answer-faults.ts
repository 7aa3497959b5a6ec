import type { FieldError } from '#contracts';
import { keepFault } from '#outcomes';
import { InvalidInput } from '../../domain-error.ts';
import { expressionTextFault } from './expression-text.ts';

/** What is wrong with the expressions of what a handler keeps, by its fields: `keep.sipId`. */
export function answerFaults({ keep = {} }: { keep?: Readonly<Record<string, unknown>> | undefined }): FieldError[] {
  return Object.entries(keep).flatMap(([name, source]) => {
    const message = expressionTextFault(source) ?? inCel(source as string);
    return message === undefined ? [] : [{ field: `keep.${name}`, message }];
  });
}

function inCel(source: string): string | undefined {
  const fault = keepFault(source);
  return fault && `must be an expression in CEL: ${fault}`;
}

/** @throws {InvalidInput} */
export function checkAnswers(input: Parameters<typeof answerFaults>[0]): void {
  const faults = answerFaults(input);
  if (faults.length > 0) throw new InvalidInput(faults);
}
