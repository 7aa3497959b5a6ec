/** What a script that stays said of an event, or what is wrong with how it said it. */
export type Reply =
  { readonly ok: boolean; readonly retry: boolean; readonly error: string } | { readonly fault: string };

/** Reads one line of a script that stays. */
export function readReply(line: string, executionId: string): Reply {
  const reply = parse(line);
  if (!reply) return { fault: `it answered with a line that is no JSON object: ${line.slice(0, 200)}` };
  const { execution_id: answered, ok, retry, error } = reply;
  if (answered !== executionId) {
    return {
      fault: `it answered for execution ${answered === undefined ? 'none' : JSON.stringify(answered)} when it was given ${executionId}`,
    };
  }
  if (typeof ok !== 'boolean') return { fault: 'its answer has no "ok" that is true or false' };
  if (retry !== undefined && typeof retry !== 'boolean')
    return { fault: 'its answer has a "retry" that is not true or false' };
  return { ok, retry: retry ?? true, error: typeof error === 'string' ? error : '' };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
