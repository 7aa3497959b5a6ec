import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '#observability';
import { builtInRecipeFolder, loadRecipe, recipeNames, type Recipe } from '#recipes';
import { LOGGER } from '../runtime/tokens.ts';
import { RecipeNotFound } from './recipe-errors.ts';

/** The recipes that come with the product, read once. */
@Injectable()
export class Recipes {
  readonly #recipes: ReadonlyMap<string, Recipe>;

  constructor(@Inject(LOGGER) logger: Logger) {
    const folder = builtInRecipeFolder();
    const names = folder === undefined ? [] : recipeNames(folder);
    this.#recipes = new Map(names.flatMap((name) => load(folder!, name, logger)));
  }

  /** By name. */
  list(): Recipe[] {
    return [...this.#recipes.values()];
  }

  /** @throws {RecipeNotFound} */
  get(name: string): Recipe {
    const recipe = this.#recipes.get(name);
    if (!recipe) throw new RecipeNotFound(name);
    return recipe;
  }
}

/** A damaged recipe does not stop the registry. */
function load(folder: string, name: string, logger: Logger): [string, Recipe][] {
  try {
    return [[name, loadRecipe(folder, name)]];
  } catch (error) {
    logger.warn({ err: error, recipe: name }, 'recipe cannot be read, and is not offered');
    return [];
  }
}
