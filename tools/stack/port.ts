import { findFreePort, isFree } from '../servers/ports.ts';
import { PortTakenError } from './service-error.ts';

export const usualPorts = { REGISTRY_PORT: 3000, EXECUTOR_PORT: 3001 } as const;
export type PortSetting = keyof typeof usualPorts;

/**
 * The port a service gets: the one the user asked for, else the usual one, else any.
 *
 * @throws PortTakenError when the user asked for one that is taken
 */
export async function choosePort(
  setting: PortSetting,
  { env, host, log }: { env: NodeJS.ProcessEnv; host: string; log: (line: string) => void },
): Promise<number> {
  const wanted = Number(env[setting] ?? usualPorts[setting]);
  // What is no port at all is for the service to complain about: it checks all its settings in one place.
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535 || (await isFree(wanted, host))) return wanted;
  if (env[setting]) throw new PortTakenError(setting, wanted);
  const port = await findFreePort();
  log(`port ${wanted} is taken; using ${port} instead (${setting} chooses another)`);
  return port;
}
