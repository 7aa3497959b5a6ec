import { describe, expect, it } from '@jest/globals';
import {
  filledIn,
  parametersAtFault,
  parametersUsed,
  parameterValues,
  recipeHeadFaults,
  type RecipeParameter,
} from './recipe.ts';

const parameter = (more: Partial<RecipeParameter> = {}): RecipeParameter => ({
  name: 'A',
  label: 'The letter',
  description: 'D',
  ...more,
});

describe('the value of a parameter', () => {
  it.each<[string, RecipeParameter, string | undefined, string]>([
    ['that is given', parameter(), 'x', 'x'],
    ['that is not given', parameter({ default: 'd' }), undefined, 'd'],
    ['that is empty', parameter({ default: 'd' }), '', 'd'],
    ['with a pattern', parameter({ pattern: '[a-z]+' }), 'abc', 'abc'],
  ])('%s', (_, one, given, expected) => {
    expect(parameterValues([one], () => given)).toEqual({ values: new Map([['A', expected]]) });
  });

  it.each<[string, RecipeParameter, string | undefined, string]>([
    ['without a default is needed', parameter(), undefined, 'is needed: The letter'],
    ['has to match as a whole', parameter({ pattern: 'a|b' }), 'ab', 'must match a|b'],
    ['has one line', parameter(), 'a\nb', 'must have no line breaks and no control characters'],
    ['has an end', parameter(), 'x'.repeat(5_000), 'must have at most 4096 characters'],
  ])('%s', (_, one, given, message) => {
    expect(parameterValues([one], () => given)).toEqual({ faults: [{ field: 'A', message }] });
  });
});

describe('a set', () => {
  const set = { handlers: [{ name: 'x ${A}', task: { args: ['${A}${B}', '${C}'], timeoutMs: 1, body: null } }] };

  it.each<[string[], string[]]>([
    [['handlers.0.task.args.1'], ['C']],
    [['handlers.0.task.args.0'], ['A', 'B']],
    [['handlers.0.task.args.0', 'handlers.0.name'], ['A']],
    [['handlers.0.task.args.0', 'handlers.0.task.args.1'], []],
    [['handlers.0.task.timeoutMs'], []],
    [[], []],
  ])('has faults that come from a parameter: %j', (fields, names) => {
    expect(parametersAtFault({ targets: [], ...set }, fields)).toEqual(names);
  });

  it('is filled in everywhere, once, and stays as it is where there is no value', () => {
    const values = new Map([
      ['A', '${B}'],
      ['B', '$&'],
    ]);
    expect(filledIn(set, values)).toEqual({
      handlers: [{ name: 'x ${B}', task: { args: ['${B}$&', '${C}'], timeoutMs: 1, body: null } }],
    });
  });

  it('names the parameters that it uses', () => {
    expect(parametersUsed(set).map(({ field, message }) => `${field} ${message}`)).toEqual([
      'handlers.0.name A',
      'handlers.0.task.args.0 A',
      'handlers.0.task.args.0 B',
      'handlers.0.task.args.1 C',
    ]);
  });
});

describe('what a recipe says of itself', () => {
  it.each([
    [{ title: 'T', summary: 'S', parameters: [] }, []],
    [{ title: 'T', summary: 'S', parameters: [parameter({ secret: true, pattern: 'a+', default: 'a' })] }, []],
    [null, ['recipe']],
    [{ title: 1, summary: 'S', parameters: {}, x: 1 }, ['recipe.x', 'recipe.title', 'recipe.parameters']],
    [{ title: 'T', summary: 'S', parameters: [parameter(), parameter()] }, ['recipe.parameters.1.name']],
    [
      { title: 'T', summary: 'S', parameters: [{ ...parameter({ pattern: '(' }), default: 1, secret: 'yes' }] },
      ['recipe.parameters.0.default', 'recipe.parameters.0.secret', 'recipe.parameters.0.pattern'],
    ],
  ])('is checked: %j', (head, fields) => {
    expect(recipeHeadFaults(head).map(({ field }) => field)).toEqual(fields);
  });
});
