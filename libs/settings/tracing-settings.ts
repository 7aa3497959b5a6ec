import { isHeaderName } from '#contracts';
import type { EnvironmentReader } from './environment.ts';
import { list, oneOf, parser, text, url, wholeNumber } from './parsers.ts';
import { named } from './setting.ts';

/** Where traces go, and which of them. The settings' names and meanings are OpenTelemetry's. */
export interface TracingSettings {
  /** Takes traces by OTLP, as protobuf over HTTP. */
  url: string;
  /** Sent with each request; they may grant access, and are never shown. */
  headers: Readonly<Record<string, string>>;
  /** How long a batch may take to get through, with what is tried again, milliseconds. */
  timeoutMs: number;
  /** In place of the service's own name. */
  serviceName: string | undefined;
  /** What else is said of the process with every span. */
  resourceAttributes: Readonly<Record<string, string>>;
  sampler: TraceSampler;
}

/** Which traces are recorded. */
export interface TraceSampler {
  /** Of those that begin here, from 0 to 1. */
  ratio: number;
  /** Whether those that others began are recorded when they record them, and only then. */
  parentBased: boolean;
}

const samplers = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

const protocol = parser('http/protobuf, the only supported protocol', (value) =>
  value === 'http/protobuf' ? value : undefined,
);

const share = parser('a number from 0 to 1, for example 0.1', (value) => {
  const number = Number(value);
  return /^[\d.]+$/.test(value) && number <= 1 ? number : undefined;
});

/** What an HTTP header can hold, in ASCII. */
const headerValue = /^[\t\x20-\x7e]*$/;

/** As W3C Baggage writes lists, with percent-encoding in the values. */
const pairs = parser(
  'a comma-separated list like name=value,other=value, with percent-encoding in the values',
  (value): Record<string, string> | undefined => {
    const read = list(',', text)(value).map(pair);
    return read.includes(undefined) ? undefined : Object.fromEntries(read as Pair[]);
  },
);

type Pair = readonly [name: string, value: string];

function pair(item: string): Pair | undefined {
  const [name = '', ...rest] = item.split('=');
  const value = decoded(rest.join('=').trim());
  const fits = rest.length > 0 && isHeaderName(name.trim()) && value !== undefined && headerValue.test(value);
  return fits ? [name.trim(), value] : undefined;
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

export const ofTraces = named({
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    about: 'Base URL of an OpenTelemetry collector; traces go to `/v1/traces` below it ([traces](traces.md)).',
    parse: url('http', 'https'),
    unset: 'no traces',
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    about: 'Full URL for traces; replaces the base URL.',
    parse: url('http', 'https'),
    unset: '`OTEL_EXPORTER_OTLP_ENDPOINT`',
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: { about: 'Protocol of the collector.', parse: protocol, default: 'http/protobuf' },
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: {
    about: 'Protocol for traces only.',
    parse: protocol,
    unset: '`OTEL_EXPORTER_OTLP_PROTOCOL`',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    about: 'Headers of requests to the collector, as `name=value,other=value`, percent-encoded.',
    parse: pairs,
    unset: 'no headers',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: {
    about: 'Further headers, for traces only.',
    parse: pairs,
    unset: 'no headers',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_TIMEOUT: {
    about: 'Time to send a batch, including retries, in milliseconds.',
    parse: wholeNumber(1, 600_000),
    default: '10000',
  },
  OTEL_SERVICE_NAME: {
    about: 'The name of the service in traces.',
    parse: text,
    unset: '`provisor-registry` and `provisor-executor`',
  },
  OTEL_RESOURCE_ATTRIBUTES: {
    about: 'Attributes of the process in every span, as `name=value,other=value`, percent-encoded.',
    parse: pairs,
    unset: 'no attributes',
  },
  OTEL_TRACES_SAMPLER: {
    about: 'Which traces are recorded. `parentbased_…` follows the decision of the service that started the trace.',
    parse: oneOf(samplers),
    default: 'parentbased_always_on',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    about: 'Share of traces to record with `traceidratio`, from 0 to 1.',
    parse: share,
    default: '1',
  },
  OTEL_SDK_DISABLED: {
    about: '`true` turns traces off, whatever the other settings are.',
    parse: oneOf(['true', 'false']),
    default: 'false',
  },
});

/** Reads where traces go; without an endpoint there are none, and the other settings are not looked at. */
export function readTracing(reader: EnvironmentReader): TracingSettings | undefined {
  const disabled = reader.read(ofTraces.OTEL_SDK_DISABLED);
  const base = reader.read(ofTraces.OTEL_EXPORTER_OTLP_ENDPOINT);
  const own = reader.read(ofTraces.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
  const endpoint = own ?? (base && tracesBelow(base));
  if (disabled === 'true' || endpoint === undefined) return undefined;
  // There is one protocol; any other value is an error.
  reader.read(ofTraces.OTEL_EXPORTER_OTLP_PROTOCOL);
  reader.read(ofTraces.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL);
  return {
    url: endpoint,
    headers: {
      ...reader.read(ofTraces.OTEL_EXPORTER_OTLP_HEADERS),
      ...reader.read(ofTraces.OTEL_EXPORTER_OTLP_TRACES_HEADERS),
    },
    timeoutMs: reader.read(ofTraces.OTEL_EXPORTER_OTLP_TIMEOUT),
    serviceName: reader.read(ofTraces.OTEL_SERVICE_NAME),
    resourceAttributes: reader.read(ofTraces.OTEL_RESOURCE_ATTRIBUTES) ?? {},
    sampler: readSampler(reader),
  };
}

function readSampler(reader: EnvironmentReader): TraceSampler {
  const name = reader.read(ofTraces.OTEL_TRACES_SAMPLER);
  const parentBased = name.startsWith('parentbased_');
  const wanted = reader.read(ofTraces.OTEL_TRACES_SAMPLER_ARG);
  if (name.endsWith('always_on')) return { ratio: 1, parentBased };
  if (name.endsWith('always_off')) return { ratio: 0, parentBased };
  return { ratio: wanted, parentBased };
}

/** The endpoint of all signals is a base, below which each signal has its own. */
function tracesBelow(base: string): string {
  const endpoint = new URL(base);
  endpoint.pathname = `${endpoint.pathname.replace(/\/$/, '')}/v1/traces`;
  return endpoint.href;
}
