import {lookup} from 'node:dns';
import {BlockList, isIP, type LookupFunction} from 'node:net';
import {networkInterfaces} from 'node:os';

/** Addresses and leading bits of this machine, of its network, of the clouds' own services, and of no single host. */
const closed4 = [
	'0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16',
	'192.0.0.0/24 198.18.0.0/15 168.63.129.16/32 224.0.0.0/3',
]
	.join(' ')
	.split(' ');
const closed6 = '::/96 64:ff9b:1::/48 100::/64 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8'.split(' ');

/** Tells addresses of the public internet from all others. An IPv6 address that holds an IPv4 one is judged by that. */
export const createIsPublicAddress = (): ((address: string) => boolean) => {
	const closed = new BlockList();
	const close = (range: string, family: 'ipv4' | 'ipv6', prefix = '', prefixBits = 0): void => {
		const [address = '', bits = ''] = range.split('/');
		closed.addSubnet(prefix + address, Number(bits) + prefixBits, family);
	};
	for (const range of closed4) {
		close(range, 'ipv4');
		close(range, 'ipv6', '64:ff9b::', 96);
	}
	for (const range of closed6) close(range, 'ipv6');
	// A server that listens everywhere answers on this machine's public address just as on the loopback.
	for (const {address, family} of Object.values(networkInterfaces()).flatMap(found => found ?? []))
		closed.addAddress(withoutZone(address), family === 'IPv6' ? 'ipv6' : 'ipv4');
	return address => {
		const bare = withoutZone(address);
		const family = isIP(bare);
		return family !== 0 && !closed.check(bare, family === 6 ? 'ipv6' : 'ipv4');
	};
};

const withoutZone = (address: string): string => address.split('%')[0] ?? address;

/**
 * The name of a host as rules and resolvers understand it: lower case, no final dot, no brackets, short forms of
 * addresses written out (`127.1`). Undefined when it is no host.
 */
export const hostOf = (given: string): string | undefined => {
	const bracketed = isIP(given) === 6 ? `[${given}]` : given;
	if (/[\s/?#@\\]/.test(bracketed) || !URL.canParse(`http://${bracketed}`)) return undefined;
	const {hostname, port} = new URL(`http://${bracketed}`);
	return port === '' && hostname !== '' ? hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '') : undefined;
};

/** The name stands for an address that is not public. */
export class PrivateAddressError extends Error {
	constructor(host: string) {
		super(`${host} leads to this machine or a private network, which is closed unless a rule names that very host`);
	}
}

/**
 * Resolves like the system, and leaves only public addresses. A connection made with it goes to the very address that
 * was judged, so a name that answers differently the second time gains nothing.
 */
export const createPublicLookup =
	(isPublic: (address: string) => boolean): LookupFunction =>
	(host, options, answer) => {
		lookup(host, {...options, all: true}, (error, found) => {
			const open = error === null ? found.filter(({address}) => isPublic(address)) : [];
			const [first] = open;
			if (error !== null) answer(error, '');
			else if (first === undefined) answer(new PrivateAddressError(host), '');
			else if (options.all === true) answer(null, open);
			else answer(null, first.address, first.family);
		});
	};
