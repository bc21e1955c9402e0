const levels = '▁▂▃▄▅▆▇█';

/**
 * The last `columns` values as a row of blocks, the newest at the right end, filled up with spaces at the left. The
 * largest value shown is the highest block; a row of zeros lies flat.
 */
export const sparkline = (values: readonly number[], columns: number): string => {
	if (columns <= 0) return '';
	const shown = values.slice(-columns);
	const max = Math.max(0, ...shown);
	return shown
		.map(value =>
			levels.charAt(
				max > 0 && value > 0 ? Math.min(levels.length - 1, Math.ceil((value / max) * levels.length) - 1) : 0,
			),
		)
		.join('')
		.padStart(columns);
};
