import { cidr, cidrOrPublic, duration, list, parser, port, uriReference, wholeNumber } from './parsers.ts';
import { named } from './setting.ts';

const ranges = list(',', cidrOrPublic);
/** A list of nothing would mean "all": that is not what it says. */
const callable = parser(cidrOrPublic.what, (value) => {
  const found = ranges(value);
  return found.length > 0 ? found : undefined;
});

/** What the executor alone reads, but for scripts. */
export const ofExecutor = named({
  EXECUTOR_PORT: {
    about: 'Where `/healthz`, `/readyz` and `/metrics` are; 0: any port that is free.',
    parse: port,
    default: '3001',
  },
  PARTITIONS: {
    about:
      'Shares of the keys: at most so many executors read at a time. The same on all executors; changing it means to stop ([how](operations.md#changing-the-number-of-partitions)).',
    parse: wholeNumber(1, 1024),
    default: '16',
  },
  PREFETCH_BYTES: {
    about:
      'Memory for the bodies of events and rejected messages, bytes. What is over waits in files in the folder `TMPDIR` ([memory](operations.md#memory)).',
    parse: wholeNumber(1_048_576, 68_719_476_736),
    default: '67108864',
  },
  HTTP_ALLOW_CIDRS: {
    about: 'Addresses that HTTP handlers may call, and no others ([how](deployment.md#what-handlers-may-call)).',
    parse: callable,
    unset: 'all but those of [0014](adr/0014-guarded-http.md)',
  },
  HTTP_DENY_CIDRS: { about: 'Addresses that they may never call.', parse: list(',', cidr), unset: 'none besides' },
  DEDUPLICATION_WINDOW: {
    about: 'An event whose id was seen with its partition key within this time is a duplicate, and is not run.',
    parse: duration,
    default: '24h',
  },
  JOURNAL_RETENTION: {
    about:
      'How long events, attempts and rejected messages are kept. Older days are dropped whole. Not shorter than `DEDUPLICATION_WINDOW`.',
    parse: duration,
    default: '90d',
  },
  CLOUDEVENTS_SOURCE: {
    about:
      'The `source` of [CloudEvents](cloudevents.md) that handlers get, of events that do not say where they come from; a URI-reference.',
    parse: uriReference,
    default: '/billing',
  },
});
