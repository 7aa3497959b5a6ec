import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const publicRoute = Symbol('public');

/** Marks what needs no API key. */
export function Public(): CustomDecorator<symbol> {
  return SetMetadata(publicRoute, true);
}
