import {expect, it} from 'vitest';
import {readSearch} from '../../source/domain/search-words.ts';

const termsOf = (text: string): readonly string[] => {
	const read = readSearch(text);
	return read.kind === 'problem'
		? [read.text]
		: read.terms.map(({words, isBeginning}) => words + (isBeginning ? '…' : ''));
};

it('reads words, words in their order and beginnings of words', () => {
	expect(termsOf('harbour  wall')).toEqual(['harbour', 'wall']);
	expect(termsOf('"the old wall" har*')).toEqual(['the old wall', 'har…']);
	expect(termsOf('"the old wa"*')).toEqual(['the old wa…']);
	expect(termsOf('find_events => OR')).toEqual(['find_events', 'OR']);
	expect(termsOf('a"b c"')).toEqual(['a', 'b c']);
});

it('says what is wrong with what it cannot read', () => {
	expect(termsOf('"the old')).toEqual([expect.stringMatching(/second " is missing/)]);
	expect(termsOf('*.ts')).toEqual([expect.stringMatching(/stands at the end of a word/)]);
	expect(termsOf('*')).toEqual([expect.stringMatching(/needs the beginning/)]);
	expect(termsOf(' => ""')).toEqual([expect.stringMatching(/Say a word/)]);
});

it('looks for each word once, and for no more than can be looked for at once', () => {
	expect(termsOf('a* '.repeat(300))).toEqual(['a…']);
	expect(termsOf('roof roof* roof')).toEqual(['roof', 'roof…']);
	const different = (count: number): string => Array.from({length: count}, (_, i) => `w${i}`).join(' ');
	expect(termsOf(different(32))).toHaveLength(32);
	expect(termsOf(different(33))).toEqual([expect.stringContaining('more than 32')]);
	expect(termsOf('a'.repeat(1001))).toEqual([expect.stringContaining('longer than 1000')]);
});
