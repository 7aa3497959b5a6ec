import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { identifierFault } from '#contracts';
import { InvalidInput } from '../domain-error.ts';
import { uuid } from './rules.ts';

/** A part of the path that is an id of ours. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    const message = uuid.fault(value);
    if (message) throw new InvalidInput([{ field: data ?? 'id', message }]);
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
