import {describe, expect, test} from 'vitest';
import {contextOf} from '../../store/context.ts';
import {passesRow, type RowWords, readRowFilter, rowStates} from '../../store/row-filter.ts';
import {openWindow} from './open-window.ts';

const row: RowWords = {
	text: 'scout-1\nscout\ncount the free berths\nneeds you',
	names: ['scout-1'],
	role: 'scout',
	states: ['you', 'blocked', 'waiting'],
};

const passes = (text: string): boolean => {
	const read = readRowFilter(text);
	if (read.kind === 'problem') throw new Error(read.lines.join('\n'));
	return passesRow(read.filter, row);
};

describe('the filter of rows', () => {
	test.each(['', 'berths', 'FREE berths', 'berths scout', 'needs', 's:you', 's:blocked', 's:wa', 's:done,you'])(
		'lets through what "%s" asks for',
		text => expect(passes(text)).toBe(true),
	);

	test.each(['a:scout-1', 'a:sc', 'r:scout', 'a:sc r:sc s:waiting free', 'a:x,scout'])(
		'knows names and roles by their beginnings: "%s"',
		text => expect(passes(text)).toBe(true),
	);

	test.each(['lighthouse', 'berths lighthouse', 's:working', 's:failed,done', 'a:berths', 'r:builder', 's:you a:x'])(
		'leaves out what "%s" does not ask for',
		text => expect(passes(text)).toBe(false),
	);

	test('says which states there are when it does not know one', () => {
		expect(readRowFilter('s:walrus')).toEqual({
			kind: 'problem',
			lines: ['There is no state "walrus", but:', rowStates.join(', ')],
		});
		expect(readRowFilter('berths s:')).toMatchObject({lines: ['Which state? There are:', rowStates.join(', ')]});
	});
});

describe.each([
	['plan', '1'],
	['agents', '2'],
] as const)('the keys of the filter in the %s', (pane, key) => {
	test.each([
		['!', 's:you'],
		['@', 's:working'],
		['#', 's:failed'],
		['&', 's:done'],
	])('%s asks for one state, in the place of another and beside words, and once more for any', async (state, text) => {
		const {press, type, ui, notice} = openWindow();
		await press(key, '/');
		await type('s:paused up');
		await press('enter', state);
		expect(ui()[pane].filter.text).toBe(`${text} up`);
		await press(state);
		expect(ui()[pane].filter.text).toBe('up');
		await press('0');
		expect(ui()[pane].filter.text).toBe('');
		await press('0');
		expect(notice()).toBe('All rows are shown.');
	});

	test('Esc clears a filter that is kept, once the pane has not the whole window; without one it does nothing', async () => {
		const {press, type, ui, notice} = openWindow();
		await press(key, '/');
		await type('up');
		await press('enter', '+', '+', '+');
		expect(ui().arrangement.full).toBe(true);
		await press('esc');
		expect(ui()).toMatchObject({arrangement: {full: false}, [pane]: {filter: {text: 'up'}}});
		await press('esc');
		expect(ui()[pane].filter.text).toBe('');
		await press('esc');
		expect(notice()).toBeUndefined();
	});

	test('Enter keeps what is typed and Esc clears it, while letters are letters', async () => {
		const {press, type, ui, fleet} = openWindow({stage: 'proposed'});
		await press(key, '/');
		expect(contextOf(ui())).toBe('filter');
		await type('a!0x');
		expect(ui()[pane]).toMatchObject({filter: {text: 'a!0x'}, typing: true});
		await press('enter');
		expect(contextOf(ui())).toBe(pane);
		await press('/', 'esc');
		expect(ui()[pane]).toMatchObject({filter: {text: ''}, typing: false});
		expect(fleet.commands).toEqual([]);
	});
});
