import { DomainError } from '../domain-error.ts';

export class RecipeNotFound extends DomainError {
  constructor(name: string) {
    super('not_found', 'recipe_not_found', `no recipe is called ${name}`);
  }
}
