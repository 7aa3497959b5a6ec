import { Installation } from '../support/installation.ts';
import { cast, maxAttempts, scheduleMs, targets, timeoutMs } from './cast.ts';
import { Disruptions } from './injection/disruptions.ts';
import { Fleet } from './injection/fleet.ts';
import { untilReplicated } from './injection/replication.ts';
import type { Site } from './injection/site.ts';
import type { SeededRandom } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { CallLog } from './targets/call-log.ts';
import { Receiver } from './targets/receiver.ts';
import { temperOf } from './targets/temper.ts';

/** Starts servers, receivers, the product with its executors, and creates the handlers of the cast. */
export async function openSite(
  { broker, partitions, executors }: Scenario,
  random: SeededRandom,
  calls: CallLog,
  log: (line: string) => void,
): Promise<Site> {
  const settings = { PARTITIONS: String(partitions), SHUTDOWN_TIMEOUT_MS: '5000' };
  const installation = await Installation.start(settings, { broker, log });
  try {
    const temper = temperOf(random.for('targets'));
    const receivers = await Promise.all(Array.from({ length: targets }, () => Receiver.listen(calls, temper)));
    for (const { name, event, priority, onFailure, target } of cast) {
      await installation.json('POST', '/handlers', {
        ...{ name, event, priority, onFailure, timeoutMs },
        task: { type: 'http', url: receivers[target]!.url(name) },
        retry: { maxAttempts, schedule: scheduleMs.map((ms) => `${String(ms)}ms`) },
      });
    }
    const amqpUrls = installation.servers.brokerNodes.map(({ url }) => url);
    const fleet = new Fleet(installation, amqpUrls);
    for (let number = 1; number <= executors; number++) await fleet.start();
    if (broker === 'cluster') await untilReplicated(installation);
    return { installation, fleet, receivers, disruptions: new Disruptions(), amqpUrls };
  } catch (error) {
    await installation.stop(true);
    throw error;
  }
}

export async function closeSite({ installation, fleet, receivers }: Site): Promise<void> {
  await installation.stop(true);
  await fleet.close();
  await Promise.all(receivers.map((receiver) => receiver.die()));
}
