import { describeConsole } from './describe-console.ts';
import { describeRecipes } from './pages/recipes.ts';

describeConsole('recipes in the console', [describeRecipes]);
