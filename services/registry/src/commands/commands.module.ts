import { Module, type DynamicModule } from '@nestjs/common';
import { CommandChannel } from './command-channel.ts';

/** The way to the executors, for what they are to do. */
@Module({})
export class CommandsModule {
  static with(runtime: DynamicModule): DynamicModule {
    return { module: CommandsModule, imports: [runtime], providers: [CommandChannel], exports: [CommandChannel] };
  }
}
