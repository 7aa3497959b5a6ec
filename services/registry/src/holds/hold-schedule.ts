import type { Hold, HoldWindow } from '#contracts';
import { heldAt, nextWindow, type HeldPeriod } from '#holds';

/** What can be held. */
export const holdSubjects = ['handler', 'target'] as const;
export type HoldSubject = (typeof holdSubjects)[number];

/** `held`: now; `coming`: a window that begins within 8 days. */
export const holdStates = ['held', 'coming'] as const;
export type HoldState = (typeof holdStates)[number];

/** One period of something that is held. Milliseconds since 1970. */
export interface ScheduledPeriod extends HeldPeriod {
  readonly state: HoldState;
  readonly by: string | null;
  readonly window: HoldWindow | null;
}

const aheadMs = 8 * 86_400_000;

interface Holdable {
  readonly hold: Hold | null;
  readonly windows: readonly HoldWindow[];
}

/**
 * The period in which something is held now, and the next one within 8 days.
 *
 * @param now Milliseconds since 1970.
 */
export function scheduleOf({ hold, windows: all }: Holdable, now: number): ScheduledPeriod[] {
  const windows = [...all];
  const held = heldAt({ hold, windows }, now);
  const coming = held?.until === null ? undefined : nextWindow(windows, held?.until ?? now);
  const byPerson = hold !== null && heldAt({ hold, windows: [] }, now) !== undefined;
  return [
    ...(held
      ? [
          {
            ...held,
            state: 'held' as const,
            by: byPerson ? hold.by : null,
            window: byPerson ? null : (windows.find((each) => heldAt({ hold: null, windows: [each] }, now)) ?? null),
          },
        ]
      : []),
    ...(coming && coming.from - now <= aheadMs
      ? [{ ...coming, state: 'coming' as const, by: null, window: beginningAt(windows, coming.from) }]
      : []),
  ];
}

function beginningAt(windows: readonly HoldWindow[], from: number): HoldWindow | null {
  return windows.find((each) => nextWindow([each], from - 1)?.from === from) ?? null;
}
