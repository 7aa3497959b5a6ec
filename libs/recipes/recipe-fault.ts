import type { FieldError } from '#contracts';

/** Why a folder is no recipe. */
export class RecipeFault extends Error {
  readonly code = 'RECIPE_FAULT';
  readonly errors: readonly FieldError[];

  constructor(recipe: string, errors: readonly FieldError[], options?: ErrorOptions) {
    super(`recipe ${recipe}: ${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}`, options);
    this.name = 'RecipeFault';
    this.errors = errors;
  }
}
