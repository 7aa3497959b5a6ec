import { alone } from '../run/alone.mjs';
import { build } from '../run/build.mjs';
import { startTestServers } from './test-servers.ts';

/**
 * For tests named `*.system.test.ts`: builds what has changed before each run, however Jest was started, so that no
 * test can run against a build that is older than the sources.
 */
export default async function setUp() {
  const [isBuilt] = await Promise.all([alone(build), startTestServers()]);
  if (!isBuilt) throw new Error('the system tests need a build, and it failed');
  process.env.TEST_BUILD = 'fresh'; // Read by built-file.ts, in the processes of the test files.
}
