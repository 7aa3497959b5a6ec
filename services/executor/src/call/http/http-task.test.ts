import { describe, expect, it } from '@jest/globals';
import type { HttpTask } from '#contracts';
import { httpCallAttributes, openedHttp } from './http-task.ts';

const task: HttpTask = { type: 'http', url: 'https://a.example/secret?x=1', method: 'PUT', headers: { accept: '*/*' } };

describe('an HTTP task', () => {
  it('is opened with each secret in its place', () => {
    const sealed: HttpTask = {
      ...task,
      headers: { accept: '*/*', Authorization: '***' },
      secretHeaders: ['authorization'],
      tls: { certificate: 'PEM', key: '***' },
    };
    const opened = openedHttp(sealed, (slot) => `<${slot}>`);
    expect(opened.task).toEqual({
      ...sealed,
      headers: { accept: '*/*', Authorization: '<header:authorization>' },
      tls: { certificate: 'PEM', key: '<tls:key>' },
    });
    expect(opened.secrets).toEqual(['<header:authorization>']);
  });

  it('asks for no secret when it has none', () => {
    const open = (): never => {
      throw new Error('no slot was to be opened');
    };
    expect(openedHttp(task, open)).toEqual({ task, secrets: [] });
  });

  it('tells a span its target, and neither path nor query', () => {
    expect(httpCallAttributes(task, 1)).toEqual({
      'http.request.method': 'PUT',
      'url.scheme': 'https',
      'server.address': 'a.example',
      'server.port': 443,
      'http.request.resend_count': undefined,
    });
    expect(httpCallAttributes(task, 3)['http.request.resend_count']).toBe(2);
    expect(httpCallAttributes({ ...task, url: 'http://a.example:8080/' }, 1)['server.port']).toBe(8080);
  });
});
