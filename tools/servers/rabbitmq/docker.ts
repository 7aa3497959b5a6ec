import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import { PrivateServer } from '../private-server.ts';
import { user } from './configuration.ts';
import { amqpUrl, managementUrl, type PrivateRabbitmq, type PrivateRabbitmqOptions } from './node.ts';
import { answersAmqp } from './readiness.ts';

/** The same as in `docker/`, to the digest. */
export const rabbitmqImage =
  'rabbitmq:4.2.9-management@sha256:65df8b4486d38eab1dbbb0784790b235a2df2bf1db8b9b70c46cbcf669ecffa7';

/** Whether there is a Docker with an engine behind it. */
export async function dockerAnswers(): Promise<boolean> {
  const info = ['info', '--format', '{{.ServerVersion}}'];
  const { failed } = await execa('docker', info, { timeout: 5_000, reject: false });
  return !failed; // Not installed, or no engine: either way not to be used.
}

/**
 * Starts RabbitMQ in a container of our own. No file is mounted, since the engine may be on another machine's disk:
 * settings go through the environment and data into a named volume.
 */
export async function startDockerRabbitmq(
  options: PrivateRabbitmqOptions & { ephemeral: boolean },
): Promise<PrivateRabbitmq> {
  const { supervisor, dataDir, endpoints, ephemeral, log, onDeath } = options;
  const name = `provisor-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const logFile = join(dataDir, 'rabbitmq', 'rabbitmq.log');
  log(`using ${rabbitmqImage} in Docker (the first time this downloads it)`);
  const url = amqpUrl(endpoints);
  const server = new PrivateServer({
    supervisor,
    spec: {
      name: 'rabbitmq',
      command: 'docker',
      args: [
        ...['run', '--rm', '--name', name],
        ...['--hostname', 'provisor'], // Part of the node's name, and so of where its data is.
        ...['--publish', `127.0.0.1:${endpoints.ports.amqp}:5672`],
        ...['--publish', `127.0.0.1:${endpoints.ports.management}:15672`],
        ...(ephemeral ? [] : ['--volume', `${name}:/var/lib/rabbitmq`]),
        // The value comes from our environment, unseen by ps.
        ...['--env', `RABBITMQ_DEFAULT_USER=${user}`, '--env', 'RABBITMQ_DEFAULT_PASS'],
        rabbitmqImage,
      ],
      cwd: dataDir,
      env: { ...process.env, RABBITMQ_DEFAULT_PASS: endpoints.rabbitmqPassword },
      output: { file: logFile },
      stopSignal: 'SIGTERM',
      graceMs: 30_000,
      afterwards: { command: 'docker', args: ['rm', '--force', name] }, // A killed client leaves its container running.
    },
    logFile,
    isReady: () => answersAmqp(url),
    readyTimeoutMs: 600_000, // Downloading the image takes what it takes.
    onDeath,
  });
  await server.start();
  return { server, url, managementUrl: managementUrl(endpoints) };
}
