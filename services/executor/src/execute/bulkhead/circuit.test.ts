import { describe, expect, it } from '@jest/globals';
import { Circuit } from './circuit.ts';

function circuitAt(start: number) {
  const clock = { now: start };
  const circuit = new Circuit(() => clock.now);
  const record = (count: number, succeeded: boolean) =>
    Array.from({ length: count }, () => circuit.record(succeeded)).filter(Boolean);
  return { clock, circuit, record };
}

describe('a circuit', () => {
  it('opens when nearly all of enough calls have failed', () => {
    const { circuit, record } = circuitAt(0);
    expect(record(4, true)).toEqual([]);
    expect(record(15, false)).toEqual([]);
    expect(circuit.open).toBe(false);
    expect(record(1, false)).toEqual(['opened']);
    expect(circuit.open).toBe(true);
    expect(circuit.openings).toBe(1);
  });

  it('stays closed while a quarter succeeds', () => {
    const { circuit, record } = circuitAt(0);
    for (let n = 0; n < 50; n++) {
      record(1, true);
      record(3, false);
    }
    expect(circuit.open).toBe(false);
  });

  it('forgets what is longer ago than its window', () => {
    const { clock, circuit, record } = circuitAt(0);
    record(19, false);
    clock.now += 31_000;
    record(19, false);
    expect(circuit.open).toBe(false);
  });

  it('closes with the first call that succeeds, and begins anew', () => {
    const { circuit, record } = circuitAt(0);
    record(20, false);
    expect(record(5, false)).toEqual([]);
    expect(record(1, true)).toEqual(['closed']);
    expect(record(19, false)).toEqual([]);
    expect(record(1, false)).toEqual(['opened']);
    expect(circuit.openings).toBe(2);
  });
});
