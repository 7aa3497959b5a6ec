import type { Task } from '#contracts';
import type { Span, SpanAttributes } from '#observability';
import type { CatalogHandler } from '../catalog/handler-catalog.ts';
import type { AttemptResult } from '../dispatch/outcome.ts';

/** The span of an attempt, which the call carries on. */
export function attemptSpan(
  event: Span,
  { id, name, task }: CatalogHandler,
  executionId: string,
  number: number,
): Span {
  return event.child(`attempt ${name}`, {
    role: 'client',
    attributes: {
      'provisor.handler.id': id,
      'provisor.handler.name': name,
      'provisor.execution.id': executionId,
      'provisor.attempt': number,
      ...taskAttributes(task),
      'http.request.resend_count': task.type === 'http' && number > 1 ? number - 1 : undefined,
    },
  });
}

/** Neither the path nor the query of a URL, nor a script's arguments: they may give access. */
function taskAttributes(task: Task): SpanAttributes {
  if (task.type === 'script') return { 'provisor.script.path': task.path, 'provisor.script.mode': task.mode };
  const url = URL.parse(task.url);
  return {
    'http.request.method': task.method,
    'url.scheme': url?.protocol.slice(0, -1),
    'server.address': url?.hostname,
    'server.port': url ? Number(url.port) || (url.protocol === 'https:' ? 443 : 80) : undefined,
  };
}

/** Tells how an attempt ended. What the target said is in the journal only. */
export function endAttempt(span: Span, { outcome, response }: AttemptResult): void {
  span.set({
    'provisor.outcome': outcome.kind,
    'http.response.status_code': response.http?.status,
    'process.exit.code': response.script?.exitCode ?? undefined,
  });
  if (outcome.kind !== 'success') span.fail(outcome.reason);
  span.end();
}
