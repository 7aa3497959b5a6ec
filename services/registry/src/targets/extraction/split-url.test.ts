import { describe, expect, it } from '@jest/globals';
import { splitUrl } from './split-url.ts';

describe('a URL in two parts', () => {
  it.each([
    ['https://crm.example/hook?x=1', 'https://crm.example', '/hook?x=1'],
    ['https://crm.example', 'https://crm.example', undefined],
    ['https://crm.example/', 'https://crm.example', '/'],
    ['http://crm.example:8080?x=1', 'http://crm.example:8080', '/?x=1'],
    ['HTTPS://CRM.example:443/Ab%20c', 'https://crm.example', '/Ab%20c'],
    ['http://[::1]:5000/a', 'http://[::1]:5000', '/a'],
    ['http://a/b/../c', 'http://a', '/c'],
    ['http://a/ü', 'http://a', '/ü'],
    ['http://a/x?next=/../y', 'http://a', '/x?next=/../y'],
  ])('%s', (url, baseUrl, path) => {
    expect(splitUrl(url)).toEqual({ baseUrl, path });
    expect(new URL(`${baseUrl}${path ?? ''}`).href).toBe(new URL(url).href);
  });
});
