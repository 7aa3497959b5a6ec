import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailTask } from '#contracts';
import { headerText } from '#templates';
import { traceparentOf, type Call } from '../call.ts';

/** A message as it goes over the wire, and whom it is for. */
export interface EmailMessage {
  readonly id: string;
  readonly from: string;
  readonly recipients: string[];
  readonly content: Buffer;
}

/**
 * Writes the message of a call (RFC 5322): plain text, encoded so that every mail server can pass it on. Its
 * `Message-ID` is the same for every attempt, so that a mailbox which gets it twice can tell.
 */
export async function emailMessage(call: Call<EmailTask>, from: string): Promise<EmailMessage> {
  const { to, cc, subject, text } = call.task;
  const id = `<${call.executionId}@${from.slice(from.lastIndexOf('@') + 1)}>`;
  const content = await new MailComposer({
    from: { name: 'Provisor', address: from },
    to: to.map(plainAddress),
    cc: cc.map(plainAddress),
    subject: oneLine(subject),
    text,
    messageId: id,
    date: call.startedAt,
    headers: {
      // RFC 3834: no vacation notes come back.
      'Auto-Submitted': 'auto-generated',
      'Provisor-Event-Id': headerText(call.event.id),
      'Provisor-Event-Type': call.event.type,
      'Provisor-Handler-Id': call.handlerId,
      'Provisor-Attempt': String(call.attempt),
      traceparent: traceparentOf(call),
    },
    // The text is the text: it names no file and no address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { id, from, recipients: [...new Set([...to, ...cc])], content };
}

function plainAddress(address: string): { name: string; address: string } {
  return { name: '', address };
}

/** A line break in a subject would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
