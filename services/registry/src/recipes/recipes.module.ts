import { Module, type DynamicModule } from '@nestjs/common';
import { Recipes } from './recipes.ts';
import { RecipesController } from './recipes.controller.ts';

/** Recipes that come with the product. */
@Module({})
export class RecipesModule {
  static with(runtime: DynamicModule): DynamicModule {
    return { module: RecipesModule, imports: [runtime], controllers: [RecipesController], providers: [Recipes] };
  }
}
