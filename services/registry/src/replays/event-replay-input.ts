import { memberTexts } from '#contracts';
import { InvalidInput } from '../domain-error.ts';
import { checkInput } from '../http/input.pipe.ts';
import { inheritedNames, parseJsonObject } from '../http/json-body.ts';
import { ChosenHandlersInput } from './dto/replay-input.dto.ts';
import type { EventReplay } from './replays.service.ts';

/**
 * Reads the body of a request for the replay of one event, `{handlerIds?, event?}`. No body says the same as an empty
 * object. The edited event stays as it is written: parsed and printed, its numbers could lose digits.
 *
 * @throws {InvalidInput}
 */
export async function readEventReplay(content: Buffer): Promise<EventReplay> {
  if (content.length === 0) return {};
  const { event, ...others } = parseJsonObject(content);
  const errors = inheritedNames(others);
  if (errors.length > 0) throw new InvalidInput(errors);
  const { handlerIds } = await checkInput(ChosenHandlersInput, others);
  const edited = event === undefined ? undefined : memberTexts(content.toString('utf8')).get('event');
  return { handlerIds, edited };
}
