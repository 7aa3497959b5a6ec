import type { AttemptResponse } from '#contracts';
import type { Redaction } from '#redaction';

/** What the other side answered, as it is shown: without the values of redacted fields and headers. */
export function redactedResponse({ http, script }: AttemptResponse, redaction: Redaction): AttemptResponse {
  return {
    ...(http && { http: { ...http, headers: redaction.headers(http.headers), body: redaction.text(http.body) } }),
    ...(script && {
      script: { ...script, stdout: redaction.text(script.stdout), stderr: redaction.text(script.stderr) },
    }),
  };
}
