import type { HoldView } from '#sdk';
import { moment } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';

/** A hold on one line: `held until 2026-03-01 09:15:00 by ann: CRM upgrade`. */
export function holdText({ reason, until, by }: HoldView): string {
  return plainLine(`held ${untilText(until)} by ${by}: ${reason}`);
}

/** When a hold ends. */
export function untilText(until: string | null): string {
  return until === null ? 'until it is released' : `until ${moment(until)}`;
}
