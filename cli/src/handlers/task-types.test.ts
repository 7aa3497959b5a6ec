import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { taskOf, taskOptions, type TaskOptions } from './task-types.ts';

function parsed(...args: string[]): object | undefined {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of taskOptions()) command.addOption(option);
  return taskOf(command.parse(args, { from: 'user' }).opts<TaskOptions>());
}

describe('the options that say what a handler does', () => {
  it('make a task of the type that they name', () => {
    expect(parsed()).toBeUndefined();
    expect(parsed('--url', 'host', '--header', 'a: b: c')).toEqual({
      type: 'http',
      url: 'host',
      headers: { a: 'b: c' },
    });
    expect(parsed('--script', 'a.sh', '--arg', '1', '--arg', '2', '--persistent')).toEqual({
      type: 'script',
      path: 'a.sh',
      args: ['1', '2'],
      mode: 'persistent',
    });
  });

  it('name one type only', () => {
    expect(() => parsed('--script', 'a.sh', '--url', 'host')).toThrow(/--url <url>' cannot be used with .*--script/);
  });

  it('refuse a header without a name', () => {
    expect(() => parsed('--url', 'host', '--header', ': b')).toThrow('must be "name: value"');
  });
});
