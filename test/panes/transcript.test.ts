import {expect, test} from 'vitest';
import {addToTranscript, type TranscriptItem} from '../../components/panes/transcript-item.ts';
import {findMatches, occurrences} from '../../components/panes/transcript-search.ts';
import {
	type Anchor,
	anchorOfMatch,
	drawTranscript,
	scrollTranscript,
	type TranscriptView,
} from '../../components/panes/transcript-view.ts';
import {createWrapCache} from '../../components/text/wrap-cache.ts';
import {makeRun} from '../support/make-run.ts';
import {agentNamed, sceneOf, transcriptOf} from './views.ts';

const options = {steps: 15};
const run = makeRun(options);
const made = transcriptOf(options, agentNamed(run, 'analyst-2').id);

const viewOf = (items: readonly TranscriptItem[], more: Partial<TranscriptView> = {}): TranscriptView => ({
	...sceneOf(run, false),
	items,
	anchor: {kind: 'tail'},
	unfolded: false,
	search: undefined,
	cache: createWrapCache(),
	...more,
});

const long: readonly TranscriptItem[] = Array.from({length: 60}, (_, i) => ({
	kind: 'text' as const,
	text: `Paragraph ${i} tells of pier ${i} and of 日本語 in words enough to fill more than one row of the screen.`,
}));

test('a conversation is brief, thinking, words, calls with their outcome, and what just arrives', () => {
	expect(made.map(item => item.kind)).toEqual(['told', 'thinking', 'text', 'call', 'thinking', 'text', 'call']);
	const screen = drawTranscript(viewOf([...made, {kind: 'live', part: 'thinking', text: 'perhaps'}]), 70, 30).join(
		'\n',
	);
	expect(screen).toContain('❯ brief');
	expect(screen).toContain('From scout (READ ONLY)');
	expect(screen).toContain('┊ First see what is there');
	expect(screen).toContain('● read source/harbour.ts · ok');
	expect(screen).toContain('… 9 more lines');
	expect(screen).toContain('◐ edit source/harbour.ts · needs you');
	expect(screen.trimEnd()).toMatch(/┊ perhaps$/);
});

test('an unfolded call shows its whole output', () => {
	const screen = drawTranscript(viewOf(made, {unfolded: true}), 70, 40).join('\n');
	expect(screen).toContain('berth14');
	expect(screen).not.toContain('more lines');
});

const proposed = (tool: string, input: unknown): readonly TranscriptItem[] =>
	addToTranscript([], {
		type: 'call.proposed',
		callId: 'call_x_1',
		agentId: 'agent_x_1',
		turnId: 'turn_x_1',
		useId: 'use',
		tool,
		input,
	});

test('a report is read line by line, folded when it is long', () => {
	const items = proposed('finish_step', {
		status: 'VERIFIED',
		summary: 'Twelve berths are free.\nCounted twice.',
		findings: ['pier 1 has 5', 'pier 2 has 7'],
		produced: ['report.md'],
		risks: ['the tide', 'the gulls'],
	});
	const lines = [
		'○ finish_step says VERIFIED: Twelve berths are free. · proposed',
		'  │ Counted twice.',
		'  │ - pier 1 has 5',
		'  │ - pier 2 has 7',
		'  │ written: report.md',
		'  │ risk: the tide',
	];
	const drawn = (unfolded: boolean) =>
		drawTranscript(viewOf(items, {unfolded}), 70, 8)
			.map(line => line.trimEnd())
			.filter(line => line !== '');
	expect(drawn(false)).toEqual([...lines, '  │ … 1 more lines']);
	expect(drawn(true)).toEqual([...lines, '  │ risk: the gulls']);
});

test('a question is read as such, with its choices', () => {
	const items = proposed('ask_person', {question: 'Which harbour?', choices: ['the old', 'the new']});
	const screen = drawTranscript(viewOf(items), 70, 5).join('\n');
	expect(screen).toContain('ask_person Which harbour? · proposed');
	expect(screen).toContain('│ 2. the new');
});

test('a report or question that is not one is shown as it came', () => {
	expect(proposed('finish_step', {status: 1, findings: 'none'})).toMatchObject([
		{input: 'status: 1  findings: none', detail: ''},
	]);
	expect(proposed('ask_person', ['why'])).toMatchObject([{input: 'why', detail: ''}]);
});

test('an event of no interest gives the same items back', () => {
	expect(addToTranscript(made, {type: 'run.resumed'})).toBe(made);
	expect(addToTranscript(made, {type: 'call.started', callId: 'call_x_99', agentId: 'agent_x_1'})).toBe(made);
});

test('scrolling up row by row passes every row once and stops at the first', () => {
	let view = viewOf(long);
	const seen: string[] = [...drawTranscript(view, 40, 10)];
	for (let i = 0; i < 400; i++) {
		const anchor = scrollTranscript(view, 40, 10, -1);
		if (
			anchor.kind === 'at' &&
			view.anchor.kind === 'at' &&
			anchor.item === view.anchor.item &&
			anchor.row === view.anchor.row
		)
			break;
		view = {...view, anchor};
		const [first] = drawTranscript(view, 40, 10);
		if (first !== undefined) seen.unshift(first);
	}
	const whole = drawTranscript(viewOf(long), 40, 1000);
	expect(seen).toEqual(whole.slice(0, seen.length));
	expect(view.anchor).toEqual({kind: 'at', item: 0, row: 0});
});

test('scrolling down returns to where one came from, and at the end follows again', () => {
	const up = scrollTranscript(viewOf(long), 40, 10, -35);
	const view = viewOf(long, {anchor: up});
	const there = scrollTranscript(viewOf(long, {anchor: scrollTranscript(view, 40, 10, 12)}), 40, 10, -12);
	expect(there).toEqual(up);
	expect(scrollTranscript(view, 40, 10, 35)).toEqual({kind: 'tail'});
	expect(scrollTranscript(view, 40, 10, 9999)).toEqual({kind: 'tail'});
	expect(drawTranscript(view, 40, 10).at(-1)?.trim()).toBe('↓ more below');
});

test('what one reads stays in place while text arrives below', () => {
	const anchor = scrollTranscript(viewOf(long), 40, 10, -35);
	const before = drawTranscript(viewOf(long, {anchor}), 40, 10);
	const after = drawTranscript(viewOf([...long, {kind: 'live', part: 'text', text: 'new'}], {anchor}), 40, 10);
	expect(after).toEqual(before);
});

test('only what is seen is wrapped', () => {
	let wrapped = 0;
	const {wrap} = createWrapCache();
	const cache = {
		wrap: (line: string, columns: number) => {
			wrapped++;
			return wrap(line, columns);
		},
	};
	const many = Array.from({length: 5000}, (_, i): TranscriptItem => ({kind: 'text', text: `line ${i}`}));
	drawTranscript(viewOf(many, {cache}), 80, 20);
	drawTranscript(viewOf(many, {cache, anchor: {kind: 'at', item: 2500, row: 0}}), 80, 20);
	expect(wrapped).toBeLessThan(150);
});

test('a search counts its matches, brings each onto the screen and marks it', () => {
	const query = 'PIER 7';
	const matches = findMatches(long, query);
	expect(matches).toHaveLength(1);
	const all = findMatches(long, 'pier');
	expect(all).toHaveLength(60);
	for (const current of [0, 7, 30, 59]) {
		const search = {query: 'pier', matches: all, current};
		const base = viewOf(long, {...sceneOf(run, true), search});
		const match = all[current];
		const anchor: Anchor = match === undefined ? {kind: 'tail'} : anchorOfMatch(base, match, 40, 12);
		const screen = drawTranscript({...base, anchor}, 40, 12);
		expect(screen.join('\n')).toContain(`${current + 1} of 60 for pier`);
		const here = screen.find(line => line.includes('\u001b[7mpier'));
		expect(here ?? screen.join('\n')).toContain('\u001b[7mpier');
		expect(screen.join('\n')).toContain(`pier\u001b[0m ${current} `);
	}
});

test('a match that is broken over two rows is marked on both', () => {
	const items: readonly TranscriptItem[] = [{kind: 'text', text: 'a walrus and harbour masters talk'}];
	const search = {query: 'harbour masters', matches: findMatches(items, 'harbour masters'), current: 0};
	const screen = drawTranscript(viewOf(items, {...sceneOf(run, true), search}), 24, 5);
	expect(screen[0]).toContain('\u001b[7mharbour');
	expect(screen[1]).toContain('\u001b[7mmasters');
});

test('occurrences ignore case and do not overlap', () => {
	expect(occurrences('aAaA', 'aa')).toEqual([0, 2]);
	expect(occurrences('abc', '')).toEqual([]);
});
