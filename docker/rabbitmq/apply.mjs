// Sets up RabbitMQ for Provisor through its management API: virtual host, users with their grants, policies, and the
// exchange of the billing system. You may run it again, for example to change passwords. Needs Node and nothing else.
//
//   MANAGEMENT_URL      of an administrator, without the password: http://admin@rabbitmq:15672
//   ADMIN_PASSWORD      the administrator's password
//   BILLING_PASSWORD, PROVISOR_REGISTRY_PASSWORD, PROVISOR_EXECUTOR_PASSWORD, PROVISOR_MONITORING_PASSWORD
//                       of the users; a user without one keeps the present password, or has none
//   VHOST               instead of "provisor"
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const { MANAGEMENT_URL, ADMIN_PASSWORD, VHOST, ...environment } = process.env;
const patienceMs = 120_000;

if (!MANAGEMENT_URL || !ADMIN_PASSWORD) {
  console.error('MANAGEMENT_URL (like http://admin@rabbitmq:15672) and ADMIN_PASSWORD have to be set');
  process.exit(78);
}
const { origin, username } = new URL(MANAGEMENT_URL);
const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${ADMIN_PASSWORD}`).toString('base64')}`;

/** As RabbitMQ keeps a password: four bytes of salt, and the SHA-256 of salt and password. */
function passwordHash(password) {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, hash]).toString('base64');
}

/** @returns {Promise<object[]>} our users in the broker, so that a password that is not given can stay */
async function usersThatThereAre() {
  const response = await patiently('GET', '/api/users');
  return response.json();
}

async function definitions(existing) {
  const file = new URL('./definitions.json', import.meta.url);
  const wanted = JSON.parse(await readFile(file, 'utf8'), (key, value) =>
    VHOST && (key === 'vhost' || (key === 'name' && value === 'provisor')) ? VHOST : value,
  );
  const users = wanted.users.map((user) => {
    const password = environment[`${user.name.toUpperCase().replaceAll('-', '_')}_PASSWORD`];
    const before = existing.find(({ name }) => name === user.name);
    const hash = password ? passwordHash(password) : (before?.password_hash ?? '');
    return { ...user, password_hash: hash, hashing_algorithm: 'rabbit_password_hashing_sha256' };
  });
  return { ...wanted, users };
}

/** Waits for a broker that is only starting; what it refuses is an error at once. */
async function patiently(method, path, body) {
  const headers = { authorization, 'content-type': 'application/json' };
  for (const end = Date.now() + patienceMs; ; await delay(1_000)) {
    try {
      const response = await fetch(origin + path, { method, headers, body: body && JSON.stringify(body) });
      if (response.ok) return response;
      if (response.status < 500 || Date.now() > end)
        throw new Refusal(`${method} ${path}: ${response.status} ${await response.text()}`);
    } catch (error) {
      if (error instanceof Refusal || Date.now() > end) throw error;
    }
  }
}

class Refusal extends Error {}

try {
  await patiently('POST', '/api/definitions', await definitions(await usersThatThereAre()));
  console.log(`${origin}: the virtual host ${VHOST ?? 'provisor'} is as docker/rabbitmq/definitions.json says`);
} catch (error) {
  console.error(error instanceof Refusal ? error.message : `${origin}: ${String(error.cause ?? error)}`);
  process.exit(1);
}
