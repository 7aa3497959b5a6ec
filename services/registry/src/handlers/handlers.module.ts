import { Module, type DynamicModule } from '@nestjs/common';
import { HandlerOrder } from './handler-order.service.ts';
import { HandlerSearch } from './handler-search.ts';
import { HandlersController } from './handlers.controller.ts';
import { Handlers } from './handlers.service.ts';

@Module({})
export class HandlersModule {
  static with(runtime: DynamicModule, catalog: DynamicModule): DynamicModule {
    return {
      module: HandlersModule,
      imports: [runtime, catalog],
      controllers: [HandlersController],
      providers: [Handlers, HandlerSearch, HandlerOrder],
    };
  }
}
