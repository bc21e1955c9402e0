import {addressOf} from './address.ts';

/** The codes that drawn lines carry: those of tones, and those of links. */
const codes = /\u001b(?:\[[\d;]*m|\]8;[^\u0007]*\u0007)/g;

export const withoutCodes = (text: string): string => (text.includes('\u001b') ? text.replaceAll(codes, '') : text);

/** Short, and the same for the same address: by it a terminal knows the pieces of a link that is broken over rows. */
const idOf = (address: string): string => {
	let hash = 0x811c9dc5;
	for (let i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193);
	return (hash >>> 0).toString(36);
};

/** A drawn text as a link, closed again. What is no address that may be opened stays the bare text. */
export const withLink = (drawn: string, link: string): string => {
	const address = addressOf(link);
	return address === undefined || drawn === ''
		? drawn
		: `\u001b]8;id=${idOf(address)};${address}\u0007${drawn}\u001b]8;;\u0007`;
};
