import type { AvailableScript, ReportingExecutor } from '#contracts';
import { Uuid } from '../../http/formats.ts';

export class ScriptView implements AvailableScript {
  /**
   * As a handler names it
   * @example 'print_event.sh'
   */
  path!: string;

  /** False when an executor that has it does not run it */
  runnable!: boolean;

  /**
   * Why not: the reason code that an attempt would have
   * @example 'script_not_executable'
   */
  reason?: string;

  /** What is wrong, and how to correct it */
  hint?: string;

  /** Ids of the running executors that have it */
  @Uuid()
  executors!: string[];
}

export class ReportingExecutorView implements ReportingExecutor {
  @Uuid()
  id!: string;

  host!: string;

  /** Its script folders, absolute */
  folders!: string[];

  /** True when it has more scripts than it reports */
  truncated!: boolean;
}

export class ScriptList {
  /** By path */
  items!: ScriptView[];

  /** The running executors that have reported their scripts */
  executors!: ReportingExecutorView[];
}
