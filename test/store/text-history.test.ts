import {describe, expect, test} from 'vitest';
import {textBuffer} from '../../store/text-buffer.ts';
import {type Draft, emptyDraft, recall, remember, type TextHistory} from '../../store/text-history.ts';

const history = ['first', 'second'].reduce<TextHistory>(remember, []);

const written = (text: string, draft = emptyDraft): Draft => ({...draft, buffer: textBuffer(text)});

const recalled = (draft: Draft, ...steps: readonly (1 | -1)[]): Draft =>
	steps.reduce((now, step) => recall(history, now, step), draft);

describe('messages sent before', () => {
	test('come back, and the one being written is not lost', () => {
		const draft = written('draft');
		expect(recalled(draft, 1).buffer.text).toBe('second');
		expect(recalled(draft, 1, 1).buffer.text).toBe('first');
		expect(recalled(draft, 1, 1, 1).buffer.text).toBe('first');
		expect(recalled(draft, 1, 1, -1).buffer.text).toBe('second');
		expect(recalled(draft, 1, 1, -1, -1)).toEqual(draft);
		expect(recalled(draft, -1)).toEqual(draft);
	});

	test('are what is being written once they are changed', () => {
		const changed = written('second thoughts', recalled(written('draft'), 1));
		expect(recalled(changed, 1).buffer.text).toBe('first');
		expect(recalled(changed, 1, -1, -1).buffer.text).toBe('second thoughts');
		expect(recalled(changed, -1).buffer.text).toBe('second thoughts');
	});

	test('give the one being written back where they were only wiped out', () => {
		const wiped = written('', recalled(written('draft'), 1));
		expect(recalled(wiped, -1).buffer.text).toBe('draft');
	});

	test('may grow in number while one of them is taken up', () => {
		const draft = recalled(written('draft'), 1);
		const longer = remember(history, 'third');
		expect(recall(longer, draft, 1).buffer.text).toBe('first');
		expect(recall(longer, recall(longer, draft, -1), -1).buffer.text).toBe('draft');
	});
});
