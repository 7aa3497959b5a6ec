import { describe, expect, it } from '@jest/globals';
import type { UsageError } from '../cli-error.ts';
import { configIn, configPath } from './config-file.ts';

describe('the config file', () => {
  it('is where XDG says, if that is absolute', () => {
    expect(configPath({ HOME: '/home/a', XDG_CONFIG_HOME: '/x' })).toBe('/x/provisor/config.yaml');
    expect(configPath({ HOME: '/home/a', XDG_CONFIG_HOME: 'x' })).toBe('/home/a/.config/provisor/config.yaml');
    expect(configPath({ HOME: '/home/a' })).toBe('/home/a/.config/provisor/config.yaml');
  });

  it('may be empty', () => {
    expect(configIn('', 'f')).toEqual({ contexts: {} });
  });

  it.each([
    ['current: a\ncontexts: {b: {url: "http://b", apiKey: k}}', ['current']],
    ['current: toString\ncontexts: {}', ['current']],
    ['contexts: {b: {url: "b", apiKey: ""}}', ['contexts.b.url', 'contexts.b.apiKey']],
    ['contexts: {b: {url: "http://b", apiKey: k, x: 1}}', ['contexts.b.x']],
    ['contexts: {b: 1}\nother: 2', ['other', 'contexts.b']],
    ['contexts: []', ['contexts']],
  ])('names what does not fit: %j', (text, fields) => {
    const faults = (): string[] => {
      try {
        configIn(text, 'f');
        return [];
      } catch (error) {
        return (error as UsageError).faults.map(({ field }) => field);
      }
    };
    expect(faults()).toEqual(fields);
  });

  it('that is not valid YAML is refused', () => {
    expect(() => configIn('a: [', 'f')).toThrow(/^f is not valid YAML/);
    expect(() => configIn('1', 'f')).toThrow(/must be an object with "current" and "contexts"/);
  });
});
