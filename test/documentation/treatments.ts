import { execaSync } from 'execa';
import type { Block } from './markdown.ts';

interface Exception {
  document: string;
  /** Words of the block. */
  has: string;
}

/** A block that is not run here, and why. */
interface NotRun extends Exception {
  reason: string;
}

/** A program that goes on until Ctrl-C. */
interface StaysUp {
  has: RegExp;
  /** A line by which it tells that it is up; none for the installation itself, which is up before anything is run. */
  says?: RegExp;
}

/** What a person who follows the document would bring along. */
interface Given extends Exception {
  files?: Record<string, string>;
  /** What they would type. */
  input?: string;
}

/** All other blocks run unchanged. An entry without a block fails. */
export const notRun: readonly NotRun[] = [
  {
    document: 'README.md',
    has: 'npm run demo',
    reason: 'each is a whole run of its own, of minutes; this is one of them',
  },
  {
    document: 'docs/command-line.md',
    has: '--follow',
    reason: 'until Ctrl-C: test/command-line/commands.system.test.ts follows',
  },
  {
    document: 'docs/command-line.md',
    has: 'failures groups',
    reason: 'waiting events and failures: test/command-line/failures.system.test.ts',
  },
  {
    document: 'docs/command-line.md',
    has: 'completion zsh',
    reason: 'for other shells: cli/src/completion/completion.test.ts',
  },
  {
    document: 'docs/deployment.md',
    has: 'docker build -f',
    reason: 'an engine: npm run images:check builds the images',
  },
  { document: 'docs/deployment.md', has: 'imagetools', reason: 'an engine, and a registry of images' },
  { document: 'docs/deployment.md', has: 'compose.yml up', reason: 'an engine: test/deployment/compose.test.ts' },
  {
    document: 'docs/deployment.md',
    has: 'compose.production.yml up',
    reason: 'an engine: test/deployment/compose.test.ts',
  },
  {
    document: 'docs/deployment.md',
    has: 'apply.mjs',
    reason: 'users for everybody: test/deployment/broker-users.system.test.ts',
  },
  { document: 'docs/deployment.md', has: 'systemd-sysusers', reason: 'root: test/deployment/programs.test.ts' },
  { document: 'docs/deployment.md', has: 'systemctl enable', reason: 'systemd: test/deployment/programs.test.ts' },
  {
    document: 'docs/deployment.md',
    has: 'npm ci --omit=dev',
    reason: 'the packages of the clone that the guide is followed in',
  },
  { document: 'docs/deployment.md', has: 'kubectl', reason: 'a cluster: test/deployment/kubernetes.test.ts' },
  { document: 'docs/operations.md', has: 'rabbitmq-upgrade', reason: 'a cluster of RabbitMQ that can be restarted' },
  { document: 'docs/operations.md', has: 'pg_dump', reason: 'client programs of PostgreSQL as new as the server' },
  {
    document: 'docs/operations.md',
    has: 'list_policies',
    reason: 'a broker of production: the virtual host is called otherwise here',
  },
  { document: 'docs/operations.md', has: 'pg_restore', reason: 'client programs of PostgreSQL as new as the server' },
  {
    document: 'docs/publishing-events.md',
    has: 'rejected body ID',
    reason: 'a rejected message: test/command-line/commands.system.test.ts publishes one again',
  },
  { document: 'docs/runbook.md', has: 'DATA', reason: 'names that an operator puts in, on a machine with a full disk' },
  {
    document: 'docs/runbook.md',
    has: 'repair_queue.py',
    reason: 'a broker that fails; libs/broker/amqp-1-0.servers.test.ts runs it',
  },
  { document: 'docs/traces.md', has: 'jaegertracing', reason: 'an engine, and an image from elsewhere' },
  {
    document: 'sdk/README.md',
    has: 'npm',
    reason: 'test/documentation/sdk-package.long.test.ts makes and installs the package',
  },
];

export const staysUp: readonly StaysUp[] = [
  { has: /^(SCRIPTS_DIRS=\S+ )?npm start/ },
  { has: /^(node )?examples\/receivers\/receiver\./, says: /^listening / },
  { has: /^examples\/receivers\/flask_app\.py/, says: /^listening / },
  { has: /^(node )?examples\/migration\/forward\.mjs/, says: /^listening / },
];

export const given: readonly Given[] = [
  {
    document: 'docs/command-line.md',
    has: 'contexts set',
    files: { 'key.txt': 'prov_production' },
    input: 'prov_staging\n',
  },
];

/** Programs that some machines lack; a block that needs one is skipped there, with a message. */
export const needs: readonly (Exception & { what: string; isHere: () => boolean })[] = [
  {
    document: 'examples/README.md',
    has: 'publish.py',
    what: 'pika for python3',
    isHere: () => succeeds('python3', '-c', 'import pika'),
  },
  ...['flask_app.py', '127.0.0.1:5002'].map((has) => ({
    document: 'examples/README.md',
    has,
    what: 'Flask for python3',
    isHere: () => succeeds('python3', '-c', 'import flask'),
  })),
];

export function isFor({ document, has }: Exception, block: Block): boolean {
  return document === block.document && block.text.includes(has);
}

/** What nearly every guide uses beside Node. */
export const tools = {
  names: 'bash, curl, openssl and python3',
  areHere: () => ['bash', 'curl', 'openssl', 'python3'].every((name) => succeeds('sh', '-c', `command -v ${name}`)),
};

function succeeds(program: string, ...args: string[]): boolean {
  return !execaSync(program, args, { stdio: 'ignore', reject: false }).failed;
}
