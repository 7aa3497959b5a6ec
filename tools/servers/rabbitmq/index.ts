import { canUseApt, installRabbitmqWithApt } from './apt.ts';
import { dockerAnswers, startDockerRabbitmq } from './docker.ts';
import { startLocalRabbitmq, type PrivateRabbitmq, type PrivateRabbitmqOptions } from './local.ts';
import { missingRabbitmq } from './missing.ts';
import { findRabbitmq } from './program.ts';

/**
 * Starts a RabbitMQ of our own, by the first way that this machine offers: a `rabbitmq-server` on PATH, Docker, or the package of Debian and
 * Ubuntu.
 *
 * @throws ServerUnavailableError when it offers none; the message says what to install
 */
export async function startPrivateRabbitmq(
  options: PrivateRabbitmqOptions & { ephemeral: boolean },
): Promise<PrivateRabbitmq> {
  const installed = await findRabbitmq();
  if (installed) return startLocalRabbitmq(installed, options);
  if (await dockerAnswers()) return startDockerRabbitmq(options);
  if (!(await canUseApt())) throw missingRabbitmq();
  await installRabbitmqWithApt(options.log);
  const program = await findRabbitmq();
  if (!program) throw missingRabbitmq();
  return startLocalRabbitmq(program, options);
}
