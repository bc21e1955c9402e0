import {withoutCodes} from '../text/codes.ts';
import {isPlain} from '../text/width.ts';
import type {Segment} from './compose.ts';

/** Beside links, drawn lines carry no other codes than those that open a tone and the one that closes it again. */
const closing = '\u001b[0m';

/** The last place at or before `at` where a text is outside of every tone and of every code. */
const plainBefore = (text: string, at: number): number => {
	const code = at === 0 ? -1 : text.lastIndexOf('\u001b[', at - 1);
	if (code === -1) return at;
	const end = text.indexOf('m', code) + 1;
	// A tone is open there, or a code is not over yet: all of it is left out.
	return text.startsWith(closing, code) && end <= at ? at : plainBefore(text, code);
};

/** The first place at or after `at` where a text is outside of every tone and of every code. */
const plainAfter = (text: string, at: number): number => {
	const before = plainBefore(text, at);
	if (before === at) return at;
	const end = text.indexOf(closing, before);
	return end === -1 ? text.length : Math.max(at, end + closing.length);
};

const linkCode = '\u001b]';

/** Undefined where the columns are not certain, or a cut could fall into a link. */
const columnsOf = (text: string): number | undefined => {
	if (text.includes(linkCode)) return undefined;
	const bare = withoutCodes(text);
	return isPlain(bare) ? bare.length : undefined;
};

const samePrefix = (a: string, b: string): number => {
	const most = Math.min(a.length, b.length);
	let i = 0;
	while (i < most && a.charCodeAt(i) === b.charCodeAt(i)) i++;
	return i;
};

const sameSuffix = (a: string, b: string, most: number): number => {
	let i = 0;
	while (i < most && a.charCodeAt(a.length - 1 - i) === b.charCodeAt(b.length - 1 - i)) i++;
	return i;
};

/**
 * The part of a segment that differs from what stands in its place on the screen. Where signs are in play on whose width
 * terminals disagree, or links, the whole segment.
 */
export const changedPart = (old: Segment | undefined, next: Segment): Segment | undefined => {
	if (old === undefined || old.x !== next.x || old.width !== next.width) return next;
	if (old.text === next.text) return undefined;
	const {text, x, width} = next;
	if (columnsOf(text) !== width || columnsOf(old.text) !== width) return next;
	const start = plainBefore(text, samePrefix(old.text, text));
	const suffix = sameSuffix(old.text, text, Math.min(old.text.length, text.length) - start);
	// The cut must be outside of tones in both texts; from it on they are alike.
	const behind = (all: string): number => all.length - plainAfter(all, all.length - suffix);
	const part = text.slice(start, text.length - Math.min(behind(text), behind(old.text)));
	return {x: x + (columnsOf(text.slice(0, start)) ?? 0), width: columnsOf(part) ?? 0, text: part};
};
