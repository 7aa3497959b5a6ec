import { ToolError } from '../tool-error.ts';

/** The demo saw something other than what Provisor promises. */
export class DemoError extends ToolError {
  readonly code = 'DEMO_FAILED';
}
