import type {Finder, Found} from './redact-find.ts';
import {privateKeyMax} from './redact-private-key.ts';

/** Text in pieces: what comes out has no secret in it, however it was cut. */
export type RedactStream = {
	/** The next piece; returns what can be shown by now, which may be nothing. */
	readonly push: (delta: string) => string;
	/** The end: returns all that was held back. */
	readonly flush: () => string;
};

/** What was shown already is looked at again, because it may say what the next word is. */
const contextMax = 512;
/** So much of a word without a blank is held back. */
const wordMax = 8192;
/** The first line of a private key, or what may become one, before anything of the key itself. */
const keyBegins = /-----BEGIN[ A-Z0-9]{0,60}-{0,5}(?:\s|\\{1,3}[rn]?){0,4}[A-Za-z0-9+/]{0,15}$/;
/** A key without an end goes on when its next line comes within so many characters. */
const lineMax = 300;

/**
 * Shows text up to its last blank, because a secret is a word and a word can go on. What begins as a private key is
 * held back until it ends.
 */
export const createRedactStream = ({find, longestWithBlank}: Finder, mark: (shape: string) => string): RedactStream => {
	/** Text that was shown, as far as it is looked at again, then text that was not. */
	let buffer = '';
	let shown = 0;

	const goesOn = ({shape, end}: Found): boolean =>
		shape === 'private-key' && !buffer.startsWith('-----', end - 5) && buffer.length - end < lineMax;

	const show = (to: number, found: readonly Found[]): string => {
		let out = '';
		let at = shown;
		for (const secret of found) {
			if (secret.end <= at || secret.start >= to) continue;
			out += buffer.slice(at, Math.max(at, secret.start)) + mark(secret.shape);
			at = secret.end;
		}
		out += buffer.slice(at, Math.max(at, to));
		const dropped = Math.max(0, to - contextMax);
		buffer = buffer.slice(dropped);
		shown = to - dropped;
		return out;
	};

	/** How far the text can be shown before its secrets are known. */
	const showable = (): number => {
		let afterBlank = buffer.length;
		while (afterBlank > shown && !/\s/.test(buffer.charAt(afterBlank - 1))) afterBlank--;
		const held = buffer.length - shown > 2 * wordMax ? buffer.length - wordMax : 0;
		const begins = buffer.search(keyBegins);
		const to = Math.min(Math.max(afterBlank, held), buffer.length - longestWithBlank);
		return begins < 0 ? to : Math.min(to, begins);
	};

	return {
		push: delta => {
			buffer += delta;
			let to = showable();
			if (to <= shown) return '';
			const found = find(buffer);
			for (const secret of found) if (secret.start < to && (secret.end > to || goesOn(secret))) to = secret.start;
			const last = found.at(-1);
			// No key is so long: its middle is let go of, and it stays a key.
			if (last !== undefined && goesOn(last) && last.end - last.start > privateKeyMax)
				buffer = buffer.slice(0, last.start + 100) + buffer.slice(last.end - 100);
			return to <= shown ? '' : show(to, found);
		},
		flush: () => {
			const rest = show(buffer.length, find(buffer));
			buffer = '';
			shown = 0;
			return rest;
		},
	};
};
