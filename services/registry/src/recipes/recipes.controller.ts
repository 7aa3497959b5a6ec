import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { RecipeList, recipeSummary, RecipeView, recipeView } from './dto/recipe.dto.ts';
import { Recipes } from './recipes.ts';

@ApiTags('recipes')
@ApiProblems(401, 403, 429, 503)
@Controller('api/v1/recipes')
export class RecipesController {
  readonly #recipes: Recipes;

  constructor(recipes: Recipes) {
    this.#recipes = recipes;
  }

  @Get()
  @ApiOperation({ summary: 'Recipes: handlers for systems that many have, with what they ask for' })
  @ApiOkResponse({ type: RecipeList })
  listRecipes(): RecipeList {
    return { items: this.#recipes.list().map(recipeSummary) };
  }

  @Get(':name')
  @ApiOperation({ summary: 'A recipe: its targets and handlers, guide and scripts' })
  @ApiOkResponse({ type: RecipeView })
  @ApiProblems(404)
  getRecipe(@Param('name') name: string): RecipeView {
    return recipeView(this.#recipes.get(name));
  }
}
