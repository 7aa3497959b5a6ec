export * from './read-recipe.ts';
export * from './recipe-fault.ts';
export * from './recipe-folder.ts';
