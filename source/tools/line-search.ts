import vm from 'node:vm';

/** Where a line matches: its number from 1, and the column from 0. */
type Hit = readonly [line: number, column: number];

export type LineSearch = {
	/** All matching lines of a text; undefined when the pattern took too long on it. */
	readonly find: (text: string) => readonly Hit[] | undefined;
};

/** Longer than any honest pattern needs for a file, short enough that nobody sees the window stand still. */
const timeoutMs = 250;

const script = new vm.Script(
	`
(() => {
	const expression = new RegExp(pattern, flags);
	const hits = [];
	let number = 0;
	for (const line of text.split('\\n')) {
		number += 1;
		const column = line.search(expression);
		if (column >= 0) hits.push([number, column]);
	}
	return hits;
})();
`,
	{filename: 'line-search'},
);

/**
 * A search of lines by a regular expression that a model wrote. Such an expression may backtrack for years and would
 * stop the whole fleet, so it runs where the engine can break it off: `node:vm` with a time limit. Undefined when the
 * pattern is not one.
 */
export const createLineSearch = (pattern: string, ignoreCase: boolean): LineSearch | undefined => {
	const flags = ignoreCase ? 'i' : '';
	try {
		new RegExp(pattern, flags);
	} catch {
		return undefined;
	}
	// One context for the whole search: making one costs a millisecond, and there may be thousands of files.
	const given = {pattern, flags, text: ''};
	const context = vm.createContext(given);
	return {
		find: text => {
			given.text = text;
			try {
				const found: unknown = script.runInContext(context, {timeout: timeoutMs});
				return isHits(found) ? found : undefined;
			} catch {
				return undefined;
			}
		},
	};
};

const isHits = (value: unknown): value is readonly Hit[] =>
	Array.isArray(value) &&
	value.every(hit => Array.isArray(hit) && typeof hit[0] === 'number' && typeof hit[1] === 'number');
