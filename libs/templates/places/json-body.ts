import { findJsonFault } from '#contracts';
import { Fault } from '#conditions';
import { withFillers, type Placeholder } from '../scan.ts';
import { TemplateFault } from '../template-fault.ts';
import type { Place, Write } from './place.ts';
import { mostBodyBytes } from './plain.ts';

/** Writes the characters of a string, without its quotes. JSON can write half a character, and a control character. */
const inString: Write = (expression, variables, budget) => {
  const text = expression.text(variables, budget);
  return text instanceof Fault ? text : JSON.stringify(text).slice(1, -1);
};

const value: Write = (expression, variables, budget) => expression.json(variables, budget);

/** A body that is JSON: a placeholder is a value, or characters of a string that is one. */
export const jsonBody: Place = { mostBytes: mostBodyBytes, writers };

function writers(text: string, placeholders: readonly Placeholder[]): readonly Write[] {
  const inside = placesInStrings(text, placeholders);
  // As long as the placeholder itself, so that what is wrong is found where it stands.
  const example = withFillers(text, placeholders, (index, length) =>
    inside[index] ? 'x'.repeat(length) : 'null'.padEnd(length),
  );
  const fault = findJsonFault(example);
  if (fault) throw new TemplateFault(`it must be JSON: ${fault.what}`, text, placeOf(example, fault));
  placeholders.forEach(({ end, start }, index) => {
    if (inside[index] && isName(example, end)) {
      throw new TemplateFault('the name of a member takes no placeholder', text, start);
    }
  });
  return inside.map((isInside) => (isInside ? inString : value));
}

/** Whether each placeholder stands in a string. */
function placesInStrings(text: string, placeholders: readonly Placeholder[]): boolean[] {
  let isInside = false;
  let at = 0;
  return placeholders.map(({ start, end }) => {
    for (; at < start; at++) {
      if (text[at] === '\\' && isInside) at++;
      else if (text[at] === '"') isInside = !isInside;
    }
    at = end;
    return isInside;
  });
}

const restOfName = /(?:[^"\\]|\\.)*"[ \t\n\r]*:/y;

/** Whether the string that a place is in is followed by a colon. */
function isName(json: string, place: number): boolean {
  restOfName.lastIndex = place;
  return restOfName.test(json);
}

function placeOf(text: string, { line, column }: { line: number; column: number }): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}
