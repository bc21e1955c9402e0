/** Where to: so many rows or pages from here, or to one of the ends. */
export type Move = {readonly rows: number} | {readonly pages: number} | {readonly to: 'first' | 'last'};

/** The row of `count` that a movement from the row `at` leads to; both count from 0. */
export const landing = (move: Move, at: number, count: number, pageRows: number): number => {
	if ('to' in move) return move.to === 'first' ? 0 : Math.max(0, count - 1);
	const step = 'rows' in move ? move.rows : move.pages * Math.max(1, pageRows - 1);
	return Math.max(0, Math.min(count - 1, at + step));
};
