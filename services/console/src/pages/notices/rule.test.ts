import { describe, expect, it } from '@jest/globals';
import { blankRule, handlersOf, ruleFaults, suggestedName } from './rule.ts';

const page = 'https://provisor.example.org/notices';

describe('a rule', () => {
  it('is a handler for the trouble, and one for its end', () => {
    const handlers = handlersOf({ ...blankRule, whom: 'ops@example.org, night@example.org' }, page);
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
    expect(handlersOf({ ...blankRule, whom: 'a@b', over: false }, page)).toHaveLength(1);
    expect(handlersOf({ ...blankRule, whom: 'a@b', kind: 'rejected' }, page)).toHaveLength(1);
  });

  it('calls a URL', () => {
    const values = { ...blankRule, kind: 'circuit', channel: 'webhook', whom: ' https://a/b ', name: 'Mine' } as const;
    expect(handlersOf(values, page)[0]).toEqual({
      name: 'Mine',
      event: 'provisor.circuit.opened',
      task: { type: 'http', url: 'https://a/b', method: 'POST' },
      onFailure: 'detach',
    });
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
