import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecipeHead, RecipeSet } from '#contracts';
import { readRecipe } from './read-recipe.ts';

/** A file that belongs to a recipe: its guide, a script, a configuration to copy from. */
export interface RecipeFile {
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** A recipe: handlers for a system that many have, with what they need beside. */
export interface Recipe extends RecipeHead {
  /** Of its folder; what people call it by. */
  readonly name: string;
  readonly set: RecipeSet;
  /** `recipe.yaml`, with its comments. */
  readonly text: string;
  readonly files: readonly RecipeFile[];
}

export const recipeFileName = 'recipe.yaml';

/** The recipes that come with the product, or undefined where its folder `examples` was left out. */
export function builtInRecipeFolder(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const recipes = join(folder, 'examples/recipes');
    if (existsSync(recipes)) return recipes;
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
}

/** The names of the recipes in a folder, sorted: those of its folders that have a recipe.yaml. */
export function recipeNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, recipeFileName)))
    .map(({ name }) => name)
    .sort();
}

/** @throws {RecipeFault} When the recipe's file is not as it has to be. */
export function loadRecipe(folder: string, name: string): Recipe {
  const own = join(folder, name);
  const text = readFileSync(join(own, recipeFileName), 'utf8');
  const files = readdirSync(own, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== recipeFileName)
    .map((entry) => fileOf(own, entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return { name, ...readRecipe(name, text), text, files };
}

function fileOf(folder: string, name: string): RecipeFile {
  const path = join(folder, name);
  return { name, text: readFileSync(path, 'utf8'), executable: (statSync(path).mode & 0o100) !== 0 };
}
