export * from './check-xml.ts';
export * from './read-xml.ts';
export * from './root-part.ts';
export * from './xml-fault.ts';
