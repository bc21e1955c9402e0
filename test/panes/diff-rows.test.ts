import {expect, test} from 'vitest';
import {diffLines} from '../../components/panes/diff-lines.ts';
import {diffRows} from '../../components/panes/diff-rows.ts';

const body = [
	'--- harbour.ts',
	'+++ harbour.ts',
	'@@ -10,4 +10,5 @@',
	' export const berths = 1;',
	'-const ships = harbour.ships.length;',
	'--- dashes at the start of a removed line',
	'+const ships = harbour.boats.length;',
	'+entirely something else',
	'+',
	' last',
].join('\n');

const wordsOf = (row: ReturnType<typeof diffRows>[number] | undefined) =>
	row?.words.map(({start, end}) => row.text.slice(start, end));

test('a diff is read with the numbers of its lines in both files', () => {
	const rows = diffRows(body);
	expect(rows.map(({kind}) => kind)).toEqual([
		'file',
		'file',
		'hunk',
		'same',
		'removed',
		'removed',
		'added',
		'added',
		'added',
		'same',
	]);
	expect(rows.flatMap(({before}) => before ?? [])).toEqual([10, 11, 12, 13]);
	expect(rows.flatMap(({after}) => after ?? [])).toEqual([10, 11, 12, 13, 14]);
	expect(rows.at(-1)).toMatchObject({before: 13, after: 14});
});

test('of a changed line the words that are others are marked, of a replaced one none', () => {
	const rows = diffRows(body);
	expect(wordsOf(rows[4])).toEqual(['ships']);
	expect(wordsOf(rows[6])).toEqual(['boats']);
	expect(wordsOf(rows[5])).toEqual([]);
	expect(wordsOf(rows[7])).toEqual([]);
	const drawn = rows[6] === undefined ? [] : diffLines(rows[6], 20);
	expect(drawn.map(line => line.map(({text}) => text).join(''))).toEqual([
		'+const ships =',
		' harbour.boats.lengt',
		' h;',
	]);
	expect(drawn.flat().filter(({tone}) => tone === 'addedWord')).toEqual([{text: 'boats', tone: 'addedWord'}]);
});

test('a diff that was cut short ends with the note that says so', () => {
	const rows = diffRows(`${body.split('\n').slice(0, 5).join('\n')}\n[… 100 of 200 characters left out.]`);
	expect(rows.at(-1)).toMatchObject({kind: 'note', text: '[… 100 of 200 characters left out.]'});
});
