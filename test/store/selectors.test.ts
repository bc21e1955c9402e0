import {expect, test} from 'vitest';
import type {LogEntry} from '../../store/log-entry.ts';
import {filterLog} from '../../store/selectors.ts';

const entry = (seq: number, level: LogEntry['level'], text: string, agentName?: string): LogEntry => ({
	seq,
	at: seq,
	level,
	text,
	agentName,
});

const log = [
	entry(1, 'info', 'starts', 'scout-1'),
	entry(2, 'detail', 'asks the model', 'scout-1'),
	entry(3, 'you', 'The plan waits'),
];

test('the log leaves out details until they are wanted', () => {
	expect(filterLog(log, '', false).map(({seq}) => seq)).toEqual([1, 3]);
	expect(filterLog(log, '', true)).toBe(log);
});

test('a filter looks at words and names without regard to case, within what is shown', () => {
	expect(filterLog(log, 'SCOUT', false).map(({seq}) => seq)).toEqual([1]);
	expect(filterLog(log, ' scout ', true).map(({seq}) => seq)).toEqual([1, 2]);
});
