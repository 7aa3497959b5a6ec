import { isJsonObject, maxKeptResponseBytes } from '#contracts';

/** Whether a field of an answer is as the journal shows it. */
export type Check = (value: unknown) => boolean;

// More than the journal keeps, since what stands in place of redacted values may be longer than they are.
export const isText: Check = (value) => typeof value === 'string' && value.length <= 2 * maxKeptResponseBytes;
export const isWhole: Check = (value) => Number.isInteger(value) && Math.abs(value as number) <= 1_000_000;
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isTexts: Check = (value) => isJsonObject(value) && Object.values(value).every(isText);
export const isList: Check = (value) => Array.isArray(value) && value.length <= 1_000 && value.every(isText);
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
