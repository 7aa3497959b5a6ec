import type { RejectedMessageView } from '#contracts/rest-api';

export type Reason = RejectedMessageView['reason'];

/** Why a message is no event, in words. */
export const reasons: Readonly<Record<Reason, string>> = {
  too_large: 'Larger than 1 MiB',
  unsupported_content_type: 'Not of a type that is read',
  not_utf8: 'Not UTF-8',
  not_json: 'Not JSON',
  too_deep: 'Nested too deep',
  wrong_shape: 'Fields missing or wrong',
  unknown_event_type: 'Unknown event type',
  bad_header: 'A wrong header',
  internal_error: 'A fault of Provisor',
};
