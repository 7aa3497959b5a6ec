import type { Command } from 'commander';
import { answerOf, ifVersion, type TargetView } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import { addHoldCommands } from '../holds/hold-commands.ts';
import { confirm } from '../input/confirm.ts';
import { editResource } from '../input/edit-resource.ts';
import { firstItems } from '../input/first-items.ts';
import { unchecked } from '../input/unchecked.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { addCreateTarget } from './create.ts';
import { everyTarget, findTarget } from './find-target.ts';
import { targetText } from './target-text.ts';

const authWords: Record<NonNullable<TargetView['auth']>['type'], string> = {
  basic: 'basic',
  oauth2_client_credentials: 'oauth2',
};

const columns: readonly Column<TargetView>[] = [
  { title: 'name', cut: 'end', value: ({ name }) => name },
  { title: 'base url', cut: 'end', value: ({ baseUrl }) => baseUrl },
  { title: 'auth', value: ({ auth }) => auth && authWords[auth.type] },
  { title: 'rate', value: ({ rate }) => rate && `${rate.perSecond}/s` },
  { title: 'at a time', only: 'wide', value: ({ maxConcurrency }) => maxConcurrency, align: 'right' },
  { title: 'handlers', value: ({ handlerCount }) => handlerCount, align: 'right' },
  {
    title: 'held',
    value: ({ hold }) => (hold === null ? null : 'held'),
    style: ({ hold }) => (hold === null ? undefined : 'yellow'),
  },
  { title: 'id', only: 'wide', value: ({ id }) => id },
];

/** `provisor targets …` */
export function addTargets(program: Command, inSession: InSession): void {
  const targets = program
    .command('targets')
    .description('The HTTP systems that handlers call: create, edit, hold, probe');
  targets
    .command('list', { isDefault: true })
    .description('List targets by name')
    .option('-q, --q <text>', 'Search name, description and base URL')
    .action(inSession(list));
  targets.command('show <target>').description('Print a target as YAML, by name or id').action(inSession(show));
  addCreateTarget(targets, inSession);
  targets
    .command('edit <target>')
    .description('Edit a target in your editor, or change it from a file')
    .option('-f, --file <file>', 'Change only the fields in this file (-: standard input)')
    .action(inSession(edit));
  targets
    .command('delete <target>')
    .description('Delete a target that no handler uses')
    .option('-y, --yes', 'Do not ask for confirmation')
    .action(inSession(remove));
  addHoldCommands(targets, 'target', inSession);
  targets
    .command('probe <target>')
    .description('Call a target now, for the key that has waited longest')
    .action(inSession(probe));
}

async function list({ client, output }: Session, { q }: { q?: string }): Promise<void> {
  const found = await firstItems(everyTarget(client, q), Number.POSITIVE_INFINITY);
  output.list(found, columns, 'No targets match. Create one with "provisor targets create".');
}

async function show({ client, output }: Session, nameOrId: string): Promise<void> {
  const target = await findTarget(client, nameOrId);
  output.result(target, () => targetText(target).trimEnd());
}

async function edit(session: Session, nameOrId: string, { file }: { file?: string }): Promise<void> {
  const { client, output } = session;
  const target = await findTarget(client, nameOrId);
  const params = { path: { id: target.id }, header: ifVersion(target) };
  const changed = await editResource<TargetView>(
    session,
    {
      text: targetText(target),
      fileName: 'target.yaml',
      save: (fields) => answerOf(client.PATCH('/api/v1/targets/{id}', { params, body: unchecked(fields) })),
    },
    file,
  );
  output.result(changed ?? target, () => {
    const isSame = changed === undefined || changed.version === target.version;
    return `${plainLine(target.name)}: ${isSame ? 'no changes' : `saved as version ${changed.version}`}`;
  });
}

async function remove({ client, output, input }: Session, nameOrId: string, { yes }: { yes?: true }): Promise<void> {
  const { id, name, version } = await findTarget(client, nameOrId);
  if (!yes && !(await confirm(`Delete ${plainLine(name)}?`, input))) throw new NegativeAnswer('nothing was changed');
  await answerOf(client.DELETE('/api/v1/targets/{id}', { params: { path: { id }, header: ifVersion({ version }) } }));
  output.result({ id, name, deleted: true }, () => `${plainLine(name)}: deleted`);
}

async function probe({ client, output }: Session, nameOrId: string): Promise<void> {
  const { id, name } = await findTarget(client, nameOrId);
  const probed = await answerOf(client.POST('/api/v1/targets/{id}/probe', { params: { path: { id } } }));
  output.result(probed, () =>
    plainLine(`${name}: calling for the key ${probed.key}; see its result with "provisor logs"`),
  );
}
