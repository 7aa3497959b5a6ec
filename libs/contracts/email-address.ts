/** RFC 5321: bytes of an address in all, and of the part before the `@`. */
const longestAddress = 254;
const longestLocalPart = 64;

/** RFC 5322, 3.2.3: a dot-atom. Quoted local parts are left out: hardly a mailbox has one. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Labels of a host name; letters of any script, which are sent in Punycode. */
const domain = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*$/u;

/** What is wrong with an e-mail address, to be read after its field; undefined when it is one. */
export function emailAddressFault(address: unknown): string | undefined {
  if (typeof address !== 'string') return 'must be a string';
  const at = address.lastIndexOf('@');
  const [local, host] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  if (at < 1 || !localPart.test(local) || !domain.test(host)) {
    return 'must be an e-mail address like ops@example.org, without a name';
  }
  if (local.length > longestLocalPart) return `must have at most ${longestLocalPart} characters before the @`;
  return address.length > longestAddress ? `must be at most ${longestAddress} characters long` : undefined;
}
