import {expect, test} from 'vitest';
import {countItems, itemsOf, type Pages, placeOfItem, withItem} from '../../source/domain/pages.ts';

test.each([0, 1, 255, 256, 257, 1000])('%i items are counted and found as in a plain list', count => {
	const items = Array.from({length: count}, (_, i) => `item ${i}`);
	const pages = items.reduce<Pages<string>>(withItem, []);
	expect(itemsOf(pages)).toEqual(items);
	expect(countItems(pages)).toBe(count);
	for (const item of items) expect(placeOfItem(pages, item)).toBe(items.indexOf(item));
	expect(placeOfItem(pages, 'nowhere')).toBe(-1);
});
