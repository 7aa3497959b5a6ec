import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import { eventually } from '../../../../test/support/eventually.ts';
import type { Finding } from '../partitions/partition-probe.ts';
import { Shortcut, type ShortcutTimes } from './shortcut.ts';

const times: Partial<ShortcutTimes> = { betweenLooks: 1, rest: 0 };

describe('the shortcut', () => {
  let shortcut: Shortcut;
  let finding: Finding;
  let rounds = 0;
  const intake = new AbortController().signal;

  function make(first: Finding, others: Partial<ShortcutTimes> = {}): void {
    finding = first;
    rounds = 0;
    const survey = {
      round: () => {
        rounds += 1;
        return Promise.resolve(finding);
      },
    };
    shortcut = new Shortcut(survey, createLogger('executor', 'silent'), { ...times, ...others });
  }

  const all = (session = new AbortController().signal): Finding => ({ reads: 'all', session });
  const opens = () => eventually(() => (shortcut.open ? true : undefined));
  const moreRounds = (count: number) => {
    const before = rounds;
    return eventually(() => (rounds >= before + count ? true : undefined));
  };

  afterEach(() => shortcut.stop());

  it('is closed until somebody wants it and this executor reads every partition', async () => {
    make({ reads: 'some' });
    expect(shortcut.open).toBe(false);
    shortcut.wanted(intake);
    await moreRounds(3);
    expect(shortcut.open).toBe(false);
    finding = all();
    await opens();
  });

  it('closes when somebody else reads a partition, and not when nobody can be asked', async () => {
    make(all());
    shortcut.wanted(intake);
    await opens();
    finding = { reads: 'unknown' };
    await moreRounds(3);
    expect(shortcut.open).toBe(true);
    finding = { reads: 'some' };
    await eventually(() => (shortcut.open ? undefined : true));
  });

  it('is closed in the moment in which the partitions are lost', async () => {
    const session = new AbortController();
    make(all(session.signal));
    shortcut.wanted(intake);
    await opens();
    finding = { reads: 'unknown' };
    session.abort();
    expect(shortcut.open).toBe(false);
  });

  it('is closed with the first event that another session brings: somebody else may have forwarded some in between', async () => {
    make(all());
    shortcut.wanted(intake);
    await opens();
    finding = { reads: 'unknown' };
    shortcut.wanted(new AbortController().signal);
    expect(shortcut.open).toBe(false);
  });

  it('opens only when what was forwarded has arrived, and lets other events wait meanwhile', async () => {
    make(all(), { betweenLooks: 20 });
    const sent = Promise.withResolvers<undefined>();
    shortcut.forwarding(sent.promise);
    shortcut.wanted(intake);
    await eventually(() => (shortcut.deciding ? true : undefined));
    expect(shortcut.open).toBe(false);
    const decided = shortcut.deciding;
    sent.resolve(undefined);
    await decided;
    expect(shortcut.deciding).toBeUndefined();
    expect(shortcut.open).toBe(true);
  });

  it('gives up when what was forwarded does not arrive in time, and rests before the next try', async () => {
    make(all(), { probePatience: 20, rest: 60_000 });
    shortcut.forwarding(new Promise(() => undefined));
    shortcut.wanted(intake);
    await eventually(() => (shortcut.deciding ? true : undefined));
    await shortcut.deciding;
    expect(shortcut.open).toBe(false);
    await moreRounds(5);
    expect(shortcut.deciding).toBeUndefined();
    expect(shortcut.open).toBe(false);
  });

  it('stays closed for a while after an event without an id of its own, also when that comes while it is being opened', async () => {
    make(all(), { betweenLooks: 20 });
    const sent = Promise.withResolvers<undefined>();
    shortcut.forwarding(sent.promise);
    shortcut.wanted(intake);
    await eventually(() => (shortcut.deciding ? true : undefined));
    const decided = shortcut.deciding;
    shortcut.keepClosed();
    sent.resolve(undefined);
    await decided;
    expect(shortcut.open).toBe(false);
    await moreRounds(3);
    expect(shortcut.open).toBe(false);
  });

  it('asks nobody any more when no event comes, stays as it is, and asks again with the next event', async () => {
    make(all(), { idle: 50 });
    shortcut.wanted(intake);
    await opens();
    let before: number;
    do {
      before = rounds;
      await new Promise((resolve) => setTimeout(resolve, 60));
    } while (rounds !== before);
    expect(shortcut.open).toBe(true);
    shortcut.wanted(intake);
    expect(rounds).toBe(before + 1);
  });
});
