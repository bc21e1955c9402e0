import path from 'node:path';
import {isProtectedPath} from '../domain/protected-path.ts';
import {type ShellWord, unknown} from './shell-word.ts';

/**
 * Where a path that a shell line names would lead, by its letters alone. `device` is harmless to read and to write, and so is
 * what is no path at all but an address;
 * `unknown` depends on what is known only when the line runs; links are the sandbox's matter.
 */
export type Reach = 'inside' | 'outside' | 'protected' | 'maybe protected' | 'device' | 'unknown';

/** Names of what is protected, to try patterns on. */
const samples = [
	...['.env', '.env.local', '.envrc', '.git', '.flotilla', '.ssh', '.aws', '.gnupg', '.kube', '.docker', '.netrc'],
	...['.npmrc', '.pypirc', '.git-credentials', 'id_rsa', 'id_ed25519', 'id_ecdsa', 'x.pem', 'x.key', 'x.p12', 'x.pfx'],
];

const devices = /^\/dev\/(null|zero|std(in|out|err)|fd\/\d+|u?random)$/;

/** What tells secrets of this machine or of a process, wherever one is allowed to read. */
const secrets =
	/^\/proc\/[^/]+\/(task\/[^/]+\/)?(environ|mem|maps|auxv|cmdline)$|^\/etc\/(g?shadow|sudoers|ssh|ssl\/private)(-|\/|\.d|$)|^\/(run|var\/run)\/(secrets|docker\.sock)|^\/var\/run\/docker\.sock/;

export const reachOf = (given: string, folders: readonly string[]): Reach => {
	const local = given.replace(/^file:(\/\/(localhost)?)?(?=\/)/i, '');
	if (/^[a-z][a-z\d+.-]+:\/\//i.test(local)) return 'device';
	// The root of a process is the root.
	const value = path.posix.normalize(local).replace(/^(\/proc\/[^/]+(\/task\/[^/]+)?\/root)+(?=\/|$)/, '') || '/';
	if (devices.test(value)) return 'device';
	if (secrets.test(value)) return 'protected';
	const folder = path.isAbsolute(value) ? folders.find(one => value === one || value.startsWith(`${one}/`)) : undefined;
	const inner = folder === undefined ? value : value.slice(folder.length + 1);
	if (isProtectedPath(inner)) return 'protected';
	if (inner.split('/').some(mayBeProtected)) return 'maybe protected';
	const isOutside = folder === undefined && /^(\/|~|\.\.(\/|$))/.test(value);
	if (isOutside) return 'outside';
	return value.includes(unknown) ? 'unknown' : 'inside';
};

const mayBeProtected = (name: string): boolean => {
	const parts = name.toLowerCase().split(unknown);
	const known = parts.join('');
	if (parts.length === 1 || (known.length < 2 && !known.startsWith('.'))) return false;
	return samples.some(sample => fits(sample, parts));
};

/** Whether a name holds these parts in this order, with anything between them. */
const fits = (name: string, parts: readonly string[]): boolean => {
	const [first = '', ...rest] = parts;
	const last = rest.pop() ?? '';
	if (!name.startsWith(first) || !name.endsWith(last)) return false;
	let at = first.length;
	for (const part of rest) {
		const found = name.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return at <= name.length - last.length;
};

/** Every path that a word may name: itself, and what follows a letter of an option, an `=`, an `@` or a `:`. */
export const pathsIn = (word: ShellWord): readonly string[] =>
	[word.value, ...word.unfolded].flatMap(value => {
		// Whoever gives a text with spaces means a text.
		if (/\s/.test(value)) return [];
		const local = /^[a-z][a-z\d+.-]+:\/\//i.test(value) ? [] : value.split(/[=@:,]/).slice(1);
		return [value, ...local, ...(/^-[a-z]./i.test(value) ? [value.slice(2)] : [])].filter(one => one !== '');
	});
