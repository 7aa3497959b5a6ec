import { Module } from '@nestjs/common';
import { ReportedScripts } from './reported-scripts.ts';
import { ScriptsController } from './scripts.controller.ts';

/** The scripts that executors have. */
@Module({ controllers: [ScriptsController], providers: [ReportedScripts], exports: [ReportedScripts] })
export class ScriptsModule {}
