/** How an operation runs, as its fields have it: an empty text is no value. */
export interface OperationDraft {
  readonly canary: number | string;
  readonly perSecond: number | string;
  readonly note: string;
}

export const emptyOperation: OperationDraft = { canary: '', perSecond: '', note: '' };

interface OperationOptions {
  canary?: number;
  perSecond?: number;
  note?: string;
}

/** The same for the API, without empty fields. */
export function operationOptions({ canary, perSecond, note }: OperationDraft): OperationOptions {
  return {
    ...(canary !== '' && { canary: Number(canary) }),
    ...(perSecond !== '' && { perSecond: Number(perSecond) }),
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}
