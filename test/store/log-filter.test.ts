import {describe, expect, test} from 'vitest';
import {eventWords} from '../../source/domain/event-words.ts';
import type {LogEntry} from '../../store/log-entry.ts';
import {readLogFilter, withDemand} from '../../store/log-filter.ts';
import {logKindOf, logKinds} from '../../store/log-kind.ts';
import {filterLog} from '../../store/selectors.ts';
import {openWindow} from './open-window.ts';

const entry = (
	seq: number,
	level: LogEntry['level'],
	kind: LogEntry['kind'],
	text: string,
	agentName?: string,
): LogEntry => ({
	seq,
	at: seq,
	level,
	kind,
	text,
	agentName,
	subject: undefined,
});

const log = [
	entry(1, 'info', 'agent', 'starts', 'scout-1'),
	entry(2, 'detail', 'turn', 'asks the model', 'scout-1'),
	entry(3, 'you', 'request', 'The plan waits'),
	entry(4, 'warn', 'call', 'error: run npm test', 'scout-12'),
	entry(5, 'bad', 'agent', 'fails', 'Writer-1'),
	entry(6, 'detail', 'call', 'ok: run npm test', 'scout-1'),
];
const names = ['scout-1', 'scout-12', 'Writer-1'];

const found = (text: string, details = false): readonly number[] | readonly string[] => {
	const read = readLogFilter(text, details, names);
	return read.kind === 'problem' ? read.lines : filterLog([], log, read.filter).map(({seq}) => seq);
};

describe('a filter of the log', () => {
	test.each([
		['', [1, 3, 4, 5]],
		['SCOUT', [1, 4]],
		[' npm  test ', [4]],
		['agent:scout-1', [1]],
		['agent:scout', [1, 4]],
		['agent:writer-1,scout-1', [1, 5]],
		['kind:call', [4, 6]],
		['kind:calls,turns', [2, 4, 6]],
		['kind:call kind:turn agent:scout-1', [2, 6]],
		['level:warn', [4, 5]],
		['level:you', [3]],
		['level:info kind:call', [4]],
		['kind:call ok', [6]],
		['error: run', [4]],
	])('%s', (text, seqs) => {
		expect(found(text)).toEqual(seqs);
	});

	test('looks at details, too, when they are shown', () => {
		expect(found('agent:scout-1', true)).toEqual([1, 2, 6]);
		expect(found('', true)).toHaveLength(log.length);
	});

	test.each([
		['kind:cal', ['There is no kind "cal", but:', logKinds.join(' ')]],
		['level:', ['Which level? There are:', 'detail info you good warn bad']],
		['agent:scout-2', ['No agent is called "scout-2", but:', names.join(' ')]],
	])('says what it does not understand in %s, and what there is', (text, lines) => {
		expect(found(text)).toEqual(lines);
	});

	test('knows a kind for every event there is, and uses every kind', () => {
		expect(Object.keys(eventWords)).not.toHaveLength(0);
		const used = new Set(Object.keys(eventWords).flatMap(type => (isEventType(type) ? [logKindOf(type)] : [])));
		expect([...used].toSorted()).toEqual([...logKinds].toSorted());
	});

	test('takes a demand in and out and leaves the rest as it is', () => {
		expect(withDemand('npm test', 'level', 'warn')).toBe('level:warn npm test');
		expect(withDemand('agent:a level:bad npm', 'level', 'warn')).toBe('level:warn agent:a npm');
		expect(withDemand('level:warn npm test', 'level', undefined)).toBe('npm test');
	});

	test('is set by keys in the log', async () => {
		const {press, ui, fleet, notice} = openWindow();
		await press('3', 'l');
		expect(ui().log.filter.text).toBe('level:warn');
		await press('o');
		expect(ui().log.filter.text).toBe(`agent:${fleet.run().agents[0]?.name} level:warn`);
		await press('l');
		expect(ui().log.filter.text).toBe(`agent:${fleet.run().agents[0]?.name}`);
		await press('0');
		expect(ui().log.filter.text).toBe('');
		await press('0');
		expect(notice()).toBe('The log is not filtered.');
	});
});

const isEventType = (type: string): type is keyof typeof eventWords => Object.hasOwn(eventWords, type);
