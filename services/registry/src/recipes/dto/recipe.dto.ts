import { ApiProperty } from '@nestjs/swagger';
import type { Recipe } from '#recipes';

export class RecipeParameterView {
  /** `KAMAILIO_URL`; `${KAMAILIO_URL}` stands for its value in the set */
  name!: string;

  label!: string;

  description!: string;

  /** Used where no value is given; absent for a parameter that has to be given */
  default?: string;

  /** True for a password or token */
  secret!: boolean;

  /** Regular expression that a whole value has to match */
  pattern?: string;
}

export class RecipeSummaryView {
  /** `kamailio` */
  name!: string;

  title!: string;

  summary!: string;

  parameters!: RecipeParameterView[];
}

export class RecipeList {
  items!: RecipeSummaryView[];
}

export class RecipeFileView {
  name!: string;

  text!: string;

  /** True for a script */
  executable!: boolean;
}

/** As a person would write it: `${NAME}` may stand in any text. */
const anyObject = { type: 'object', additionalProperties: true } as const;

export class RecipeSetView {
  @ApiProperty({ type: 'array', items: anyObject })
  targets!: Record<string, unknown>[];

  @ApiProperty({ type: 'array', items: anyObject })
  handlers!: Record<string, unknown>[];
}

export class RecipeView extends RecipeSummaryView {
  /** For `PUT /handlers/set`, once `${NAME}` is replaced in its texts */
  set!: RecipeSetView;

  /** The set as a file, `recipe.yaml` */
  text!: string;

  /** Its guide, scripts and configuration */
  files!: RecipeFileView[];
}

export function recipeSummary({ name, title, summary, parameters }: Recipe): RecipeSummaryView {
  return { name, title, summary, parameters: parameters.map((one) => ({ ...one, secret: one.secret ?? false })) };
}

export function recipeView(recipe: Recipe): RecipeView {
  const { set, text, files } = recipe;
  return Object.assign(recipeSummary(recipe), { set, text, files: [...files] });
}
