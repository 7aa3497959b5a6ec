import { cidr, cidrOrPublic, duration, list, parser, port, wholeNumber } from './parsers.ts';
import { named } from './setting.ts';
import { smtpServer } from './smtp-server.ts';

const ranges = list(',', cidrOrPublic);
/** A list of nothing would mean "all": that is not what it says. */
const callable = parser(cidrOrPublic.what, (value) => {
  const found = ranges(value);
  return found.length > 0 ? found : undefined;
});

/** What the executor alone reads, but for scripts. */
export const ofExecutor = named({
  EXECUTOR_PORT: {
    about: 'Port of `/healthz`, `/readyz` and `/metrics`. 0 chooses a free port.',
    parse: port,
    default: '3001',
  },
  PARTITIONS: {
    about:
      'Number of partitions, which limits the number of active executors. The same for all executors. To change it, stop all executors ([how](operations.md#changing-the-number-of-partitions)).',
    parse: wholeNumber(1, 1024),
    default: '16',
  },
  PREFETCH_BYTES: {
    about:
      'Memory for the bodies of events and rejected messages, in bytes. Further bodies wait in files in `TMPDIR` ([memory](operations.md#memory)).',
    parse: wholeNumber(1_048_576, 68_719_476_736),
    default: '67108864',
  },
  HTTP_ALLOW_CIDRS: {
    about: 'The only addresses that HTTP handlers may call ([how](deployment.md#what-handlers-may-call)).',
    parse: callable,
    unset: 'all but those that [ADR 0014](adr/0014-guarded-http.md) denies',
  },
  HTTP_DENY_CIDRS: {
    about: 'Addresses that HTTP handlers may never call.',
    parse: list(',', cidr),
    unset: 'no further addresses',
  },
  DEDUPLICATION_WINDOW: {
    about: 'Period in which an event with the same id and partition key is a duplicate, which is not run.',
    parse: duration,
    default: '24h',
  },
  JOURNAL_RETENTION: {
    about:
      'How long the journal keeps events, attempts and rejected messages, by whole days. At least `DEDUPLICATION_WINDOW`.',
    parse: duration,
    default: '90d',
  },
  SMTP_URL: {
    about:
      'Mail server of [`email` tasks](handlers.md#e-mail), as `smtp://user:password@host:587?from=alerts@example.org` or `smtps://…`. `from` is the sender, `ca` a file with certificate authorities (PEM).',
    parse: smtpServer,
    unset: '`email` tasks wait, with the reason `email_not_configured`',
    secret: true,
  },
  KEY_STUCK_AFTER: {
    about: 'How long a key may wait until a [notice](notices.md) tells of it. Held keys do not count.',
    parse: duration,
    default: '15m',
  },
});
