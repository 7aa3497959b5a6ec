import { describe, expect, it } from '@jest/globals';
import { availableScripts, scriptWarnings, type ScriptReport } from './script-report.ts';

const report = (scripts: ScriptReport['scripts'], rest: Partial<ScriptReport> = {}): ScriptReport => ({
  folders: ['/srv/scripts'],
  scripts,
  truncated: false,
  ...rest,
});
const refused = { path: 'b.py', reason: 'script_not_executable', message: '/srv/scripts/b.py: chmod +x it' };
const executor = (number: number, scripts: ScriptReport) => ({ id: `e${number}`, host: `host-${number}`, scripts });

describe('the scripts of executors', () => {
  it('are put together by path, each with the executors that have it, and with the first refusal', () => {
    const { executors, scripts } = availableScripts([
      executor(1, report([{ path: 'z.sh' }, { path: 'b.py' }])),
      executor(2, report([refused, { path: 'a/c.sh' }], { truncated: true })),
      executor(3, report([{ ...refused, message: 'later' }])),
    ]);
    expect(executors.map(({ id, truncated }) => [id, truncated])).toEqual([
      ['e1', false],
      ['e2', true],
      ['e3', false],
    ]);
    expect([...scripts.values()]).toEqual([
      { path: 'a/c.sh', runnable: true, executors: ['e2'] },
      {
        path: 'b.py',
        runnable: false,
        reason: 'script_not_executable',
        hint: '/srv/scripts/b.py: chmod +x it (on host-2)',
        executors: ['e1', 'e2', 'e3'],
      },
      { path: 'z.sh', runnable: true, executors: ['e1'] },
    ]);
  });
});

describe('a warning about a script', () => {
  const one = availableScripts([executor(1, report([{ path: 'a.py' }, refused, { path: 'x/y.sh' }]))]);
  const two = availableScripts([executor(1, report([{ path: 'a.py' }])), executor(2, report([]))]);

  it.each(['a.py', './a.py', 'x//y.sh', '/srv/scripts/a.py', '/srv/scripts/x/./y.sh'])(
    'is not given for %s',
    (path) => {
      expect(scriptWarnings(path, one)).toEqual([]);
    },
  );

  it.each(['none.py', 'y.sh', '/elsewhere/a.py', '/srv/scripts-old/a.py'])('says that no executor has %s', (path) => {
    expect(scriptWarnings(path, one)).toEqual([
      'No running executor has this script. Copy it to /srv/scripts, or correct the path.',
    ]);
  });

  it('says why it cannot run', () => {
    expect(scriptWarnings('b.py', one)).toEqual([
      'Not runnable (script_not_executable): /srv/scripts/b.py: chmod +x it.',
    ]);
  });

  it('says which executors lack it', () => {
    expect(scriptWarnings('a.py', two)).toEqual(['Only 1 of 2 running executors have this script. Copy it to host-2.']);
  });

  it('is not given for what is not known', () => {
    expect(scriptWarnings('none.py', availableScripts([]))).toEqual([]);
    const more = availableScripts([executor(1, report([])), executor(2, report([], { truncated: true }))]);
    expect(scriptWarnings('none.py', more)).toEqual([]);
    expect(scriptWarnings('node_modules/x/run.js', one)).toEqual([]);
  });
});
