import {type Arrangement, type PaneSize, usualArrangement} from '../store/arrangement.ts';
import {type Pane, panes} from '../store/ui.ts';

/** A rectangle of terminal cells; `x` and `y` count from 0 at the top left. */
export type Rect = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** Whether a cell lies in a rectangle. */
export const isIn = (rect: Rect, x: number, y: number): boolean =>
	x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;

/** Where a thing stands: `body` lies inside the border of `frame`. Too small for a border, both are the same. */
export type Place = {readonly frame: Rect; readonly body: Rect};

/**
 * Where everything stands. `header`, `banner`, `prompt`, `footer` and the frames of `panes` cover the screen exactly and
 * never overlap. What has no room has height 0 (the bars) or is absent (the panes).
 */
export type Layout = {
	readonly kind: 'wide' | 'stacked' | 'single';
	readonly header: Rect;
	/** A line for trouble of the whole fleet; without any it has no height. */
	readonly banner: Rect;
	/** All panes together: the place for what takes their place, such as a transcript. */
	readonly main: Place;
	readonly panes: Partial<Readonly<Record<Pane, Place>>>;
	/** A line without a border: one around nothing would take two rows from all else. */
	readonly prompt: Rect;
	readonly footer: Rect;
};

export type LayoutOptions = {
	readonly focus: Pane;
	/** How the person has arranged the panes; without it, as is usual. */
	readonly arrangement?: Arrangement;
	readonly banner?: boolean;
};

/** The smallest pane worth a border: three rows within it. */
const paneRowsMin = 5;

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

const placeOf = (frame: Rect): Place =>
	frame.width < 12 || frame.height < paneRowsMin
		? {frame, body: frame}
		: {frame, body: {x: frame.x + 1, y: frame.y + 1, width: frame.width - 2, height: frame.height - 2}};

/** How much of the room a pane takes beside others of its column or, stacked, of the window. */
const weights: Readonly<Record<PaneSize, number>> = {small: 0.5, usual: 1, large: 2};

const isShown = ({focus, arrangement: {hidden} = usualArrangement}: LayoutOptions, pane: Pane): boolean =>
	pane === focus || !hidden.includes(pane);

/** Two panes of one column, as many rows for the upper one as asked; one that is not shown leaves all to the other. */
const column = (place: Rect, upper: Pane | undefined, lower: Pane | undefined, rows: number): Layout['panes'] => {
	const upperRows = upper === undefined ? 0 : lower === undefined ? place.height : rows;
	return {
		...(upper === undefined ? {} : {[upper]: placeOf({...place, height: upperRows})}),
		...(lower === undefined
			? {}
			: {[lower]: placeOf({...place, y: place.y + upperRows, height: place.height - upperRows})}),
	};
};

const wide = (main: Rect, options: LayoutOptions): Layout['panes'] => {
	const {sizes} = options.arrangement ?? usualArrangement;
	const shown = (pane: Pane): Pane | undefined => (isShown(options, pane) ? pane : undefined);
	const weightOf = (...names: readonly Pane[]): number =>
		Math.max(0, ...names.filter(pane => isShown(options, pane)).map(pane => weights[sizes[pane]]));
	const share = (one: number, other: number): number => (one === 0 ? 0 : one / (one + other));

	const leftShare = share(0.4 * weightOf('plan', 'cost'), 0.6 * weightOf('agents', 'log'));
	const [leftMin, leftMax] = leftShare === 0.4 ? [34, 84] : [28, main.width - 28];
	const left =
		leftShare === 0 || leftShare === 1
			? main.width * leftShare
			: clamp(Math.round(main.width * leftShare), leftMin, leftMax);

	// The cost needs five rows within its border to say the essentials, but never more than half of the height.
	const half = Math.floor(main.height / 2);
	const costShare = share(0.32 * weightOf('cost'), 0.68 * weightOf('plan'));
	const costMax = sizes.cost === 'large' || sizes.plan === 'small' ? main.height - paneRowsMin : 20;
	const costRows = clamp(Math.round(main.height * costShare), Math.min(7, half), Math.max(7, costMax));
	const agentShare = share(weightOf('agents'), weightOf('log'));
	const agentRows = clamp(
		Math.ceil(main.height * agentShare),
		Math.min(paneRowsMin, half),
		main.height - Math.min(paneRowsMin, half),
	);
	return {
		...column({...main, width: left}, shown('plan'), shown('cost'), main.height - costRows),
		...column({...main, x: main.x + left, width: main.width - left}, shown('agents'), shown('log'), agentRows),
	};
};

/** As many panes below each other as have room, the focused one always among them. */
const stacked = (main: Rect, options: LayoutOptions): Layout['panes'] => {
	const {focus, arrangement = usualArrangement} = options;
	const shown = panes.filter(pane => isShown(options, pane));
	const first = shown.slice(0, clamp(Math.floor(main.height / paneRowsMin), 1, shown.length));
	const kept = first.includes(focus) ? first : [...first.slice(0, -1), focus];
	const weightOf = (pane: Pane): number => weights[arrangement.sizes[pane]];
	const sum = kept.reduce((all, pane) => all + weightOf(pane), 0);
	// Each has the least it needs; the rest is shared.
	const least = Math.min(paneRowsMin, main.height);
	const spare = main.height - kept.length * least;
	const places: Partial<Record<Pane, Place>> = {};
	let y = main.y;
	for (const [i, name] of kept.entries()) {
		const rows = least + Math.floor((spare * weightOf(name)) / sum);
		const height = i === kept.length - 1 ? main.y + main.height - y : rows;
		places[name] = placeOf({x: main.x, y, width: main.width, height});
		y += height;
	}
	return places;
};

/**
 * The screen, cut up. Side by side from 80 columns, below each other from 50, the focused pane alone below that, on
 * fewer than 14 rows, and when it is to have the whole window. Both counts are at least 1.
 */
export const layoutOf = (columns: number, rows: number, options: LayoutOptions): Layout => {
	const {focus, arrangement = usualArrangement, banner = false} = options;
	const headerRows = rows >= 30 && columns >= 80 ? 2 : rows >= 4 ? 1 : 0;
	const bannerRows = banner && rows >= 6 ? 1 : 0;
	const footerRows = rows >= 3 ? 1 : 0;
	const promptRows = rows >= 2 ? 1 : 0;
	const bar = (y: number, height: number): Rect => ({x: 0, y, width: columns, height});
	const top = headerRows + bannerRows;
	const main = bar(top, rows - top - promptRows - footerRows);
	const kind = arrangement.full || columns < 50 || rows < 14 ? 'single' : columns < 80 ? 'stacked' : 'wide';
	return {
		kind,
		header: bar(0, headerRows),
		banner: bar(headerRows, bannerRows),
		main: placeOf(main),
		panes:
			kind === 'wide' ? wide(main, options) : kind === 'stacked' ? stacked(main, options) : {[focus]: placeOf(main)},
		prompt: bar(rows - footerRows - promptRows, promptRows),
		footer: bar(rows - footerRows, footerRows),
	};
};
