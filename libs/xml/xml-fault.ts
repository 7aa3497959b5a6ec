/** Why a text is not read as XML: not well-formed, refused for what it declares, or beyond a limit. */
export class XmlFault extends Error {
  readonly code = 'XML_FAULT';
  /** Where the mistake was noticed, in UTF-16 units from 0; undefined where no place is known. */
  readonly place: number | undefined;

  constructor(message: string, { place, ...options }: ErrorOptions & { place?: number } = {}) {
    super(message, options);
    this.name = 'XmlFault';
    this.place = place;
  }
}
