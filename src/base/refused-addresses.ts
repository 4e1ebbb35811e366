/**
 * Addresses that the hub asks nothing of, whoever named them: link-local ones, where clouds give credentials to whatever runs on a machine.
 * Private ranges are asked: tills and shops stand in them.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addAddress('100.100.100.200', 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');
// The same, as a gateway to IPv4 is asked for them. Mapped ones (::ffff:…) are known to the list itself.
refused.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
refused.addAddress('64:ff9b::6464:64c8', 'ipv6');

const isRefused = (address: string): boolean => refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Why the address is not asked, as a sentence for people. Without a code: it is no failure of the network. */
const refusalOf = (address: string): Error =>
  new Error(`${address} is a link-local address or one of a cloud's metadata, which the hub never asks`);

/** Of the host of a URL that is an address itself, which nobody looks up; null when it may be asked, or is a name. */
export function refusalOfHost(hostname: string): Error | null {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && isRefused(host) ? refusalOf(host) : null;
}

/** As `dns.lookup`, of which it makes an error that one of the addresses is refused: what was looked up is what is connected to. */
export const makeCheckedLookup =
  (find: LookupFunction = lookup as LookupFunction): LookupFunction =>
  (hostname, options, done) =>
    find(hostname, options, (error, found, family) => {
      if (error !== null) return done(error, found, family);
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      const bad = addresses.find(isRefused);
      if (bad === undefined) done(null, found, family);
      else done(refusalOf(bad), [], 0);
    });
