import {describe, expect, test} from 'vitest';
import {textBuffer} from '../../store/text-buffer.ts';
import {type Draft, emptyDraft, recall, remember, type TextHistory, unsentIn} from '../../store/text-history.ts';

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

	test('are as they were changed when one comes back to them, and so is the one being written', () => {
		const changed = written('second thoughts', recalled(written('draft'), 1));
		expect(recalled(changed, 1).buffer.text).toBe('first');
		expect(recalled(changed, 1, -1).buffer.text).toBe('second thoughts');
		expect(recalled(changed, -1).buffer.text).toBe('draft');
		expect(recalled(changed, -1, 1).buffer.text).toBe('second thoughts');
	});

	test('are no words of their own while they are only looked at', () => {
		const unsent = (draft: Draft): string => unsentIn(history, draft);
		expect(unsent(written('draft'))).toBe('draft');
		expect(unsent(recalled(written('draft'), 1))).toBe('draft');
		expect(unsent(recalled(emptyDraft, 1, 1))).toBe('');
		expect(unsent(written('second thoughts', recalled(written('draft'), 1)))).toBe('second thoughts');
	});

	test('may grow in number while one of them is taken up', () => {
		const draft = recalled(written('draft'), 1);
		const longer = remember(history, 'third');
		expect(recall(longer, draft, 1).buffer.text).toBe('first');
		expect(recall(longer, recall(longer, draft, -1), -1).buffer.text).toBe('draft');
	});
});
