import { describe, expect, it } from '@jest/globals';
import { joinedUrl } from './target.ts';

describe('the URL of a call through a target', () => {
  it.each([
    ['https://crm.example', '/api', 'https://crm.example/api'],
    ['https://crm.example/', '/api', 'https://crm.example/api'],
    ['https://crm.example', 'api', 'https://crm.example/api'],
    ['https://crm.example/v1', '/api/accounts?a=b', 'https://crm.example/v1/api/accounts?a=b'],
    ['https://crm.example/v1/', '/api/', 'https://crm.example/v1/api/'],
    ['https://crm.example/v1//', '//api', 'https://crm.example/v1/api'],
    ['https://crm.example/v1', '/', 'https://crm.example/v1/'],
    ['https://crm.example/v1', '', 'https://crm.example/v1'],
  ])('has one slash between %s and %s', (baseUrl, path, whole) => {
    expect(joinedUrl(baseUrl, path)).toBe(whole);
  });
});
