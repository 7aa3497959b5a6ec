import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { RecipeView } from '#sdk';
import { withDefaults } from './recipe-defaults.ts';

const text = `# A comment.
recipe:
  parameters:
    - { name: A_TEXT, label: L, description: D, default: d }
    - { name: A_NEED, label: L, description: D }
handlers: []
`;
const { parameters } = (parse(text) as { recipe: RecipeView }).recipe;
const recipe = { text, parameters } as RecipeView;
const defaultsIn = (written: string) =>
  (parse(written) as { recipe: RecipeView }).recipe.parameters.map((parameter) => parameter.default);

describe('the defaults of a recipe that is written out', () => {
  it('are the values that were given, whatever is in them, and comments stay', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '{{',
        '}}',
        '${A_NEED}',
        ': ',
        ' #',
        '- ',
        '&a',
        '*a',
        '!!int',
        '|',
        '%',
        '=',
        '@',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    const value = fc
      .array(part, { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(''))
      .filter((one) => one !== '' && !/\p{Cc}/u.test(one));
    fc.assert(
      fc.property(value, (given) => {
        const written = withDefaults(recipe, [`A_TEXT=${given}`, `A_NEED=${given}`]);
        expect(defaultsIn(written)).toEqual([given, given]);
        expect(written).toContain('# A comment.');
      }),
      { seed: 20261129, numRuns: 1_000 },
    );
  });

  it('stay where a value is empty, and a parameter without one asks for it', () => {
    expect(defaultsIn(withDefaults(recipe, ['A_TEXT=']))).toEqual(['d', undefined]);
    expect(() => withDefaults(recipe, ['A_NEED='])).toThrow('invalid parameters');
  });
});
