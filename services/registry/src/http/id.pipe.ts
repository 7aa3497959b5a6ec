import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { identifierFault } from '#contracts';
import { InvalidInput } from '../domain-error.ts';

/** A part of the path that is an id of ours. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!isUUID(value, 'loose')) throw new InvalidInput([{ field: data ?? 'id', message: 'must be a UUID' }]);
    return value.toLowerCase();
  }
}

/** A part of the path that is an id which others gave. */
@Injectable()
export class IdentifierPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    const message = identifierFault(value);
    if (message) throw new InvalidInput([{ field: data ?? 'id', message }]);
    return value;
  }
}
