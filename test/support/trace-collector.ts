import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { TracingSettings } from '#settings';
import { eventually } from './eventually.ts';
import { ProtobufMessage } from './protobuf.ts';

type Value = string | number | boolean | undefined | Value[];
type Attributes = Record<string, Value>;

export interface CollectedSpan {
  service: string;
  /** Of the process that made it. */
  resource: Attributes;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  traceId: string;
  spanId: string;
  /** Empty: it is the first of its trace. */
  parentSpanId: string;
  attributes: Attributes;
  events: { name: string; attributes: Attributes }[];
  /** Ids of spans that it is linked to. */
  links: string[];
  failed: boolean;
}

/** Takes traces as a collector does, by OTLP as protobuf over HTTP (opentelemetry-proto 1.x), and remembers them. */
export class TraceCollector {
  readonly spans: CollectedSpan[] = [];
  /** Of the requests, in their order. */
  readonly requests: { path: string; contentType: string | undefined; headers: IncomingMessage['headers'] }[] = [];
  /** Of the answers; while it is not 200 nothing is remembered. */
  status = 200;
  readonly #server: Server;

  static async listen(): Promise<TraceCollector> {
    const collector = new TraceCollector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Those of a service that records all and sends it here. */
  get settings(): TracingSettings {
    return {
      url: `${this.url}/v1/traces`,
      headers: {},
      timeoutMs: 10_000,
      serviceName: undefined,
      resourceAttributes: {},
      sampler: { ratio: 1, parentBased: true },
    };
  }

  /** Resolves with the first span that is looked for. */
  span(wanted: (span: CollectedSpan) => boolean): Promise<CollectedSpan> {
    return eventually(() => this.spans.find(wanted));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { url: path = '', headers } = request;
    this.requests.push({ path, contentType: headers['content-type'], headers });
    if (this.status === 200) {
      this.spans.push(...spansOf(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body));
    }
    response.writeHead(this.status, { 'content-type': 'application/x-protobuf' }).end();
  }
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const statusError = 2;

/** Of an ExportTraceServiceRequest. */
function spansOf(body: Buffer): CollectedSpan[] {
  return new ProtobufMessage(body).messages(1).flatMap((resourceSpans) => {
    const resource = attributesOf(resourceSpans.message(1), 1);
    return resourceSpans.messages(2).flatMap((scope) => scope.messages(2).map((span) => spanOf(span, resource)));
  });
}

function spanOf(span: ProtobufMessage, resource: Attributes): CollectedSpan {
  const hex = (message: ProtobufMessage, field: number) => message.bytes(field)?.toString('hex') ?? '';
  return {
    service: String(resource['service.name']),
    resource,
    name: span.text(5) ?? '',
    kind: kinds[span.number(6) ?? 0]!,
    traceId: hex(span, 1),
    spanId: hex(span, 2),
    parentSpanId: hex(span, 4),
    attributes: attributesOf(span, 9),
    events: span.messages(11).map((event) => ({ name: event.text(2) ?? '', attributes: attributesOf(event, 3) })),
    links: span.messages(13).map((link) => hex(link, 2)),
    failed: span.message(15).number(3) === statusError,
  };
}

function attributesOf(message: ProtobufMessage, field: number): Attributes {
  return Object.fromEntries(message.messages(field).map((pair) => [pair.text(1) ?? '', valueOf(pair.message(2))]));
}

function valueOf(value: ProtobufMessage): Value {
  if (value.bytes(1)) return value.text(1);
  if (value.number(2) !== undefined) return value.number(2) === 1;
  if (value.number(3) !== undefined) return value.number(3);
  if (value.bytes(4)) return value.bytes(4)!.readDoubleLE();
  if (value.bytes(5)) return value.message(5).messages(1).map(valueOf);
  return undefined;
}
