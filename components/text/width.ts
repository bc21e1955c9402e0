import {createRequire} from 'node:module';
import type measure from 'string-width';
import {withoutCodes} from './codes.ts';

const require = createRequire(import.meta.url);

/** Its tables and patterns take longer to load than a listing takes in all, and most texts can do without. */
const createMeasure = (): (() => typeof measure) => {
	let loaded: typeof measure | undefined;
	return () => {
		loaded ??= (require('string-width') as {readonly default: typeof measure}).default;
		return loaded;
	};
};
const stringWidth = createMeasure();

/**
 * Printable ASCII and the other signs this program draws itself: each is one column and one UTF-16 unit. Measuring
 * anything else needs grapheme clusters, which is a hundred times slower.
 */
const plain =
	/^[\x20-\x7e\xa1-\xac\xae-\xff\u2013\u2014\u2018-\u201d\u2026\u2190-\u2193\u2219\u2265\u23f8\u2500-\u25fc\u2715\u276f\u2800-\u28ff]*$/;

/** Whether a text is free of anything that must be cleaned, and as wide as it is long. */
export const isPlain = (text: string): boolean => plain.test(text);

/** How many terminal columns a text takes. The codes of tones and links take none. */
export const widthOf = (text: string): number => {
	const bare = withoutCodes(text);
	return isPlain(bare) ? bare.length : stringWidth()(bare);
};
