import { withTexts, type AttemptResponse } from '#contracts';
import type { Redaction } from '#redaction';

/** What the other side answered, as it is shown: without the values of redacted fields and headers. */
export function redactedResponse(response: AttemptResponse, redaction: Redaction): AttemptResponse {
  return withTexts(response, redaction);
}
