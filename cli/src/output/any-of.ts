const list = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** The choices in words: `stop, continue or detach`. */
export function anyOf(choices: readonly string[]): string {
  return list.format(choices);
}
