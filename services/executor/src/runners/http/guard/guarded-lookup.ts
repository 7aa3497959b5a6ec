import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';
import { AddressRefused } from './address-refused.ts';

/** Finds the addresses of a name. */
export type Lookup = typeof systemLookup;

/**
 * Looks names up as Node would, and leaves out addresses that may not be called. The connection is made to what is answered
 * here and the name is not looked up again, so that a name cannot mean one address when it is checked and another when it
 * is called.
 */
export function guardedLookup(policy: AddressPolicy, lookup: Lookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const [allowed, refusals] = sort(found, policy);
      const [first] = allowed;
      if (!first) callback(refusal(hostname, refusals), '', 0);
      else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function sort(found: LookupAddress[], policy: AddressPolicy): [allowed: LookupAddress[], refusals: string[]] {
  const allowed: LookupAddress[] = [];
  const refusals: string[] = [];
  for (const candidate of found) {
    const refused = policy.refusal(candidate.address);
    if (refused === undefined) allowed.push(candidate);
    else refusals.push(refused);
  }
  return [allowed, refusals];
}

function refusal(hostname: string, refusals: string[]): Error {
  return new AddressRefused(`${hostname} may not be called: ${refusals.join('; ') || 'it has no address'}`);
}
