/** Where a page of notices ended. */
export interface NoticePosition {
  /** When the last one was written, microseconds since 1970, as exact as PostgreSQL keeps it. */
  readonly micros: string;
  readonly id: string;
}

const pattern = /^(\d{1,16}) ([0-9a-f-]{36}-\d{1,10})$/;

export function encodeNoticePosition({ micros, id }: NoticePosition): string {
  return Buffer.from(`${micros} ${id}`).toString('base64url');
}

/** The position in a cursor, or undefined when it is not one of ours. */
export function decodeNoticePosition(cursor: string): NoticePosition | undefined {
  const [, micros, id] = pattern.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  return micros === undefined || id === undefined ? undefined : { micros, id };
}
