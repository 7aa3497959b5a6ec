import { describe, expect, it } from '@jest/globals';
import { limitHint } from './script-outcome.ts';

const none = {
  cpuSeconds: undefined,
  memory: undefined,
  openFiles: undefined,
  processes: undefined,
  fileSize: undefined,
};
const all = { ...none, cpuSeconds: 7, memory: 64 * 1024 * 1024, fileSize: 3 * 1024 * 1024 };

describe('the end of a script by a limit', () => {
  it.each([
    [null, 'SIGXCPU', '; SCRIPT_CPU_SECONDS lets it have 7'],
    [null, 'SIGXFSZ', '; SCRIPT_FILE_SIZE_MB lets it write files of 3'],
    ...['SIGSEGV', 'SIGABRT', 'SIGTRAP', 'SIGBUS'].map((signal) => [null, signal, 'SCRIPT_MEMORY_MB is 64'] as const),
    ...[127, 133, 134, 137, 139].map((code) => [code, null, 'SCRIPT_MEMORY_MB is 64'] as const),
    [null, 'SIGKILL', 'SCRIPT_CPU_SECONDS is 7, SCRIPT_MEMORY_MB is 64'],
  ])('%s %s is told', (exitCode, signal, hint) => {
    expect(limitHint(exitCode, signal, all)).toContain(hint);
    expect(limitHint(exitCode, signal, none)).toBe('');
  });

  it.each([
    [1, null],
    [75, null],
    [null, 'SIGTERM'],
  ])('is not assumed of %s %s', (exitCode, signal) => {
    expect(limitHint(exitCode, signal, all)).toBe('');
  });
});
