import {isPlain} from './width.ts';
import {type Row, wrapLine} from './wrap.ts';

/**
 * Remembers how lines with wide signs were wrapped, because those cost about 0.5 ms each: for every number of columns,
 * since what stands before a line takes some of them. Plain lines are wrapped faster than they are looked up.
 */
export type WrapCache = {readonly wrap: (line: string, columns: number) => readonly Row[]};

export const createWrapCache = (linesMax = 4096): WrapCache => {
	const known = new Map<string, readonly Row[]>();
	return {
		wrap: (line, columns) => {
			if (isPlain(line)) return wrapLine(line, columns);
			const key = `${columns} ${line}`;
			const before = known.get(key);
			if (before !== undefined) return before;
			if (known.size >= linesMax) known.clear();
			const rows = wrapLine(line, columns);
			known.set(key, rows);
			return rows;
		},
	};
};
