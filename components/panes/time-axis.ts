/** A stretch of time on so many columns. Times are ms since 1970. */
export type TimeAxis = {
	readonly from: number;
	readonly to: number;
	readonly columns: number;
	/** The column of a time; outside of the axis it is the nearest. */
	readonly columnOf: (at: number) => number;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What lies between two marks, so that a person can read them at a glance. */
const intervals = [
	...[1, 2, 5, 10, 20, 30].map(n => n * second),
	...[1, 2, 5, 10, 20, 30].map(n => n * minute),
	...[1, 2, 3, 6, 12, 24, 48, 96, 168].map(n => n * hour),
];

const units = [
	[24 * hour, 'd'],
	[hour, 'h'],
	[minute, 'm'],
	[second, 's'],
] as const;

/** A mark in as many units as it takes to tell it from the next: `0s`, `50s`, `1m`, `1m10s`. */
const markOf = (ms: number): string => {
	const parts = units.flatMap(([unit, sign], i) => {
		const count = Math.floor((ms % (units[i - 1]?.[0] ?? Number.POSITIVE_INFINITY)) / unit);
		return count === 0 ? [] : [`${count}${sign}`];
	});
	return parts.slice(0, 2).join('') || '0s';
};

/** So many columns each mark has at least. */
const markColumns = 8;

export const timeAxis = (from: number, to: number, columns: number): TimeAxis => {
	const span = Math.max(second, to - from);
	return {
		from,
		to: from + span,
		columns,
		columnOf: at => Math.max(0, Math.min(columns - 1, Math.floor(((at - from) / span) * columns))),
	};
};

/** The marks of an axis, counted from its beginning, and the present where it lies: `0s     1m     now`. */
export const axisWords = ({from, to, columns, columnOf}: TimeAxis, now: number): string => {
	const cells: string[] = Array.from({length: columns}, () => ' ');
	const write = (column: number, text: string): boolean => {
		const end = column + text.length;
		// A mark stands apart from the next, and is never cut.
		if (end > columns || cells.slice(Math.max(0, column - 1), end + 1).some(cell => cell !== ' ')) return false;
		for (const [i, letter] of [...text].entries()) cells[column + i] = letter;
		return true;
	};
	if (now >= from && now <= to) {
		const column = columnOf(now);
		if (!write(column, '▾now')) write(Math.max(0, column - 3), 'now▾');
	}
	const most = Math.max(1, Math.floor(columns / markColumns));
	const step = intervals.find(interval => (to - from) / interval <= most) ?? to - from;
	for (let at = from; at < to; at += step) write(columnOf(at), markOf(at - from));
	return cells.join('');
};
