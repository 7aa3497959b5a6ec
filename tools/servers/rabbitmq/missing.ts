import { ServerUnavailableError } from '../server-error.ts';

/** No RabbitMQ, and none to be had: what to do about it, per system. */
export function missingRabbitmq(): ServerUnavailableError {
  return new ServerUnavailableError(`RabbitMQ is needed, and there is no rabbitmq-server on PATH and no Docker that answers. One of these will do:

  Debian, Ubuntu   sudo apt-get install rabbitmq-server
  Fedora           sudo dnf install rabbitmq-server
  macOS            brew install rabbitmq
  Windows          use WSL with one of the above
  anywhere         start Docker, or give the address of a broker:
                   AMQP_URL=amqp://user:password@host:5672/ npm start

An installed server need not run: Provisor starts one of its own, beside it.`);
}

export function missingEpmd(): ServerUnavailableError {
  return new ServerUnavailableError(
    'There is a rabbitmq-server on PATH but no epmd, which is a part of Erlang: add its folder to PATH.',
  );
}
