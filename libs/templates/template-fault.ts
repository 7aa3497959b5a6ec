import { placeText } from '#conditions';

/** Why a text is no template. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  readonly code = 'bad_template';

  /** @param place Where it is wrong, in UTF-16 units from 0. */
  constructor(what: string, source: string, place: number) {
    super(`${placeText(source, place)}: ${what}`);
  }
}
