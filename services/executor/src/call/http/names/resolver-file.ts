import { hostname } from 'node:os';

/** What `/etc/resolv.conf` says of how names are looked up (resolv.conf(5)). */
export interface ResolverFile {
  /** In the order in which they are asked; undefined where the file is missing. */
  readonly servers: readonly string[] | undefined;
  /** Domains that names are looked for in. */
  readonly search: readonly string[];
  /** A name with fewer dots is looked for in the search domains first. */
  readonly ndots: number;
  /** Of one try, milliseconds. */
  readonly timeoutMs: number;
  /** Tries with each server. */
  readonly attempts: number;
  /** False where IPv6 addresses are not asked for. */
  readonly ipv6: boolean;
}

/** As many as the C library takes. */
const maxServers = 3;
/** Each may be asked for before a name without an answer is given up. */
const maxSearch = 8;
/**
 * What is used where the file says nothing. The C library's 5 s would let one dead server use up the whole time of a
 * lookup.
 */
const defaults = { ndots: 1, timeoutMs: 1_500, attempts: 2 };
const most = { ndots: 15, timeoutMs: 5_000, attempts: 5 };

/** @param text Undefined where there is no such file. */
export function parseResolverFile(text: string | undefined): ResolverFile {
  const servers: string[] = [];
  let search: string[] | undefined;
  const options: string[] = [];
  for (const line of (text ?? '').split('\n')) {
    const [keyword = '', ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && values[0]) servers.push(values[0]);
    else if (keyword === 'search') search = values;
    else if (keyword === 'domain') search = values.slice(0, 1);
    else if (keyword === 'options') options.push(...values);
  }
  if (servers.length === 0) servers.push('127.0.0.1');
  return {
    servers: text === undefined ? undefined : servers.slice(0, maxServers),
    search: (search ?? ownDomain()).map((domain) => domain.toLowerCase().replace(/\.$/, '')).slice(0, maxSearch),
    ndots: Math.min(numberOf(options, 'ndots', 0) ?? defaults.ndots, most.ndots),
    timeoutMs: Math.min((numberOf(options, 'timeout', 1) ?? defaults.timeoutMs / 1_000) * 1_000, most.timeoutMs),
    attempts: Math.min(numberOf(options, 'attempts', 1) ?? defaults.attempts, most.attempts),
    ipv6: !options.includes('no-aaaa'),
  };
}

/**
 * The full names that a name may stand for, in the order in which they are asked for.
 *
 * @param name In lower case. A dot at its end says that it is full already.
 */
export function fullNames(name: string, { search, ndots }: Pick<ResolverFile, 'search' | 'ndots'>): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const inDomains = search.map((domain) => (domain === '' ? name : `${name}.${domain}`));
  const dots = name.split('.').length - 1;
  return [...new Set(dots >= ndots ? [name, ...inDomains] : [...inDomains, name])];
}

function numberOf(options: string[], name: string, least: number): number | undefined {
  const values = options.filter((option) => option.startsWith(`${name}:`)).map((o) => Number(o.slice(name.length + 1)));
  return values.filter((value) => Number.isInteger(value) && value >= least).at(-1);
}

/** What stands for the search domains where there are none: the domain of this machine. */
function ownDomain(): string[] {
  const [, domain] = /^[^.]+\.(.+)$/.exec(hostname()) ?? [];
  return domain === undefined ? [] : [domain];
}
