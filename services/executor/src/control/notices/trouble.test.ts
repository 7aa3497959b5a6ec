import { describe, expect, it } from '@jest/globals';
import { nextTrouble, stillFound, type Finding, type Telling, type Trouble } from './trouble.ts';

const intervalMs = 600_000;
const start = Date.parse('2026-03-01T02:00:00Z');
const at = (minutes: number) => new Date(start + minutes * 60_000);

/** A look: after how many minutes, what it finds, and the notices then. */
type Look = [minutes: number, found: Partial<Finding>, told: string[]];

const quiet: Partial<Finding> = { open: false, fresh: 0 };
const goesOn: Partial<Finding> = { open: true, fresh: 0 };
const fresh = (count: number, open = true): Partial<Finding> => ({ open, fresh: count, message: `fresh ${count}` });
const sized = (size: number): Partial<Finding> => ({ open: true, size });

function finding(found: Partial<Finding>, minutes: number): Finding {
  return {
    kind: 'failure',
    subject: { type: 'handler', id: 'h', name: 'H' },
    since: at(minutes),
    open: true,
    size: 1,
    reason: 'timeout',
    message: 'a message',
    first: { eventId: `at ${minutes}` },
    ...found,
  };
}

/** As a look finds it that finds nothing new. */
const still = (known: Trouble, found: Partial<Finding>): Finding => stillFound(known, found.open === true);

const words = ({ tells, sequence, count, lastedMs }: Telling): string =>
  `${sequence}: ${tells} of ${count}${lastedMs === 0 ? '' : `, ${lastedMs / 60_000} minutes`}`;

describe('a trouble', () => {
  it.each<[string, Look[]]>([
    ['that is not there is not told of', [[0, quiet, []]]],
    [
      'is told of at once, and when it is over',
      [
        [0, fresh(1), ['1: beginning of 1']],
        [1, goesOn, []],
        [2, quiet, ['2: end of 1']],
        [3, quiet, []],
      ],
    ],
    [
      'that goes on is told of again when more has come, once in an interval, with what has come since',
      [
        [0, fresh(2), ['1: beginning of 2']],
        [1, fresh(3), []],
        [2, fresh(4), []],
        [9.9, goesOn, []],
        [10, goesOn, ['2: beginning of 7']],
        [30, goesOn, []],
        [31, fresh(1), ['3: beginning of 1']],
        [32, quiet, ['4: end of 10']],
      ],
    ],
    [
      'that ends before the next notice is due has the rest in the count of its end',
      [
        [0, fresh(1), ['1: beginning of 1']],
        [1, fresh(5), []],
        [2, quiet, ['2: end of 6']],
        [12, quiet, []],
      ],
    ],
    [
      'that is over when it is found is told of with its end',
      [[0, fresh(2, false), ['1: beginning of 2', '2: end of 2']]],
    ],
    [
      'that comes again within the interval is told of after it, as it goes on',
      [
        [0, fresh(1), ['1: beginning of 1']],
        [1, quiet, ['2: end of 1']],
        [2, fresh(1), []],
        [3, goesOn, []],
        [10, goesOn, ['3: beginning of 1']],
        [11, quiet, ['4: end of 1']],
      ],
    ],
    [
      'that comes again within the interval is told of after it, also when it is over',
      [
        [0, fresh(1), ['1: beginning of 1']],
        [1, quiet, ['2: end of 1']],
        [2, fresh(1), []],
        [3, quiet, []],
        [4, fresh(2), []],
        [5, quiet, []],
        [10, quiet, ['3: beginning of 3', '4: end of 3']],
        [20, quiet, []],
      ],
    ],
    [
      'that has a size is told of again when it has grown',
      [
        [0, sized(3), ['1: beginning of 3']],
        [1, sized(3), []],
        [2, sized(5), []],
        [3, sized(1), []],
        [10, sized(2), ['2: beginning of 3']],
        [21, sized(2), []],
        [22, quiet, ['3: end of 6']],
        [40, sized(2), ['4: beginning of 2']],
      ],
    ],
  ])('%s', (_, looks) => {
    let known: Trouble | undefined;
    for (const [minutes, found, told] of looks) {
      const { trouble, tell } = nextTrouble(known, finding(found, minutes), { id: 't', now: at(minutes), intervalMs });
      expect([minutes, tell.map(words)]).toEqual([minutes, told]);
      known = trouble;
    }
  });

  it.each<[string, Look[]]>([
    [
      'is told of again when it has lasted as long as handlers wait for, and its end says how long',
      [
        [0, fresh(2), ['1: beginning of 2']],
        [4.9, goesOn, []],
        [5, fresh(1), ['2: lasting of 3, 5 minutes']],
        [6, goesOn, []],
        [16, goesOn, ['3: beginning of 1', '4: lasting of 3, 15 minutes']],
        [17, quiet, ['5: end of 3, 15 minutes']],
        [30, fresh(1), ['6: beginning of 1']],
        [31, quiet, ['7: end of 1']],
      ],
    ],
    [
      'that nothing looked at for long has one notice for each time',
      [
        [0, fresh(1), ['1: beginning of 1']],
        [40, goesOn, ['2: lasting of 1, 5 minutes', '3: lasting of 1, 15 minutes']],
      ],
    ],
    [
      'does not last through a pause, and is told of first',
      [
        [0, fresh(1), ['1: beginning of 1']],
        [1, quiet, ['2: end of 1']],
        [2, fresh(1), []],
        [3, quiet, []],
        [4, fresh(1), []],
        [8, goesOn, []],
        [10, goesOn, ['3: beginning of 2', '4: lasting of 2, 5 minutes']],
        [11, quiet, ['5: end of 2, 5 minutes']],
        [12, fresh(1), []],
        [19, quiet, []],
        [20, fresh(1), ['6: beginning of 2']],
        [24, goesOn, []],
        [25, goesOn, ['7: lasting of 2, 5 minutes']],
      ],
    ],
  ])('%s', (_, looks) => {
    const lastings = [15, 5].map((minutes) => minutes * 60_000);
    let known: Trouble | undefined;
    for (const [minutes, found, told] of looks) {
      const context = { id: 't', now: at(minutes), intervalMs, lastings };
      const { trouble, tell } = nextTrouble(
        known,
        found.fresh ? finding(found, minutes) : still(known!, found),
        context,
      );
      expect([minutes, tell.map(words)]).toEqual([minutes, told]);
      known = trouble;
    }
  });

  it('names the first of what no notice has told of, and when it began', () => {
    const context = (minutes: number) => ({ id: 't', now: at(minutes), intervalMs });
    const first = nextTrouble(undefined, finding(fresh(1), 0), context(0)).trouble;
    expect(first).toMatchObject({ since: at(0), message: 'fresh 1', first: { eventId: 'at 0' } });
    const second = nextTrouble(first, finding(fresh(2), 1), context(1)).trouble;
    expect(second).toMatchObject({ since: at(0), message: 'fresh 2', first: { eventId: 'at 1' } });
    const third = nextTrouble(second, finding(fresh(3), 2), context(2)).trouble;
    expect(third).toMatchObject({ since: at(0), message: 'fresh 2', first: { eventId: 'at 1' } });
    const over = nextTrouble(third, finding(quiet, 3), context(3)).trouble;
    const again = nextTrouble(over, finding(fresh(1), 60), context(60)).trouble;
    expect(again).toMatchObject({ since: at(60), total: 1, first: { eventId: 'at 60' } });
  });
});
