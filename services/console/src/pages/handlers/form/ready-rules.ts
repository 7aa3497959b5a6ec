import type { OutcomeRuleView } from '#contracts/rest-api';

/** Rules that many targets need, to begin with. */
export const readyRules: readonly { readonly label: string; readonly rule: OutcomeRuleView }[] = [
  {
    label: '409 after an uncertain attempt is a success',
    rule: { when: 'maybe && response.status == 409', outcome: 'success', reason: 'already_exists' },
  },
  {
    label: 'A JSON-RPC error is a failure',
    rule: { when: 'has(response.json.error)', outcome: 'permanent', reason: 'rpc_error' },
  },
  {
    label: 'A body that says error is a failure',
    rule: {
      when: 'response.status == 200 && response.text.lowerAscii().contains("error")',
      outcome: 'permanent',
      reason: 'body_says_error',
    },
  },
  {
    label: '404 for something to be deleted is a success',
    rule: { when: 'response.status == 404', outcome: 'success', reason: 'already_gone' },
  },
  {
    label: '400 is retried',
    rule: { when: 'response.status == 400', outcome: 'retryable', reason: 'not_ready' },
  },
];
