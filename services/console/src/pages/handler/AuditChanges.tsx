import type { AuditEntryView } from '../../api/generated/schema.d.ts';
import { differingFields } from '../handlers/differing-fields.ts';
import classes from './AuditChanges.module.css';

/** What an entry of the audit says of a handler: each field that differs, as it was and as it is. */
export function AuditChanges({ entry: { before, after } }: { entry: AuditEntryView }) {
  if (before === null || after === null) return <Facts of={after ?? before ?? {}} />;
  const fields = differingFields(before, after);
  if (fields.length === 0) return '–';
  return (
    <ul className={classes.changes}>
      {fields.map((field) => (
        <li key={field}>
          <span className="mono">{field}</span> <del>{written(at(before, field))}</del>{' '}
          <ins>{written(at(after, field))}</ins>
        </li>
      ))}
    </ul>
  );
}

/** Few and short ones are told; a whole handler is what its settings show. */
function Facts({ of: facts }: { of: Record<string, unknown> }) {
  const entries = Object.entries(facts).filter(([, value]) => typeof value !== 'object');
  if (entries.length === 0 || entries.length > 4) return '–';
  return entries.map(([name, value]) => `${name} ${written(value)}`).join(', ');
}

function at(record: Record<string, unknown>, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], record);
}

function written(value: unknown): string {
  if (value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(item).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Of what has an id, the end of it, as everywhere. */
function item(value: unknown): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? `…${id.slice(-8)}` : written(value);
}
