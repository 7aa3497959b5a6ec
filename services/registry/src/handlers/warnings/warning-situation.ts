import type { ScriptAvailability } from '#contracts';

/** What warnings look at beside the handler. */
export interface WarningSituation {
  readonly scripts: ScriptAvailability;
}
