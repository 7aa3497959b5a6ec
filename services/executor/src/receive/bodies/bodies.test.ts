import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';
import { Bodies, bytesInUse, uncountedBytes } from './bodies.ts';
import { Spill } from './spill.ts';

const mebibyte = 1024 * 1024;
const body = (bytes: number, filler: string) => Buffer.alloc(bytes, filler);
const logger = createLogger('executor', 'silent');

describe('bodies', () => {
  let folder: string;
  let session: AbortController;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-bodies-test-'));
    session = new AbortController();
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Files of the folder that are open; they have no name any more. Where the system tells. */
  const openFiles = () => {
    const files = readdirSync('/proc/self/fd').map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return ''; // That of the folder itself.
      }
    });
    return files.filter((path) => path.startsWith(folder)).length;
  };

  it('are counted, but for short ones, until there is no room', () => {
    const bodies = new Bodies(2 * bytesInUse * mebibyte, folder, logger);
    const giveBack = bodies.tryTake(mebibyte);
    expect(giveBack).toBeDefined();
    expect(bodies.tryTake(uncountedBytes + 1)).toBeUndefined();
    expect(bodies.tryTake(uncountedBytes)).toBeDefined();
    giveBack!();
    expect(bodies.tryTake(mebibyte)).toBeDefined();
  });

  it('are put aside, and come back as they were, as there is room for them', async () => {
    const bodies = new Bodies(2 * bytesInUse * mebibyte, folder, logger);
    const first = bodies.putAside(body(mebibyte, 'a'), session.signal);
    const second = bodies.putAside(body(mebibyte, 'b'), session.signal);
    expect([first.isAside, second.isAside]).toEqual([true, true]);
    // They have no name: whatever becomes of the process, they go with it.
    expect(await readdir(folder)).toEqual([]);

    const opened = await first.open();
    expect(opened.content.equals(body(mebibyte, 'a'))).toBe(true);
    let isThere = false;
    const next = second.open().then((other) => {
      isThere = true;
      return other;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isThere).toBe(false);
    opened.close();
    const other = await next;
    expect(other.content.equals(body(mebibyte, 'b'))).toBe(true);
    other.close();
  });

  it('whose messages are lost are let go, also while they wait for room', async () => {
    const bodies = new Bodies(2 * bytesInUse * mebibyte, folder, logger);
    const [one, other] = [1, 2].map(() => bodies.putAside(body(mebibyte, 'a'), session.signal));
    const { close } = await one!.open();
    const waiting = other!.open();
    session.abort();
    close();
    await expect(waiting).rejects.toThrow('its message is lost');
    // What it waited for is there for others.
    expect(await bodies.take(mebibyte)).toBeDefined();
  });

  it('stay in memory where the folder cannot be written, which is said once', async () => {
    const told: string[] = [];
    const log = { ...logger, error: (_fields: object, message: string) => void told.push(message) } as typeof logger;
    const bodies = new Bodies(mebibyte, join(folder, 'not there'), log);
    const waiting = ['a', 'b'].map((filler) => bodies.putAside(body(mebibyte, filler), session.signal));
    expect(waiting.map(({ isAside }) => isAside)).toEqual([false, false]);
    expect(told).toEqual(['failed to write to the temporary folder; waiting events stay in memory']);
    const { content, close } = await waiting[1]!.open();
    expect(content.equals(body(mebibyte, 'b'))).toBe(true);
    close();
  });

  onlyWhere(
    it,
    process.platform === 'linux',
    'Linux, whose /proc shows open files',
  )('take no disk any more when they are released', async () => {
    const spill = new Spill(folder);
    const put = Array.from({ length: 40 }, (_, n) => spill.put(body(mebibyte, String(n % 10))));
    const files = openFiles();
    expect(files).toBeGreaterThan(1);
    // Not in their order.
    for (const [n, spilled] of [...put.entries()].reverse()) {
      expect((await spilled.read())[0]).toBe(String(n % 10).charCodeAt(0));
      spilled.drop();
      spilled.drop();
    }
    expect(openFiles()).toBeLessThanOrEqual(1);
    spill.close();
    expect(openFiles()).toBe(0);
  });
});
