import {describe, expect, it} from 'vitest';
import {lastWords} from '../../components/parts/last-words.ts';
import {newestLine} from '../../components/parts/newest-line.ts';
import type {LiveAgent} from '../../store/live.ts';

const live = (text: string, thinking = ''): LiveAgent => ({
	turnId: 'turn_1',
	thinking,
	text,
	toolInput: '',
	outputs: new Map(),
	version: 1,
});

const told = {text: 'I read it.\n', at: 0};

describe('of a text that is whole', () => {
	it.each([
		['the last line with words', 'One.\nTwo words.\n---\n', 'Two words.'],
		['the last sentence of a long line', `${'It goes on and on. '.repeat(50)}Now it ends`, 'Now it ends'],
		['nothing where there is nothing', '', ''],
		['what stands behind code', 'See:\n```ts\nconst a = 1;\n```\nThat is all', 'That is all'],
		['what stands before code', 'This is it:\n```ts\nconst a = 1;\n```\n', 'This is it:'],
		['what stands before code that was left open', 'This is it:\n```ts', 'This is it:'],
		['what stands behind code whose beginning was cut off', 'a = 1;\n```\nThat is all', 'That is all'],
		['what stands before data', 'The result:\n{\n  "a": 1,\n  "b": [\n    "c"\n  ]\n}', 'The result:'],
	])('%s is told', (_, text, line) => {
		expect(newestLine(text, false).line).toBe(line);
	});
});

describe('while an agent writes', () => {
	it.each([
		['a line counts once it is whole', 'I read the pier.\nNow I cha', 'I read the pier.'],
		['a sentence counts once it is whole', 'I read the pier. Now I cha', 'I read the pier.'],
		['a sentence of another script ends with its own point', '埠頭を読みました。次に', '埠頭を読みました。'],
		['a point of an abbreviation ends none', 'I read it. It has tables, e.g. those of', 'I read it.'],
		['half a sentence is none', 'Now I cha', 'writing'],
		['code is left out', 'I change this:\n```ts\nconst berth = 12;\nexpo', 'I change this:'],
		['code alone is called that', '```ts\nconst berth = 12;\nexpo', 'writing code'],
		['data alone is none', '{"a": 1, "b": "Well. Now', 'writing'],
		['words behind code count', '```ts\nlet a;\n```\nThat is it. And mo', 'That is it.'],
		['code set in is code', '- So:\n  ```sh\n  rm x\n  ```\n- Then:\n  ```sh\n  ls', '- Then:'],
		['a plan is told as one', '{"taskType": "survey", "steps": [{"key": "a"', 'writing the plan: 1 step so far'],
	])('%s', (_, text, words) => {
		expect(lastWords(live(text), told)).toBe(words);
	});

	it('what it said before stands until it has thought a sentence', () => {
		expect(lastWords(live('', 'Hm, let me'), told)).toBe('I read it.');
		expect(lastWords(live('', 'Hm, let me see. And'), told)).toBe('Hm, let me see.');
		expect(lastWords(undefined, undefined)).toBe('');
	});
});
