import {formsOf, type KnownSecret} from './redact-known.ts';
import type {Stretch} from './redact-private-key.ts';
import {secretShapes} from './redact-shapes.ts';

/** A secret in a text. */
export type Found = Stretch & {readonly shape: string};

export type Finder = {
	/** All secrets of a text, in order, none within another. */
	readonly find: (text: string) => readonly Found[];
	/** Length of the longest known value with a blank in it, UTF-16 units; 0 when there is none. */
	readonly longestWithBlank: number;
};

/** Something to look for at a place where its first characters stand. */
type Suspect = {
	readonly shape: string;
	readonly isKnown: boolean;
	readonly at: (text: string, start: number) => Stretch | undefined;
};

/**
 * The last three characters in 15 bits, letters without their case. Most places of a text are passed over by one look
 * into a table of those with which some secret begins.
 */
const addTo = (three: number, code: number): number => ((three << 5) | (code & 31)) & 0x7fff;
const threes = 0x8000;
const threeOf = (text: string): number => [0, 1, 2].reduce((three, i) => addTo(three, text.charCodeAt(i)), 0);

/** Looks for secrets of a known shape, and for known values in all their forms. */
export const createFinder = (known: readonly KnownSecret[]): Finder => {
	const forms = known.flatMap(secret => formsOf(secret).map(form => ({form, name: secret.name})));
	const isBeginning = new Uint8Array(threes);
	const suspects = new Map<number, Suspect[]>();
	const suspect = (begins: string, one: Suspect): void => {
		const three = threeOf(begins);
		isBeginning[three] = 1;
		suspects.set(three, [...(suspects.get(three) ?? []), one]);
	};
	for (const {form, name} of forms)
		suspect(form, {
			shape: name,
			isKnown: true,
			at: (text, start) => (text.startsWith(form, start) ? {start, end: start + form.length} : undefined),
		});
	for (const {name, begins, find} of secretShapes)
		for (const word of begins)
			suspect(word, {
				shape: name,
				isKnown: false,
				at: (text, start) =>
					text.slice(start, start + word.length).toLowerCase() === word ? find(text, start) : undefined,
			});

	const find = (text: string): readonly Found[] => {
		const found: Found[] = [];
		let until = 0;
		let three = 0;
		for (let i = 0; i < text.length; i++) {
			three = addTo(three, text.charCodeAt(i));
			if (isBeginning[three] === 0) continue;
			const start = i - 2;
			for (const {shape, isKnown, at} of suspects.get(three) ?? []) {
				// Within a secret only a known one is looked for: all of it must go, if it reaches further.
				if (start < until && !isKnown) continue;
				const stretch = at(text, start);
				if (stretch === undefined || stretch.end <= until) continue;
				const last = found.at(-1);
				if (last !== undefined && stretch.start < until) found[found.length - 1] = {...last, end: stretch.end};
				else found.push({...stretch, shape});
				until = stretch.end;
				break;
			}
		}
		return found;
	};

	return {find, longestWithBlank: Math.max(0, ...forms.map(({form}) => (/\s/.test(form) ? form.length : 0)))};
};
