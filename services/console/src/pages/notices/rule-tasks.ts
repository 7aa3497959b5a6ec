import type { CreateHandlerInput } from '#contracts/rest-api';
import { addressesIn } from '../handlers/form/task-forms.ts';

type Task = CreateHandlerInput['task'];

/**
 * Whether the texts of e-mails and the bodies of requests can hold placeholders. Until they can, an e-mail says where
 * to look, and chats, which take bodies of their own, are not offered.
 */
export const placeholders: { readonly areFilled: boolean } = { areFilled: false };

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

/** What a rule reports, in words. */
export interface Told {
  /** A sentence that begins with "When". */
  readonly when: string;
  /** The page with the notices; for texts without placeholders. */
  readonly page: string;
}

/** A way to tell people of a notice. */
export interface Channel {
  readonly label: string;
  readonly field: { readonly label: string; readonly placeholder: string; readonly description: string };
  /** Whether it is offered. */
  readonly isOffered: boolean;
  task(whom: string, told: Told): Task;
}

const url = (whom: string) => ({ type: 'http', url: whom.trim(), method: 'POST' }) as const;
const json = (whom: string, body: string): Task => ({ ...url(whom), body, contentType: 'application/json' }) as Task;

/** The ways to inform people. */
export const channels = {
  email: {
    label: 'E-mail',
    field: { label: 'Addresses', placeholder: 'ops@example.org', description: 'Separate several with commas' },
    isOffered: true,
    task: (whom, { when, page }) => ({
      type: 'email',
      to: addressesIn(whom),
      subject: placeholders.areFilled ? `Provisor: {{ data.subject.name }}: {{ data.message }}` : `Provisor: ${when}`,
      text: placeholders.areFilled ? emailText : `Provisor tells: ${when}.\n\nSee what, and since when:\n${page}\n`,
    }),
  },
  slack: {
    label: 'Slack',
    field: {
      label: 'Webhook URL',
      placeholder: 'https://hooks.slack.com/services/…',
      description: 'Of an incoming webhook',
    },
    isOffered: placeholders.areFilled,
    task: (whom) => json(whom, slackBody),
  },
  teams: {
    label: 'Teams',
    field: { label: 'Webhook URL', placeholder: 'https://….logic.azure.com/…', description: 'Of a workflow' },
    isOffered: placeholders.areFilled,
    task: (whom) => json(whom, teamsBody),
  },
  webhook: {
    label: 'Webhook',
    field: { label: 'URL', placeholder: 'https://alerts.example.org/hook', description: 'It gets the event as JSON' },
    isOffered: true,
    task: url,
  },
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof channels;
