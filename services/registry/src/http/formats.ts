import { Described } from './described.ts';

// What a field of an answer holds, where its TypeScript type does not say so.

/** A whole number. */
export const Integer = (): PropertyDecorator => Described({ type: 'integer' });

/** A time as RFC 3339 writes it. */
export const DateTime = (): PropertyDecorator => Described({ format: 'date-time' });

/** A UUID, or several. */
export const Uuid = (): PropertyDecorator => Described({ format: 'uuid' });

/** One of several texts. The plugin could read them from the type, but not in a steady order. */
export const OneOf = (values: readonly string[]): PropertyDecorator => Described({ enum: [...values] });

/** Any JSON object. */
export const AnyObject = (documentation: { example?: object; nullable?: true } = {}): PropertyDecorator =>
  Described({ type: 'object', additionalProperties: true, ...documentation });

/** An id as billing gives it: a whole number or a text. */
export const ObjectId = (): PropertyDecorator => Described({ oneOf: [{ type: 'integer' }, { type: 'string' }] });
