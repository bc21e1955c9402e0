import type {Pane} from './ui.ts';

/** From the smallest. */
export const paneSizes = ['small', 'usual', 'large'] as const;
export type PaneSize = (typeof paneSizes)[number];

/** How a person has arranged the panes. */
export type Arrangement = {
	/** How large each is beside the others. */
	readonly sizes: Readonly<Record<Pane, PaneSize>>;
	/** Those that are not shown, unless they have the focus. */
	readonly hidden: readonly Pane[];
	/** The pane with the focus has all the room. */
	readonly full: boolean;
};

export const usualArrangement: Arrangement = {
	sizes: {plan: 'usual', agents: 'usual', log: 'usual', cost: 'usual'},
	hidden: [],
	full: false,
};

const resized = (arrangement: Arrangement, pane: Pane, step: 1 | -1): Arrangement | undefined => {
	const size = paneSizes[paneSizes.indexOf(arrangement.sizes[pane]) + step];
	return size === undefined ? undefined : {...arrangement, sizes: {...arrangement.sizes, [pane]: size}};
};

/** The pane one size larger, after the largest with all the room; undefined when it has that already. */
export const grown = (arrangement: Arrangement, pane: Pane): Arrangement | undefined =>
	arrangement.full ? undefined : (resized(arrangement, pane, 1) ?? {...arrangement, full: true});

/** The pane one size smaller; undefined when it is as small as it gets. */
export const shrunk = (arrangement: Arrangement, pane: Pane): Arrangement | undefined =>
	arrangement.full ? {...arrangement, full: false} : resized(arrangement, pane, -1);
