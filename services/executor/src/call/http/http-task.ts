import { secretSlots, type HttpTask } from '#contracts';
import type { SpanAttributes } from '#observability';

/**
 * An HTTP task with its secrets in their places. Targets repeat headers, and no private key, so those are to be hidden.
 */
export function openedHttp(
  task: HttpTask,
  open: (slot: string) => string,
): { task: HttpTask; secrets: readonly string[] } {
  const secret = new Set(task.secretHeaders);
  const headers = Object.entries(task.headers).map(([name, value]): [string, string] => {
    return [name, secret.has(name.toLowerCase()) ? open(secretSlots.header(name)) : value];
  });
  const { tls } = task;
  const opened = {
    ...task,
    headers: Object.fromEntries(headers),
    ...(tls?.key !== undefined && { tls: { ...tls, key: open(secretSlots.tlsKey) } }),
  };
  return {
    task: opened,
    secrets: headers.filter(([name]) => secret.has(name.toLowerCase())).map(([, value]) => value),
  };
}

/** What a span says of a call, by the semantic conventions of OpenTelemetry. */
export function httpCallAttributes({ url, method }: HttpTask, attempt: number): SpanAttributes {
  const target = URL.parse(url ?? '');
  return {
    'http.request.method': method,
    'url.scheme': target?.protocol.slice(0, -1),
    'server.address': target?.hostname,
    'server.port': target ? Number(target.port) || (target.protocol === 'https:' ? 443 : 80) : undefined,
    'http.request.resend_count': attempt > 1 ? attempt - 1 : undefined,
  };
}
