import type { CreateHandlerInput } from '#contracts/rest-api';
import { addressesIn } from '../handlers/form/task-forms.ts';

type Task = CreateHandlerInput['task'];

/** A notice as a line of text, for chats: an expression of CEL. */
const line = `data.subject.name + ": " + data.message + " (" + string(data.count) + ")\\n" + data.link`;

const slackBody = `{"text": {{ ${line} }}}`;

/** An adaptive card, as workflows of Teams take them. */
const teamsBody = `{
  "type": "message",
  "attachments": [{
    "contentType": "application/vnd.microsoft.card.adaptive",
    "content": {
      "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
      "type": "AdaptiveCard",
      "version": "1.4",
      "body": [{"type": "TextBlock", "wrap": true, "text": {{ ${line} }}}]
    }
  }]
}`;

const emailText = `{{ data.message }}

Subject: {{ data.subject.name }}
Since: {{ data.since }}
Count: {{ string(data.count) }}

{{ data.link }}`;

/** A way to tell people of a notice. */
export interface Channel {
  readonly label: string;
  readonly field: { readonly label: string; readonly placeholder: string; readonly description: string };
  /** @param when What the rule reports, in words. */
  task(whom: string, when: string): Task;
}

const url = (whom: string) => ({ type: 'http', url: whom.trim(), method: 'POST' }) as const;
const json = (whom: string, body: string): Task => ({ ...url(whom), body, contentType: 'application/json' });

/** The ways to inform people. */
export const channels = {
  email: {
    label: 'E-mail',
    field: { label: 'Addresses', placeholder: 'ops@example.org', description: 'Separate several with commas' },
    // The name of a subject has one line, and a message may have several.
    task: (whom, when) => ({
      type: 'email',
      to: addressesIn(whom),
      subject: `Provisor: ${when}: {{ data.subject.name }}`,
      text: emailText,
    }),
  },
  slack: {
    label: 'Slack',
    field: {
      label: 'Webhook URL',
      placeholder: 'https://hooks.slack.com/services/…',
      description: 'Of an incoming webhook',
    },
    task: (whom) => json(whom, slackBody),
  },
  teams: {
    label: 'Teams',
    field: { label: 'Webhook URL', placeholder: 'https://….logic.azure.com/…', description: 'Of a workflow' },
    task: (whom) => json(whom, teamsBody),
  },
  webhook: {
    label: 'Webhook',
    field: { label: 'URL', placeholder: 'https://alerts.example.org/hook', description: 'It gets the event as JSON' },
    task: url,
  },
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof channels;
