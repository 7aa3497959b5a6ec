import { installServers } from '../telecom/install.ts';
import setUpSystem from './system-set-up.mjs';

/** For tests named `*.recipes.test.ts`: the servers that recipes are for, and what system tests need. */
export default async function setUp() {
  await installServers((line) => void process.stderr.write(`${line}\n`));
  await setUpSystem();
}
