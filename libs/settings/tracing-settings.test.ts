import { expect, it } from '@jest/globals';
import { readTracing } from './tracing-settings.ts';
import { reading } from './testing/reading.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
const recordsAll = { ratio: 1, parentBased: true };

const { read, faults } = reading(readTracing);

it('is nothing without an endpoint, or when the SDK is disabled, whatever else is said', () => {
  expect(read({})).toBeUndefined();
  expect(read({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_SAMPLER: 'by_moonlight' })).toBeUndefined();
  expect(read({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
});

it('is an endpoint, with the defaults of OpenTelemetry', () => {
  expect(read(endpoint)).toEqual({
    url: 'http://collector:4318/v1/traces',
    headers: {},
    timeoutMs: 10_000,
    serviceName: undefined,
    resourceAttributes: {},
    sampler: recordsAll,
  });
});

it('is everything that can be said', () => {
  const settings = read({
    ...endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc%3D, x-tenant = isp',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=traces',
    OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
    OTEL_SERVICE_NAME: 'provisioning',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,note=a%2Cb=c',
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
    OTEL_SDK_DISABLED: 'false',
  });
  expect(settings).toEqual({
    url: 'http://collector:4318/v1/traces',
    headers: { authorization: 'Bearer abc=', 'x-tenant': 'traces' },
    timeoutMs: 2_000,
    serviceName: 'provisioning',
    resourceAttributes: { 'deployment.environment.name': 'test', note: 'a,b=c' },
    sampler: { ratio: 0.25, parentBased: false },
  });
});

it('is below a base path, or a URL for traces alone, as it stands', () => {
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector/otlp/' })?.url).toBe(
    'https://collector/otlp/v1/traces',
  );
  expect(read({ ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://tempo/push' })?.url).toBe('http://tempo/push');
});

it('has every sampler of OpenTelemetry that needs nobody else', () => {
  const sampler = (OTEL_TRACES_SAMPLER: string, OTEL_TRACES_SAMPLER_ARG = '') =>
    read({ ...endpoint, OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG })?.sampler;
  expect(sampler('always_on')).toEqual({ ratio: 1, parentBased: false });
  expect(sampler('always_off')).toEqual({ ratio: 0, parentBased: false });
  expect(sampler('parentbased_always_on')).toEqual(recordsAll);
  expect(sampler('parentbased_always_off')).toEqual({ ratio: 0, parentBased: true });
  expect(sampler('parentbased_traceidratio', '0')).toEqual({ ratio: 0, parentBased: true });
  expect(sampler('parentbased_traceidratio')).toEqual(recordsAll);
});

it('names each invalid setting, and never shows a secret', () => {
  const list = 'a comma-separated list like name=value,other=value, with percent-encoding in the values';
  const bad: Record<string, [value: string, whatItShouldBe: string]> = {
    OTEL_EXPORTER_OTLP_PROTOCOL: ['grpc', 'http/protobuf, the only supported protocol; it is "grpc"'],
    OTEL_EXPORTER_OTLP_HEADERS: ['hunter2', list],
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: ['api-key=hunter2%0d%0ahost: other', list],
    OTEL_RESOURCE_ATTRIBUTES: ['a=%zz', `${list}; it is "a=%zz"`],
    OTEL_EXPORTER_OTLP_TIMEOUT: ['10s', 'a whole number from 1 to 600000; it is "10s"'],
    OTEL_TRACES_SAMPLER: ['jaeger_remote', `one of ${samplerNames}; it is "jaeger_remote"`],
    OTEL_SDK_DISABLED: ['yes', 'one of true, false; it is "yes"'],
  };
  const environment = Object.fromEntries(Object.entries(bad).map(([name, [value]]) => [name, value]));
  const said = faults({ ...endpoint, ...environment });
  expect([...said].sort()).toEqual(
    Object.entries(bad)
      .map(([name, [, whatItShouldBe]]) => `${name} must be ${whatItShouldBe}`)
      .sort(),
  );
  expect(said.join()).not.toContain('hunter2');
  expect(faults({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toEqual([
    'OTEL_EXPORTER_OTLP_ENDPOINT must be a URL that starts with http:// or https://; it is "collector:4318"',
  ]);
  for (const OTEL_TRACES_SAMPLER_ARG of ['1.5', '-1', 'half', '.']) {
    expect(faults({ ...endpoint, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG })).toEqual([
      `OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, for example 0.1; it is "${OTEL_TRACES_SAMPLER_ARG}"`,
    ]);
  }
});

const samplerNames =
  'parentbased_always_on, parentbased_always_off, parentbased_traceidratio, always_on, always_off, traceidratio';
