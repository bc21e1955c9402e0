import {isPlain} from './width.ts';
import {type Row, wrapLine} from './wrap.ts';

/**
 * Remembers how lines with wide signs were wrapped, because those cost about 0.5 ms each. It serves one view: when
 * the width changes, everything is forgotten. Plain lines are wrapped faster than they are looked up.
 */
export type WrapCache = {readonly wrap: (line: string, columns: number) => readonly Row[]};

export const createWrapCache = (linesMax = 4096): WrapCache => {
	const known = new Map<string, readonly Row[]>();
	let width = 0;
	return {
		wrap: (line, columns) => {
			if (isPlain(line)) return wrapLine(line, columns);
			if (columns !== width || known.size >= linesMax) {
				known.clear();
				width = columns;
			}
			let rows = known.get(line);
			if (rows === undefined) {
				rows = wrapLine(line, columns);
				known.set(line, rows);
			}
			return rows;
		},
	};
};
