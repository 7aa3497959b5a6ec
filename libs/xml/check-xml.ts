import { SaxesParser } from 'saxes';
import { XmlFault } from './xml-fault.ts';

/**
 * Checks a document that is sent in UTF-8. It may name a document type, as cXML wants it. The type must declare nothing
 * itself, since declarations change how values are read.
 *
 * @throws {XmlFault} With the place of the first mistake.
 */
export function checkXml(text: string): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const fail = (message: string, cause?: Error): never => {
    throw new XmlFault(message, { cause, place: Math.min(parser.position, text.length) });
  };
  parser.on('error', (error) => fail(`it must be well-formed XML: ${error.message.replace(/\.$/, '')}`, error));
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (!/^utf-?8$/i.test(encoding)) fail(`it is sent in UTF-8, and must not declare ${encoding}`);
  });
  parser.on('doctype', (declared) => {
    if (declared.includes('[')) fail('a document type must have no declarations of its own');
  });
  parser.write(text).close();
}
