import {listed} from './figure.ts';
import type {Look} from './look.ts';
import {readMatches} from './read-result.ts';

/** How many files a pattern finds, and the names of the first. */
export const globNames = (label: string, pattern: string, why: string): Look => ({
	tool: 'glob',
	input: {pattern},
	why,
	read: result => {
		const matches = readMatches(result);
		return matches === undefined ? [] : [[label, listed(matches.names, 10, matches.count)]];
	},
});
