import { ApiProperty, DECORATORS, type ApiPropertyOptions } from '@nestjs/swagger';

/** Where the compiler plugin of @nestjs/swagger leaves what it has read of a class; it does not run for tests. */
const pluginNotes = '_OPENAPI_METADATA_FACTORY';

const ordered = new WeakSet();

/** What decorators of ours say of a field in the OpenAPI description. */
export function Described(options: ApiPropertyOptions): PropertyDecorator {
  return (target, field) => {
    keepOrder(target);
    ApiProperty(options)(target, field);
  };
}

/** In the description the fields of a class that have a decorator would come before those that have none. */
function keepOrder(target: object): void {
  if (ordered.has(target)) return;
  ordered.add(target);
  const known = (Reflect.getMetadata(DECORATORS.API_MODEL_PROPERTIES_ARRAY, target) ?? []) as string[];
  const fields = [...new Set([...known, ...declaredFields(target).map((field) => `:${field}`)])];
  Reflect.defineMetadata(DECORATORS.API_MODEL_PROPERTIES_ARRAY, fields, target);
}

/** In the order of their declaration, those of a parent first. */
function declaredFields(target: object): string[] {
  if (target === Object.prototype) return [];
  const { constructor } = target as { constructor: { [pluginNotes]?: () => object } };
  const own = Object.hasOwn(constructor, pluginNotes) ? Object.keys(constructor[pluginNotes]!()) : [];
  return [...declaredFields(Object.getPrototypeOf(target) as object), ...own];
}
