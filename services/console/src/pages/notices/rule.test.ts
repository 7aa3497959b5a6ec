import { describe, expect, it } from '@jest/globals';
import type { Task } from '#contracts';
import { taskFaults } from '#templates';
import { channels, type ChannelName } from './rule-tasks.ts';
import { blankRule, handlersOf, ruleFaults, suggestedName } from './rule.ts';

describe('a rule', () => {
  it('is a handler for the trouble, and one for its end', () => {
    const handlers = handlersOf({ ...blankRule, whom: 'ops@example.org, night@example.org' });
    expect(handlers).toMatchObject([
      {
        name: 'A handler fails for good: ops@example.org, night@example.org',
        event: 'provisor.failure.opened',
        task: { type: 'email', to: ['ops@example.org', 'night@example.org'] },
        onFailure: 'detach',
      },
      { name: expect.stringMatching(/ \(over\)$/), event: 'provisor.failures.cleared' },
    ]);
  });

  it('is one handler where the end is not wanted, or there is none', () => {
    expect(handlersOf({ ...blankRule, whom: 'a@b', over: false })).toHaveLength(1);
    expect(handlersOf({ ...blankRule, whom: 'a@b', kind: 'rejected' })).toHaveLength(1);
  });

  it('may wait for the trouble to last, and says so in its name', () => {
    const values = { ...blankRule, kind: 'circuit', lasting: '5m', whom: 'ops@example.org' } as const;
    expect(handlersOf(values)).toMatchObject([
      { name: 'A handler or target is down for 5m: ops@example.org', event: 'provisor.circuit.opened', lasting: '5m' },
      { event: 'provisor.circuit.closed', lasting: '5m' },
    ]);
    expect(handlersOf({ ...values, kind: 'rejected' })[0]).not.toHaveProperty('lasting');
  });

  it('calls a URL', () => {
    const values = { ...blankRule, kind: 'circuit', channel: 'webhook', whom: ' https://a/b ', name: 'Mine' } as const;
    expect(handlersOf(values)[0]).toEqual({
      name: 'Mine',
      event: 'provisor.circuit.opened',
      task: { type: 'http', url: 'https://a/b', method: 'POST' },
      onFailure: 'detach',
    });
  });

  it.each(Object.keys(channels) as ChannelName[])('sends what can be made for a notice: %s', (channel) => {
    const values = { ...blankRule, channel, whom: channel === 'email' ? 'ops@example.org' : 'https://a/b' };
    for (const { task } of handlersOf(values))
      expect(taskFaults({ headers: {}, cc: [], ...task } as unknown as Task)).toEqual([]);
  });

  it('says what is wrong with whom it tells', () => {
    expect(ruleFaults({ ...blankRule, whom: '' })).toEqual({ whom: 'Enter an e-mail address' });
    expect(ruleFaults({ ...blankRule, whom: 'ops@example.org nobody' }).whom).toMatch(/^nobody must be/);
    expect(ruleFaults({ ...blankRule, channel: 'webhook', whom: 'ops@example.org' })).toEqual({ whom: 'Enter a URL' });
    expect(ruleFaults({ ...blankRule, whom: 'ops@example.org' })).toEqual({});
  });

  it('has a name that says what it does', () => {
    expect(suggestedName({ ...blankRule, channel: 'webhook', whom: 'https://a' })).toBe(
      'A handler fails for good: Webhook',
    );
  });
});
