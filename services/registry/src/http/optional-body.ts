import { SetMetadata, type CustomDecorator } from '@nestjs/common';

const mayBeAbsent = Symbol('may be absent');

/** Marks an input none of whose fields is required: no body at all says the same as an empty object. */
export function MayBeAbsent(): CustomDecorator<symbol> {
  return SetMetadata(mayBeAbsent, true);
}

/** True when there is no body, and need not be one. */
export function isRightlyAbsent(bytes: unknown, shape: object): boolean {
  const isAbsent = !Buffer.isBuffer(bytes) || bytes.length === 0;
  return isAbsent && Reflect.getMetadata(mayBeAbsent, shape) === true;
}
