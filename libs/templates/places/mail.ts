import { Fault } from '#conditions';
import { emailAddressFault } from '#contracts';
import { all, asText, type Place } from './place.ts';

/** An address of an e-mail: one mailbox stays one, whatever a placeholder gives. */
export const addressPlace: Place = {
  mostBytes: 1024,
  writers: all(asText((text) => text)),
  fault: (parts) => {
    const message = emailAddressFault(parts.map(({ text }) => text).join(''));
    const placeholder = parts.findLast((part) => part.placeholder !== undefined)?.placeholder;
    if (message === undefined || placeholder === undefined) return undefined;
    return { placeholder, message: `the address ${message}` };
  },
};

/** The subject of an e-mail: a line break would begin another header. */
export const subjectPlace: Place = {
  mostBytes: 8 * 1024,
  writers: all(
    asText((text) => (/\p{Cc}/u.test(text) ? new Fault('it has a line break or another control character') : text)),
  ),
};
