export * from './check-xml.ts';
export * from './read-xml.ts';
export * from './xml-fault.ts';
