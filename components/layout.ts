/** A rectangle of terminal cells; `x` and `y` count from 0 at the top left. */
export type Rect = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** The panes in the order in which Tab goes through them. */
export const paneNames = ['plan', 'agents', 'log', 'cost'] as const;
export type PaneName = (typeof paneNames)[number];

/** Where a thing stands: `body` lies inside the border of `frame`. Too small for a border, both are the same. */
export type Place = {readonly frame: Rect; readonly body: Rect};

/**
 * Where everything stands. `header`, `banner`, `prompt.frame`, `footer` and the frames of `panes` cover the screen exactly and
 * never overlap. What has no room has height 0 (the bars) or is absent (the panes).
 */
export type Layout = {
	readonly kind: 'wide' | 'stacked' | 'single';
	readonly header: Rect;
	/** A line for trouble of the whole fleet; without any it has no height. */
	readonly banner: Rect;
	/** All panes together: the place for what takes their place, such as a transcript. */
	readonly main: Place;
	readonly panes: Partial<Readonly<Record<PaneName, Place>>>;
	readonly prompt: Place;
	readonly footer: Rect;
};

export type LayoutOptions = {readonly focus: PaneName; readonly maximised?: boolean; readonly banner?: boolean};

/** The smallest pane worth a border: three rows within it. */
const paneRowsMin = 5;

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

const placeOf = (frame: Rect, borderedRowsMin = paneRowsMin): Place =>
	frame.width < 12 || frame.height < borderedRowsMin
		? {frame, body: frame}
		: {frame, body: {x: frame.x + 1, y: frame.y + 1, width: frame.width - 2, height: frame.height - 2}};

const wide = (main: Rect): Layout['panes'] => {
	const left = clamp(Math.round(main.width * 0.4), 32, 84);
	// The cost needs five rows within its border to say the essentials, but never more than half of the height.
	const costRows = clamp(Math.round(main.height * 0.32), Math.min(7, Math.floor(main.height / 2)), 20);
	const agentRows = Math.ceil(main.height / 2);
	const right = {x: main.x + left, width: main.width - left};
	return {
		plan: placeOf({x: main.x, y: main.y, width: left, height: main.height - costRows}),
		cost: placeOf({x: main.x, y: main.y + main.height - costRows, width: left, height: costRows}),
		agents: placeOf({...right, y: main.y, height: agentRows}),
		log: placeOf({...right, y: main.y + agentRows, height: main.height - agentRows}),
	};
};

/** As many panes below each other as have room, the focused one always among them. */
const stacked = (main: Rect, focus: PaneName): Layout['panes'] => {
	const count = clamp(Math.floor(main.height / paneRowsMin), 1, paneNames.length);
	const first = paneNames.slice(0, count);
	const kept = first.includes(focus) ? first : [...first.slice(0, -1), focus];
	const rows = Math.floor(main.height / kept.length);
	const panes: Partial<Record<PaneName, Place>> = {};
	let y = main.y;
	for (const [i, name] of kept.entries()) {
		const height = i === kept.length - 1 ? main.y + main.height - y : rows;
		panes[name] = placeOf({x: main.x, y, width: main.width, height});
		y += height;
	}
	return panes;
};

/**
 * The screen, cut up. Side by side from 80 columns, below each other from 50, the focused pane alone below that, on
 * fewer than 14 rows, and when maximised. Both counts are at least 1.
 */
export const layoutOf = (
	columns: number,
	rows: number,
	{focus, maximised = false, banner = false}: LayoutOptions,
): Layout => {
	const headerRows = rows >= 30 && columns >= 80 ? 2 : rows >= 4 ? 1 : 0;
	const bannerRows = banner && rows >= 6 ? 1 : 0;
	const footerRows = rows >= 3 ? 1 : 0;
	const promptRows = rows >= 30 && columns >= 50 ? 3 : rows >= 2 ? 1 : 0;
	const bar = (y: number, height: number): Rect => ({x: 0, y, width: columns, height});
	const top = headerRows + bannerRows;
	const main = bar(top, rows - top - promptRows - footerRows);
	const kind = maximised || columns < 50 || rows < 14 ? 'single' : columns < 80 ? 'stacked' : 'wide';
	return {
		kind,
		header: bar(0, headerRows),
		banner: bar(headerRows, bannerRows),
		main: placeOf(main),
		panes: kind === 'wide' ? wide(main) : kind === 'stacked' ? stacked(main, focus) : {[focus]: placeOf(main)},
		prompt: placeOf(bar(rows - footerRows - promptRows, promptRows), 3),
		footer: bar(rows - footerRows, footerRows),
	};
};
