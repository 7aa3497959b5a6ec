import { startTestServers } from './test-servers.ts';

/** For tests named `*.servers.test.ts`. */
export default startTestServers;
