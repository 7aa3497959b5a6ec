import type { BillingEvent } from '../billing-event.ts';
import { memberTexts } from '../json.ts';
import { carriedAttributes } from './carried-attributes.ts';
import { carriedMember } from './cloud-event.ts';

/**
 * An event as a CloudEvent 1.0 in the JSON format. Its data is unchanged; `previous`, which cannot be an object there,
 * is an attribute with the JSON as text. Provisor's reader of CloudEvents reads the same event from it.
 *
 * @param source For an event that does not name its source.
 */
export function cloudEventText(event: BillingEvent, source: string): string {
  const members = memberTexts(event.body);
  const { dt } = JSON.parse(members.get('event')!) as { dt: string };
  const {
    source: ownSource = source,
    datacontenttype = 'application/json',
    ...extensions
  } = carriedAttributes(members.get(carriedMember));
  const attributes = {
    specversion: '1.0',
    id: event.id,
    source: ownSource,
    type: event.type,
    subject: String(event.objectId),
    // RFC 3339 as CloudEvents want it, which the native format takes more loosely.
    time: dt.replace(' ', 'T').toUpperCase(),
    datacontenttype,
    partitionkey: event.partitionKey,
    ...(event.traceparent !== null && { traceparent: event.traceparent }),
    ...(event.previous !== null && { previous: attributeText(members.get('previous')!) }),
    ...extensions,
  };
  return `${JSON.stringify(attributes).slice(0, -1)},"data":${members.get('data')!}}`;
}

/**
 * What no attribute may have. In a JSON text it is white space between tokens, or stands in a string, where an escape
 * means the same.
 */
const forbidden = /[\p{Cc}\p{Noncharacter_Code_Point}]/gu;

function attributeText(json: string): string {
  return json.replace(forbidden, (character) => (/\s/.test(character) ? ' ' : escaped(character)));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
