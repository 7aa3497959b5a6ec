import { describe, expect, it } from '@jest/globals';
import { readRecipe } from './read-recipe.ts';
import { RecipeFault } from './recipe-fault.ts';

const head = 'recipe: { title: T, summary: S, parameters: [{ name: A, label: L, description: D }] }\n';

const faultsOf = (text: string): string[] => {
  try {
    readRecipe('x', text);
  } catch (error) {
    expect(error).toBeInstanceOf(RecipeFault);
    return (error as RecipeFault).errors.map(({ field, message }) => `${field}: ${message}`);
  }
  return [];
};

describe('a recipe', () => {
  it('is what it says of itself, and a set in which parameters are used', () => {
    expect(readRecipe('x', `${head}handlers: [{ name: '\${A}' }]\n`)).toEqual({
      title: 'T',
      summary: 'S',
      parameters: [{ name: 'A', label: 'L', description: 'D' }],
      set: { targets: [], handlers: [{ name: '${A}' }] },
    });
  });

  it.each([
    ['', ['recipe.yaml: must have recipe and handlers']],
    ['- a', ['recipe.yaml: must have recipe and handlers']],
    ['a: [', [expect.stringContaining('recipe.yaml: is not valid YAML')]],
    ['handlers: []', ['recipe: must have title, summary and parameters']],
    [`${head}handlers: [{ name: x }]\n`, ['A: is a parameter without use']],
    [`${head}handlers: [{ name: '\${A}\${B}' }]\n`, ['handlers.0.name: has ${B}, which is no parameter']],
    [`${head}handlers: ['\${A}']\n`, ['handlers.0: is empty']],
    [`${head}handlers: { a: '\${A}' }\n`, ['handlers: must be a list']],
    [`${head}more: 1\nhandlers: [{ name: '\${A}' }]\n`, ['more: is unknown; expected recipe, targets, handlers']],
    [
      'recipe: { title: T, summary: "", parameters: [{ name: a }, 1] }\n',
      [
        'recipe.summary: must be a text',
        'recipe.parameters.0.label: must be a text',
        'recipe.parameters.0.description: must be a text',
        'recipe.parameters.0.name: must be capital letters, digits and _, as KAMAILIO_URL',
        'recipe.parameters.1: must have name, label and description',
      ],
    ],
  ])('names what is wrong with it: %j', (text, expected) => expect(faultsOf(text)).toEqual(expected));
});
