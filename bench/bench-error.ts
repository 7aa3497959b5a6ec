import { ToolError } from '../tools/tool-error.ts';

/** What was counted was not what should have been: a figure of it would say nothing. */
export class MeasurementError extends ToolError {
  readonly code = 'bad_measurement';
}

export class Interrupted extends ToolError {
  readonly code = 'interrupted';
}

export class UsageError extends ToolError {
  readonly code = 'usage';
}
