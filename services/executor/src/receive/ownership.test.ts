import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import { eventually } from '../../../../test/support/eventually.ts';
import type { Finding } from './partition-probe.ts';
import { assertTransition, PartitionOwnership, type OwnershipState, type OwnershipTimes } from './ownership.ts';

const times: Partial<OwnershipTimes> = { betweenLooks: 1, rest: 0 };

describe('the ownership of partitions', () => {
  let ownership: PartitionOwnership;
  let underWay: PromiseWithResolvers<undefined>;
  let finding: Finding;
  let rounds = 0;
  const intake = new AbortController().signal;

  function make(first: Finding, others: Partial<OwnershipTimes> = {}, now?: () => number): void {
    finding = first;
    rounds = 0;
    const survey = {
      round: () => {
        rounds += 1;
        return Promise.resolve(finding);
      },
    };
    underWay = Promise.withResolvers();
    ownership = new PartitionOwnership({
      survey,
      onClosing: () => underWay.promise,
      logger: createLogger('executor', 'silent'),
      times: { ...times, ...others },
      ...(now && { now }),
    });
  }

  const all = (session = new AbortController().signal): Finding => ({ reads: 'all', session });
  const opens = () => eventually(() => (ownership.isDirect ? true : undefined));
  const moreRounds = (count: number) => {
    const before = rounds;
    return eventually(() => (rounds >= before + count ? true : undefined));
  };

  afterEach(() => ownership.stop());

  it('forwards events until this executor reads every partition', async () => {
    make({ reads: 'some' });
    expect(ownership.isDirect).toBe(false);
    ownership.arriving(intake);
    await moreRounds(3);
    expect(ownership.isDirect).toBe(false);
    finding = all();
    await opens();
  });

  it('ends direct dispatch when another executor reads a partition, and not when the broker takes no probes', async () => {
    make(all());
    ownership.arriving(intake);
    await opens();
    finding = { reads: 'unknown' };
    await moreRounds(3);
    expect(ownership.isDirect).toBe(true);
    finding = { reads: 'some' };
    await eventually(() => (ownership.isDirect ? undefined : true));
  });

  it('ends direct dispatch in the moment in which the partitions are lost', async () => {
    const session = new AbortController();
    make(all(session.signal));
    ownership.arriving(intake);
    await opens();
    finding = { reads: 'unknown' };
    session.abort();
    expect(ownership.isDirect).toBe(false);
  });

  it('ends direct dispatch with the first event of another session: another executor may have forwarded events in between', async () => {
    make(all());
    ownership.arriving(intake);
    await opens();
    finding = { reads: 'unknown' };
    ownership.arriving(new AbortController().signal);
    expect(ownership.isDirect).toBe(false);
  });

  it('begins direct dispatch only when what was forwarded has arrived, and lets other events wait meanwhile', async () => {
    make(all(), { betweenLooks: 20 });
    const sent = Promise.withResolvers<undefined>();
    ownership.forwarding(sent.promise);
    ownership.arriving(intake);
    await eventually(() => (ownership.decided ? true : undefined));
    expect(ownership.isDirect).toBe(false);
    const decided = ownership.decided;
    sent.resolve(undefined);
    await decided;
    expect(ownership.decided).toBeUndefined();
    expect(ownership.isDirect).toBe(true);
  });

  it('gives up when what was forwarded does not arrive in time, and rests before the next try', async () => {
    make(all(), { probePatience: 20, rest: 60_000 });
    ownership.forwarding(new Promise(() => undefined));
    ownership.arriving(intake);
    await eventually(() => (ownership.decided ? true : undefined));
    await ownership.decided;
    expect(ownership.isDirect).toBe(false);
    await moreRounds(5);
    expect(ownership.decided).toBeUndefined();
    expect(ownership.isDirect).toBe(false);
  });

  it('forwards for a while after an event without an id of its own, also when that comes while it is opening', async () => {
    make(all(), { betweenLooks: 20 });
    const sent = Promise.withResolvers<undefined>();
    ownership.forwarding(sent.promise);
    ownership.arriving(intake);
    await eventually(() => (ownership.decided ? true : undefined));
    const decided = ownership.decided;
    ownership.keepForwarding();
    sent.resolve(undefined);
    await decided;
    expect(ownership.isDirect).toBe(false);
    await moreRounds(3);
    expect(ownership.isDirect).toBe(false);
  });

  it('stops asking when no event comes, stays as it is, and asks again with the next event', async () => {
    let now = 0;
    make(all(), { idle: 10_000 }, () => now);
    ownership.arriving(intake);
    await opens();
    now += 10_000;
    // Another one, to which an event has just come, looks as often as this one would.
    let looks = 0;
    const survey = {
      round: () => {
        looks += 1;
        return Promise.resolve<Finding>({ reads: 'some' });
      },
    };
    const busy = new PartitionOwnership({
      survey,
      onClosing: () => Promise.resolve(),
      logger: createLogger('executor', 'silent'),
      times,
    });
    busy.arriving(intake);
    await eventually(() => looks >= 2 || undefined);
    const before = rounds;
    await eventually(() => looks >= 10 || undefined);
    busy.stop();
    expect(rounds).toBe(before);
    expect(ownership.isDirect).toBe(true);
    ownership.arriving(intake);
    expect(rounds).toBe(before + 1);
  });

  it('is closing until what was handled directly has ended', async () => {
    make(all());
    ownership.arriving(intake);
    await opens();
    finding = { reads: 'unknown' };
    ownership.arriving(new AbortController().signal);
    expect(ownership.state).toBe('closing');
    underWay.resolve(undefined);
    await eventually(() => ownership.state === 'forwarding' || undefined);
  });

  it('may begin direct dispatch again while events of the last time are under way, and is closing once more when it cannot', async () => {
    make(all(), { probePatience: 20 });
    ownership.arriving(intake);
    await opens();
    const other = new AbortController().signal;
    ownership.arriving(other);
    expect(ownership.state).toBe('closing');
    await opens();
    ownership.forwarding(new Promise(() => undefined));
    ownership.arriving(intake);
    await eventually(() => ownership.state === 'opening' || undefined);
    await eventually(() => ownership.state === 'closing' || undefined);
    underWay.resolve(undefined);
    await eventually(() => ownership.state === 'forwarding' || ownership.state === 'opening' || undefined);
  });

  const states: readonly OwnershipState[] = ['forwarding', 'opening', 'direct', 'closing'];
  const allowed = [
    ['forwarding', 'opening'],
    ['opening', 'direct'],
    ['opening', 'forwarding'],
    ['opening', 'closing'],
    ['direct', 'closing'],
    ['closing', 'forwarding'],
    ['closing', 'opening'],
  ];

  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const isAllowed = allowed.some(([one, other]) => one === from && other === to);
    const message = `the ownership of partitions cannot go from ${from} to ${to}`;
    if (isAllowed) expect(() => assertTransition(from, to)).not.toThrow();
    else expect(() => assertTransition(from, to)).toThrow(message);
  });
});
