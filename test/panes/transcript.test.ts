import {expect, test} from 'vitest';
import {foldTranscript, nothingTold} from '../../components/panes/transcript-fold.ts';
import {indexOfPlace, liveSeq, type TranscriptItem} from '../../components/panes/transcript-item.ts';
import {createItemRows} from '../../components/panes/transcript-rows.ts';
import {occurrences} from '../../components/panes/transcript-search.ts';
import {
	anchorOfItem,
	drawTranscript,
	itemAtCursor,
	layOut,
	scrollTranscript,
	stepTranscript,
} from '../../components/panes/transcript-view.ts';
import type {TranscriptView} from '../../components/panes/transcript-wrapped.ts';
import {createWrapCache} from '../../components/text/wrap-cache.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {makeRun} from '../support/make-run.ts';
import {agentNamed, sceneOf, searchIn, transcriptOf, viewOfTranscript} from './views.ts';

const options = {steps: 15};
const run = makeRun(options);
const made = transcriptOf(options, agentNamed(run, 'analyst-2').id);

const viewOf = (items: readonly TranscriptItem[], more: Partial<TranscriptView> = {}): TranscriptView =>
	viewOfTranscript(sceneOf(run, false), items, more);

const screenOf = (view: TranscriptView, width: number, height: number): readonly string[] =>
	drawTranscript(view, width, height).map(line => line.trimEnd());

const itemAt = (view: TranscriptView, height: number): TranscriptItem | undefined =>
	itemAtCursor(view, layOut(view, 40, height));

const said = (text: string, seq: number): TranscriptItem => ({kind: 'text', text, turnId: undefined, seq, part: 0});

const long: readonly TranscriptItem[] = Array.from({length: 60}, (_, i) =>
	said(`Paragraph ${i} tells of pier ${i} and of 日本語 in words enough to fill more than one row of the screen.`, i),
);

const unfolded = {calls: false, thinking: false, turned: []};

const stamped = (seq: number, event: RunEvent, at = 1000 * seq): Stamped => ({
	seq,
	at,
	runId: 'run_x',
	cause: 'test',
	event,
});

test('a conversation is brief, turns with their cost, thinking, words, calls folded into a line, and what just arrives', () => {
	expect(made.map(item => item.kind)).toEqual([
		'told',
		'turn',
		'thinking',
		'text',
		'call',
		'turn',
		'thinking',
		'text',
		'call',
	]);
	const screen = screenOf(
		viewOf([...made, {kind: 'live', says: 'thinking', text: 'perhaps', seq: liveSeq, part: 0}]),
		90,
		30,
	).join('\n');
	expect(screen).toContain('❯ brief');
	expect(screen).toContain('From scout (no check needed)');
	expect(screen).toMatch(/── turn 3 · .* in \(.*\) · .* out · \$0\.\d+ · claude/);
	expect(screen).toContain('┊ First see what is there');
	expect(screen).toMatch(/● read source\/harbour.ts · ok · \d.* s · 14 lines\n/);
	expect(screen).not.toContain('berth14');
	expect(screen).toMatch(/◐ edit source\/harbour.ts.* · needs you/);
	expect(screen.trimEnd()).toMatch(/┊ perhaps$/);
});

test('a brief holds the whole title, which the frame has no room for, unless the work begins with it', () => {
	const title = `Weigh ${'every berth and '.repeat(12)}the last pier`;
	const {assignment, model} = agentNamed(run, 'analyst-2');
	const briefOf = (objective: string): string => {
		const event: RunEvent = {
			type: 'agent.created',
			agentId: 'agent_x',
			name: 'analyst-2',
			stepId: undefined,
			model,
			assignment: {...assignment, title, objective, acceptance: [], files: [], briefs: []},
			parent: undefined,
			depth: 1,
			fork: undefined,
			inherited: 0,
		};
		const {items} = foldTranscript(nothingTold, [stamped(1, event)]);
		return screenOf(viewOf(items), 120, 12)
			.map(line => line.replace(/^▌/, '').trim())
			.join(' ');
	};
	expect(briefOf('Say what you saw.')).toContain(`${title} Say what you saw.`);
	expect(briefOf(`${title}. Say it.`).split(title)).toHaveLength(2);
});

test('an unfolded call shows its whole output', () => {
	const screen = screenOf(viewOf(made, {folds: unfolded}), 70, 40).join('\n');
	expect(screen).toContain('berth14');
	expect(screen).not.toContain('more lines');
});

test('one call alone is unfolded, or folded while all others are not', () => {
	const place = made.find(item => item.kind === 'call');
	if (place === undefined) throw new Error('The made transcript has a call.');
	const turned = [{seq: place.seq, part: place.part}];
	expect(screenOf(viewOf(made, {folds: {...unfolded, calls: true, turned}}), 70, 40).join('\n')).toContain('berth14');
	expect(screenOf(viewOf(made, {folds: {...unfolded, turned}}), 70, 40).join('\n')).not.toContain('berth14');
});

test('folded thinking is one line that says how much there is', () => {
	const text = 'First this.\nThen that.\nAt last the other.';
	const items: readonly TranscriptItem[] = [{kind: 'thinking', text, turnId: undefined, seq: 1, part: 0}];
	const folds = {calls: true, thinking: true, turned: []};
	expect(screenOf(viewOf(items, {folds}), 70, 3)).toEqual(['▌┊ First this. · thought, 3 lines', '', '']);
});

const proposed = (tool: string, input: unknown): readonly TranscriptItem[] =>
	foldTranscript(nothingTold, [
		stamped(1, {
			type: 'call.proposed',
			callId: 'call_x_1',
			agentId: 'agent_x_1',
			turnId: 'turn_x_1',
			useId: 'use',
			tool,
			input,
		}),
	]).items;

test('a report is read line by line, folded when it is long', () => {
	const items = proposed('finish_step', {
		status: 'VERIFIED',
		summary: 'Twelve berths are free.\nCounted twice.',
		findings: ['pier 1 has 5', 'pier 2 has 7'],
		produced: ['report.md'],
		risks: ['the tide', 'the gulls'],
	});
	const lines = [
		'▌○ finish_step says it is checked: Twelve berths are free. · proposed',
		'▌  │ Counted twice.',
		'▌  │ - pier 1 has 5',
		'▌  │ - pier 2 has 7',
		'▌  │ written: report.md',
		'▌  │ risk: the tide',
	];
	const drawn = (more: Partial<TranscriptView>) => screenOf(viewOf(items, more), 70, 8).filter(line => line !== '');
	expect(drawn({})).toEqual([...lines, '▌  │ … 1 more lines']);
	expect(drawn({folds: unfolded})).toEqual([...lines, '▌  │ risk: the gulls']);
});

test('a question is read as such, with its choices', () => {
	const items = proposed('ask_person', {question: 'Which harbour?', choices: ['the old', 'the new']});
	const screen = screenOf(viewOf(items), 70, 5).join('\n');
	expect(screen).toContain('ask_person Which harbour? · proposed');
	expect(screen).toContain('│ 2. the new');
});

test('a report or question that is not one is shown as it came', () => {
	expect(proposed('finish_step', {status: 1, findings: 'none'})).toMatchObject([
		{input: 'status: 1  findings: none', detail: ''},
	]);
	expect(proposed('ask_person', ['why'])).toMatchObject([{input: 'why', detail: ''}]);
});

test('of a long input the part that says most stands beside the tool, the rest below it', () => {
	const [item] = proposed('edit_file', {path: 'a.ts', old: 'one\ntwo', new: 'three', all: true});
	expect(item).toMatchObject({input: 'a.ts  new: three  all: true', detail: 'old:\none\ntwo'});
	expect(proposed('run_command', {command: 'cd a\nnpm test'})).toMatchObject([{input: 'cd a', detail: 'npm test'}]);
});

const turnId = 'turn_x_1';
const [callId, agentId] = ['call_x_1', 'agent_x_1'] as const;
const command: readonly Stamped[] = [
	stamped(1, {
		type: 'turn.started',
		turnId,
		agentId,
		promptGuess: 1,
		reserved: 0,
		reservedTokens: 1,
		delivers: [],
		last: false,
	}),
	stamped(5, {
		type: 'turn.finished',
		turnId,
		agentId,
		content: [{type: 'text', text: 'I test it.'}],
		stopReason: 'tool_use',
		settlement: {usage: {...noUsage, input: 1200, output: 34, cacheRead: 5000}, cost: undefined, estimated: false},
	}),
	stamped(6, {
		type: 'call.proposed',
		callId,
		agentId,
		turnId,
		useId: 'use',
		tool: 'run_command',
		input: {command: `npm test -- ${'harbour '.repeat(20)}`},
	}),
	stamped(7, {type: 'call.started', callId, agentId}, 7000),
	stamped(
		8,
		{
			type: 'call.finished',
			callId,
			agentId,
			outcome: 'error',
			output: 'one\ntwo\n[exit code 1 after 1.2 s]',
			touched: [],
			changes: true,
		},
		8200,
	),
];

test('a call keeps on one line what came of it, however long its input is', () => {
	const {items} = foldTranscript(nothingTold, command);
	const line = screenOf(viewOf(items), 60, 9).find(one => one.includes('run_command'));
	expect(line).toMatch(/^▌✕ run_command npm test -… · error, exit 1 · 1\.2 s · 2 lines$/);
	expect(line?.length).toBe(60);
});

test('a turn tells what it took and cost; what has no price is not free', () => {
	const {items} = foldTranscript(nothingTold, command);
	const screen = screenOf(viewOf(items), 90, 9);
	expect(screen[1]).toBe(' ── turn 3 · 4.0 s · 6.2k in (5.0k from cache) · 34 out · unpriced · claude');
});

test('a change is told by its counts, and shown in its colours when it is unfolded', () => {
	const {items} = foldTranscript(nothingTold, [
		...command.slice(0, 3),
		stamped(7, {
			type: 'call.weighed',
			callId,
			agentId,
			effect: 'write',
			verdict: {kind: 'allow', rule: 'test'},
			preview: {title: 'Edit', body: '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n+more', format: 'diff'},
		}),
	]);
	expect(screenOf(viewOf(items), 60, 9).join('\n')).toContain('· proposed · +2 -1');
	const coloured = drawTranscript(viewOfTranscript(sceneOf(run, true), items, {folds: unfolded}), 60, 12);
	expect(coloured.find(line => line.includes('+new'))).toContain('\u001b[32m+new');
	expect(coloured.find(line => line.includes('-old'))).toContain('\u001b[31m-old');
});

test('an event of no interest adds nothing', () => {
	const told = {items: made, turnAt: undefined};
	const events = [stamped(900, {type: 'run.resumed'}), stamped(901, {type: 'call.started', callId, agentId})];
	expect(foldTranscript(told, events).items).toEqual(made);
});

test('an event is found at its item, also the end of a call, and else at the nearest before', () => {
	const {items} = foldTranscript(nothingTold, command);
	const kindAt = (seq: number) => items[indexOfPlace(items, {seq, part: 0})]?.kind;
	expect([1, 5, 6, 7, 8, 99].map(kindAt)).toEqual(['turn', 'turn', 'call', 'call', 'call', 'call']);
	expect(indexOfPlace([], {seq: 1, part: 0})).toBe(-1);
});

test('scrolling up row by row passes every row once and stops at the first', () => {
	let view = viewOf(long);
	const bare = (lines: readonly string[]): readonly string[] => lines.map(line => line.slice(1));
	const seen: string[] = [...bare(drawTranscript(view, 40, 10))];
	for (let i = 0; i < 400; i++) {
		const anchor = scrollTranscript(view, 40, 10, -1);
		if (JSON.stringify(anchor) === JSON.stringify(view.anchor)) break;
		view = {...view, anchor};
		const [first] = bare(drawTranscript(view, 40, 10));
		if (first !== undefined) seen.unshift(first);
	}
	const whole = bare(drawTranscript(viewOf(long), 40, 1000));
	expect(seen).toEqual(whole.slice(0, seen.length));
	expect(view.anchor).toEqual({kind: 'at', seq: 0, part: 0, row: 0});
});

test('scrolling down returns to where one came from, and at the end follows again', () => {
	const up = scrollTranscript(viewOf(long), 40, 10, -35);
	const view = viewOf(long, {anchor: up});
	const there = scrollTranscript(viewOf(long, {anchor: scrollTranscript(view, 40, 10, 12)}), 40, 10, -12);
	expect(there).toEqual(up);
	expect(scrollTranscript(view, 40, 10, 35)).toEqual({kind: 'tail'});
	expect(scrollTranscript(view, 40, 10, 9999)).toEqual({kind: 'tail'});
	expect(screenOf(view, 40, 10).at(-1)).toBe('↓ more below');
	expect(screenOf({...view, unseen: 3}, 40, 10).at(-1)).toBe('↓ 3 new below');
});

/** Steps until nothing changes; which items the person was at, in order, and all rows that were on screen. */
const walk = (from: TranscriptView, height: number, step: 1 | -1) => {
	let view = from;
	const items: (number | undefined)[] = [itemAt(view, height)?.seq];
	const rows = new Set<string>();
	for (let i = 0; i < 1000; i++) {
		for (const line of screenOf(view, 40, height)) rows.add(line.slice(1));
		const next = stepTranscript(view, 40, height, step);
		if (JSON.stringify(next) === JSON.stringify({anchor: view.anchor, cursor: view.cursor})) break;
		view = {...view, ...next};
		const at = itemAt(view, height)?.seq;
		if (at !== items.at(-1)) items.push(at);
		expect(screenOf(view, 40, height).some(line => line.startsWith('▌'))).toBe(true);
	}
	return {view, items, rows};
};

test.each([4, 10, 1000])('step by step one is at every item once and sees every row, in %i rows', height => {
	const all = long.map(item => item.seq);
	const whole = screenOf(viewOf(long), 40, 1000).flatMap(line => (line === '' ? [] : [line.slice(1)]));
	const up = walk(viewOf(long), height, -1);
	expect(up.items).toEqual(all.toReversed());
	expect([...up.rows]).toEqual(expect.arrayContaining(whole));
	const down = walk(up.view, height, 1);
	expect(down.items).toEqual(all);
	expect([...down.rows]).toEqual(expect.arrayContaining(whole));
	expect(down.view).toMatchObject({anchor: {kind: 'tail'}, cursor: undefined});
});

test('the end of a stretch that goes on is not the end of the transcript', () => {
	expect(scrollTranscript(viewOf(long, {newer: true}), 40, 10, 9999)).toMatchObject({kind: 'at', seq: 59});
});

test('what one reads stays in place while text arrives below, and while older pages come in front', () => {
	const anchor = scrollTranscript(viewOf(long), 40, 10, -35);
	const before = drawTranscript(viewOf(long, {anchor}), 40, 10);
	const live: TranscriptItem = {kind: 'live', says: 'text', text: 'new', seq: liveSeq, part: 1};
	expect(drawTranscript(viewOf([...long, live], {anchor}), 40, 10)).toEqual(before);
	expect(drawTranscript(viewOf(long.slice(20), {anchor}), 40, 10)).toEqual(before);
});

test('the item one went to is marked, and one out of sight gives way to the nearest on screen', () => {
	const cursor = {seq: 30, part: 0};
	const view = viewOf(long, {cursor, anchor: {kind: 'at', ...cursor, row: 0}});
	expect(itemAt(view, 10)).toBe(long[30]);
	const bars = screenOf(view, 40, 10).filter(line => line.startsWith('▌'));
	expect(bars[0]).toBe('▌  Paragraph 30 tells of pier 30 and of');
	const down = viewOf(long, {cursor, anchor: {kind: 'at', seq: 40, part: 0, row: 0}});
	expect(itemAt(down, 10)).toBe(long[40]);
	expect(itemAt(viewOf(long), 10)).toBe(long.at(-1));
});

test('going to an item leaves the screen as it is while it is on it', () => {
	const view = viewOf(long, {anchor: {kind: 'at', seq: 30, part: 0, row: 1}});
	expect(anchorOfItem(view, {seq: 31, part: 0}, 40, 10)).toEqual(view.anchor);
	expect(anchorOfItem(view, {seq: 50, part: 0}, 40, 10)).toEqual({kind: 'at', seq: 50, part: 0, row: 0});
	// One that is not loaded yet is gone to all the same.
	expect(anchorOfItem(view, {seq: 500, part: 0}, 40, 10)).toEqual({kind: 'at', seq: 500, part: 0, row: 0});
});

/** Rows of items, and how many lines were wrapped for them since it was asked last. */
const countingRows = () => {
	let wrapped = 0;
	const {wrap} = createWrapCache();
	const rowsOf = createItemRows({
		wrap: (line: string, columns: number) => {
			wrapped++;
			return wrap(line, columns);
		},
	});
	const wraps = (): number => {
		const count = wrapped;
		wrapped = 0;
		return count;
	};
	return {rowsOf, wraps};
};

test('only what is seen is wrapped, and only once', () => {
	const {rowsOf, wraps} = countingRows();
	const many = Array.from({length: 5000}, (_, i) => said(`line ${i}`, i));
	const view = viewOf(many, {rowsOf});
	drawTranscript(view, 80, 20);
	drawTranscript({...view, anchor: {kind: 'at', seq: 2500, part: 0, row: 0}}, 80, 20);
	expect(wraps()).toBeLessThan(50);
	drawTranscript(view, 80, 20);
	expect(wraps()).toBe(0);
});

test('a search wraps what it looks into once, too', () => {
	const {rowsOf, wraps} = countingRows();
	const search = searchIn(long, 'pier', 0);
	const view = viewOfTranscript(sceneOf(run, true), long, {search, anchor: {kind: 'match'}, rowsOf});
	drawTranscript(view, 40, 12);
	expect(wraps()).toBeGreaterThan(0);
	drawTranscript(view, 40, 12);
	expect(wraps()).toBe(0);
});

test('a search counts its matches, brings each onto the screen and marks it', () => {
	expect(searchIn(long, 'PIER 7').matches).toHaveLength(1);
	for (const current of [0, 7, 30, 59]) {
		const search = searchIn(long, 'pier', current);
		expect(search.matches).toHaveLength(60);
		const view = viewOfTranscript(sceneOf(run, true), long, {search, anchor: {kind: 'match'}});
		const screen = drawTranscript(view, 40, 12).join('\n');
		expect(screen).toContain(`${current + 1} of 60 for pier`);
		expect(screen).toContain(`\u001b[7mpier\u001b[0m ${current} `);
	}
});

test('a call is unfolded for a match where its line is cut, and for no other', () => {
	const calls = made.map(item =>
		item.kind === 'call' ? {...item, input: `gannet ${'berth '.repeat(20)}walrus`} : item,
	);
	const rowsFor = (query: string): readonly string[] => {
		const search = searchIn(calls, query);
		expect(search.matches).toHaveLength(2);
		return screenOf(viewOf(calls, {search, anchor: {kind: 'match'}}), 60, 60).filter(row => / walrus/.test(row));
	};
	expect(rowsFor('walrus').filter(row => !row.includes('for walrus'))).toHaveLength(2);
	expect(rowsFor('gannet')).toEqual([]);
});

test('of a stretch it is said that there is more to search', () => {
	const search = searchIn(long, 'pier', 3);
	expect(screenOf(viewOf(long, {search, older: true}), 60, 12).at(-1)).toBe('4 of 60 for pier near here');
	expect(screenOf(viewOf(long, {search: searchIn(long, 'whale')}), 60, 12).at(-1)).toBe('no match for whale');
});

test('a match that is broken over two rows is marked on both', () => {
	const items = [said('a walrus and harbour masters talk', 1)];
	const search = searchIn(items, 'harbour masters');
	const screen = drawTranscript(viewOfTranscript(sceneOf(run, true), items, {search}), 25, 5);
	expect(screen[0]).toContain('\u001b[7mharbour');
	expect(screen[1]).toContain('\u001b[7mmasters');
});

test('occurrences ignore case and do not overlap', () => {
	expect(occurrences('aAaA', 'aa')).toEqual([0, 2]);
	expect(occurrences('abc', '')).toEqual([]);
});

test('a plan is a line until it is unfolded, also while it arrives', () => {
	const text = JSON.stringify({taskType: 'custom', steps: [{key: 'pier', title: 'Weigh the pier'}]});
	const live: TranscriptItem = {kind: 'live', says: 'text', text: text.slice(0, -4), seq: liveSeq, part: 1};
	const items = [said(text, 1), live];
	expect(screenOf(viewOf(items), 60, 2)).toEqual([
		expect.stringContaining('wrote a plan: 1 step'),
		expect.stringContaining('writing the plan: 1 step so far'),
	]);
	const open = screenOf(viewOf(items, {folds: {calls: true, thinking: false, turned: [{seq: 1, part: 0}]}}), 120, 4);
	expect(open.join('\n')).toContain('"title":"Weigh the pier"');
	const sought = screenOf(viewOf(items, {search: searchIn(items, 'Weigh')}), 120, 4);
	expect(sought.join('\n')).toContain('"title":"Weigh the pier"');
});
