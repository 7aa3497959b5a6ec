/** Why a text is not read as XML: not well-formed, refused for what it declares, or beyond a limit. */
export class XmlFault extends Error {
  readonly code = 'XML_FAULT';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'XmlFault';
  }
}
