import { Option, type Command } from 'commander';
import { answerOf, type ApiKeyInput, type ApiKeyView } from '#sdk';
import { NotThere, UsageError } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { dateTime } from '../input/option-values.ts';
import { momentColumns } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

const columns: readonly Column<ApiKeyView>[] = [
  { title: 'name', cut: 'end', value: ({ name }) => name },
  { title: 'role', value: ({ role }) => role },
  { title: 'prefix', only: 'wide', value: ({ prefix }) => prefix },
  ...momentColumns('last used', ({ lastUsedAt }: ApiKeyView) => lastUsedAt),
  ...momentColumns('created', ({ createdAt }: ApiKeyView) => createdAt).filter(isWide),
  ...momentColumns('expires', ({ expiresAt }: ApiKeyView) => expiresAt).filter(isWide),
  ...momentColumns('revoked', ({ revokedAt }: ApiKeyView) => revokedAt).filter(isWide),
  { title: 'id', value: ({ id }) => id },
];

function isWide({ only }: Column<ApiKeyView>): boolean {
  return only === 'wide';
}

/** `provisor keys …` */
export function addKeys(program: Command, inSession: InSession): void {
  const keys = program.command('keys').description('List, create and revoke API keys');
  keys
    .command('list', { isDefault: true })
    .description('List API keys')
    .option('--all', 'Include revoked keys')
    .action(inSession(list));
  const create = keys
    .command('create <name>')
    .description('Create an API key; it is shown once')
    .addOption(
      new Option('--role <role>', 'What the key may do').choices(['viewer', 'operator', 'admin']).makeOptionMandatory(),
    )
    .option('--expires <date-time>', 'When it stops working (default: never)', (value) => dateTime(value))
    .action(inSession(make));
  withExamples(create, ['A key for a system that publishes events', 'provisor keys create CRM --role operator']);
  keys.command('revoke <keys...>').description('Revoke API keys, by name or id').action(inSession(revoke));
}

async function list({ client, output }: Session, { all }: { all?: true }): Promise<void> {
  const { items } = await answerOf(client.GET('/api/v1/api-keys'));
  const shown = all ? items : items.filter(({ revokedAt }) => revokedAt === null);
  output.list(shown, columns, 'No API keys.');
}

async function make(
  { client, output }: Session,
  name: string,
  { role, expires }: { role: ApiKeyInput['role']; expires?: string },
): Promise<void> {
  const body = { name, role, ...(expires !== undefined && { expiresAt: expires }) };
  const made = await answerOf(client.POST('/api/v1/api-keys', { body }));
  output.result(made, () => made.key);
  output.note(
    `created API key ${plainLine(made.name)} (${made.role}, id ${made.id}); store it now, it is not shown again`,
  );
}

async function revoke({ client, output }: Session, names: readonly string[]): Promise<void> {
  const { items } = await answerOf(client.GET('/api/v1/api-keys'));
  // All are looked up first: a mistyped name must not leave some of the keys revoked.
  const found = names.map((name) => keyNamed(items, name));
  for (const { id, name } of found) {
    await answerOf(client.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }));
    output.line({ id, name, revoked: true }, () => `${plainLine(name)}: revoked`);
  }
}

/** A key that is not revoked, by its name or its id. */
function keyNamed(keys: readonly ApiKeyView[], nameOrId: string): ApiKeyView {
  const found = keys.filter(({ id, name, revokedAt }) => revokedAt === null && (id === nameOrId || name === nameOrId));
  if (found.length > 1) {
    throw new UsageError(`${found.length} API keys are named ${JSON.stringify(nameOrId)}; give the id of one`);
  }
  if (found[0] === undefined) throw new NotThere(`API key ${JSON.stringify(nameOrId)} not found`);
  return found[0];
}
