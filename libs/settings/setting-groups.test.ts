import { describe, expect, it } from '@jest/globals';
import { settingGroups } from './setting-groups.ts';
import { readExecutorSettings, readRegistrySettings } from './settings.ts';

/** What scripts get of the executor's environment, which is no setting of Provisor's. */
const passedOn = new Set(['PATH', 'LANG', 'TZ', 'HOME']);

const readers = { registry: readRegistrySettings, executor: readExecutorSettings };

/** Every variable that a service looks at. */
function namesReadBy(service: keyof typeof readers): string[] {
  const names = new Set<string>();
  const environment = {
    DATABASE_URL: 'postgres://host/provisor',
    AMQP_URL: 'amqp://host',
    // Others are read only beside it.
    OIDC_ISSUER: 'https://id.example.org',
    OIDC_AUDIENCE: 'provisor',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  };
  const get = (target: Record<string, string>, name: string): string | undefined => {
    names.add(name);
    return target[name];
  };
  readers[service](new Proxy(environment, { get }));
  return [...names].filter((name) => !passedOn.has(name)).sort();
}

function namesDeclaredFor(service: keyof typeof readers): string[] {
  const groups = settingGroups.filter(({ readBy }) => readBy === service || readBy === 'both');
  return groups.flatMap(({ settings }) => settings.map(({ name }) => name)).sort();
}

describe('the declared settings', () => {
  it.each(['registry', 'executor'] as const)('are those that the %s reads', (service) => {
    expect(namesReadBy(service)).toEqual(namesDeclaredFor(service));
  });

  it.each(settingGroups.flatMap(({ settings }) => settings))(
    'tell of $name what it means, and what holds without it',
    (setting) => {
      expect(setting.about).toMatch(/^.+[.!)]$/);
      expect(setting.default ?? setting.unset ?? setting.example).toBeDefined();
      if (setting.default !== undefined) expect(() => setting.parse(setting.default!)).not.toThrow();
    },
  );
});
