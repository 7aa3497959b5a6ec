import { describe, expect, it } from '@jest/globals';
import { family, parseStat, processesNow, processorTime, secondsOf, total, type ProcessUse } from './processor-time.ts';

const stat = (pid: number, command: string, parent: number, times: string): string =>
  `${String(pid)} (${command}) S ${String(parent)} 7 7 0 -1 4194304 90 91 92 93 ${times} 20 0 11 0 5000 1 2 3\n`;
const used = (pid: number, parent: number, seconds: number): ProcessUse => ({ pid, parent, command: 'x', seconds });

describe('the state of a process', () => {
  it('has its own time and that of its children that have ended', () => {
    expect(parseStat(stat(42, 'node', 7, '100 20 3 4'))).toEqual({
      pid: 42,
      parent: 7,
      command: 'node',
      seconds: 1.27,
    });
  });

  it.each(['tmux: server', 'a) S 1 (b', '()', 'two\nlines'])('may be of a command named %j', (command) => {
    expect(parseStat(stat(42, command, 7, '100 0 0 0'))).toMatchObject({ command, parent: 7, seconds: 1 });
  });

  it.each(['', '42', '42 (node) S', '42 (node) S x 7 7 0 -1 0 0 0 0 0 a b c d'])('is nothing in %j', (text) => {
    expect(parseStat(text)).toBeUndefined();
  });
});

describe('a family', () => {
  const processes = [used(1, 0, 1), used(2, 1, 2), used(3, 2, 4), used(4, 1, 8), used(5, 0, 16)];

  it('is a process and all its descendants', () => {
    expect(family(processes, 2).map(({ pid }) => pid)).toEqual([2, 3]);
    expect(family(processes, 1).map(({ pid }) => pid)).toEqual([1, 2, 4, 3]);
  });

  it('of a process that has ended is empty', () => expect(family(processes, 9)).toEqual([]));
  it('has used what all of it has', () => expect(secondsOf(processes, [2, 5])).toBe(22));
});

describe('processor time', () => {
  const roots = { consumer: [10], PostgreSQL: [20], RabbitMQ: [30], target: [40] };
  const at = (consumer: number, child: number, backend: number, ended: number): ProcessUse[] => [
    used(10, 1, consumer),
    used(11, 10, child),
    used(20, 1, 1 + ended),
    ...(backend > 0 ? [used(21, 20, backend)] : []),
    used(30, 1, 5),
    used(40, 1, 2),
  ];

  it('is told apart by part, microseconds for each event', () => {
    const time = processorTime({ from: at(1, 0, 0.5, 0), to: at(2, 0.5, 1, 0) }, 10_000, roots);
    expect(time).toEqual({ consumer: 150, PostgreSQL: 50, RabbitMQ: 0, target: 0 });
    expect(total(time)).toBe(200);
  });

  it('keeps that of a child that ended in between', () => {
    const time = processorTime({ from: at(1, 0, 0.5, 0), to: at(1, 0, 0, 1.5) }, 1_000_000, roots);
    expect(time.PostgreSQL).toBe(1);
  });
});

const onLinux = process.platform === 'linux';

describe('the processes of the machine', () => {
  it('have this one among them, on Linux', () => {
    const own = processesNow()?.find(({ pid }) => pid === process.pid);
    expect(own?.parent).toBe(onLinux ? process.ppid : undefined);
  });
});
