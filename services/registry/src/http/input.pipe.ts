import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { InvalidInput } from '../domain-error.ts';
import { fieldErrors } from './field-errors.ts';
import { readJsonObject } from './json-body.ts';
import { isRightlyAbsent } from './optional-body.ts';
import { readQuery } from './query-string.ts';

/**
 * Turns what came with a request into the class that the controller asks for, checked by the class's decorators. Bodies
 * come as bytes, and stay so for a controller that asks for a Buffer.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'query') return checkInput(metatype as Type<object>, readQuery(value));
    if (type !== 'body') return value;
    if ((metatype as unknown) === Buffer) return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
    const shape = metatype as Type<object>;
    return checkInput(shape, isRightlyAbsent(value, shape) ? {} : readJsonObject(value));
  }
}

/**
 * Makes an instance of a class from plain fields, checked by the class's decorators.
 *
 * @throws {InvalidInput} Naming every field that does not fit.
 */
export async function checkInput<T extends object>(shape: Type<T>, input: object): Promise<T> {
  const instance = plainToInstance(shape, input);
  const errors = await validate(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  if (errors.length > 0) throw new InvalidInput(fieldErrors(errors));
  return instance;
}
