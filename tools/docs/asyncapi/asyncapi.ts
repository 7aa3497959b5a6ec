import { version, type JsonObject } from '#contracts';
import { channels } from './channels.ts';
import { messages } from './messages.ts';
import { operations } from './operations.ts';
import { schemas } from './schemas.ts';
import { servers } from './servers.ts';

const description = `Provisor runs handlers when something happens in a billing system. The billing system publishes events to RabbitMQ;
Provisor calls handlers over HTTP or runs them as scripts, and tells its executors when handlers change.

The event types are the built-in ones. \`GET /api/v1/event-types\` also lists those of your installation. Queues and messages
that are not described here are internal and may change.`;

/** AsyncAPI 3.0: messages over the broker and to handlers, from the schemas and names of the code. */
export function asyncApi(): JsonObject {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Provisor',
      version,
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers,
    channels: channels(),
    operations,
    components: { messages: messages(), schemas: schemas() },
  };
}
