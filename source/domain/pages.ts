/**
 * A list that only grows, in pages: each state of a run has its own, and they share all pages but the last. To copy a
 * plain list at each turn takes seconds in a story of 20,000 turns.
 */
export type Pages<Item> = readonly (readonly Item[])[];

const pageItems = 256;

export const withItem = <Item>(pages: Pages<Item>, item: Item): Pages<Item> => {
	const last = pages.at(-1);
	return last === undefined || last.length >= pageItems ? [...pages, [item]] : pages.with(-1, [...last, item]);
};

/** How many there are: all pages but the last are full. */
export const countItems = <Item>(pages: Pages<Item>): number =>
	pages.length === 0 ? 0 : (pages.length - 1) * pageItems + (pages.at(-1)?.length ?? 0);

/** The place of one of them, from 0; -1 when it is not there. */
export const placeOfItem = <Item>(pages: Pages<Item>, item: Item): number => {
	const page = pages.findIndex(items => items.includes(item));
	return page === -1 ? -1 : page * pageItems + (pages[page]?.indexOf(item) ?? 0);
};

/** All of them in their order; the list is made at each call. */
export const itemsOf = <Item>(pages: Pages<Item>): readonly Item[] => pages.flat();

export const lastItem = <Item>(pages: Pages<Item>): Item | undefined => pages.at(-1)?.at(-1);
