import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExecutorSettings, readRegistrySettings } from '#settings';
import { authority, clientOfAuthority } from '../support/certificates.ts';

const readers = { registry: readRegistrySettings, executor: readExecutorSettings };
export type Service = keyof typeof readers;

/** What else the services and Node read of their environment. */
const foreign = new Set(['NODE_ENV', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'TZ', 'LANG', 'HOME', 'PATH', 'TMPDIR']);

/**
 * Has a service read an environment as it would at its start. Files are replaced by ones that are there: what a
 * deployment mounts is not here.
 *
 * @returns Names that it does not read: misspelt, or of the other service.
 * @throws {SettingsError} When one does not fit.
 */
export function unknownSettings(service: Service, environment: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'provisor-deployment-'));
  try {
    const here: Record<string, string> = { ...environment };
    for (const [name, content] of Object.entries(contents)) {
      if (!(name in environment)) continue;
      here[name] = join(folder, name);
      writeFileSync(here[name], content);
    }
    // A user of the image, or one that is made when the units are installed; tests need not be root.
    if (here['SCRIPT_USER']) here['SCRIPT_USER'] = `${process.geteuid?.() === 0 ? 1001 : process.geteuid?.()}:1001`;
    const ca = join(folder, 'ca.crt');
    writeFileSync(ca, authority);
    for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL']) {
      if (here[name]) here[name] = here[name].replace(/sslrootcert=[^&]*/, `sslrootcert=${ca}`);
    }
    const read = namesReadBy(service, here);
    return Object.keys(environment).filter((name) => !read.has(name) && !foreign.has(name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function namesReadBy(service: Service, environment: Record<string, string>): Set<string> {
  const read = new Set<string>();
  const get = (target: Record<string, string>, name: string) => {
    read.add(name);
    return target[name];
  };
  readers[service](new Proxy(environment, { get }));
  return read;
}

const contents = {
  AMQP_PASSWORD_FILE: 'a password',
  AMQP_CA_FILE: authority,
  AMQP_CERT_FILE: clientOfAuthority.cert,
  AMQP_KEY_FILE: clientOfAuthority.key,
};
