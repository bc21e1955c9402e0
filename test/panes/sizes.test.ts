import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {drawAgentsPane} from '../../components/panes/agents-pane.ts';
import {drawBanner} from '../../components/panes/banner.ts';
import {drawCostPane} from '../../components/panes/cost-pane.ts';
import {drawBox} from '../../components/panes/dialog-box.ts';
import {drawFooter} from '../../components/panes/footer.ts';
import {drawHeader} from '../../components/panes/header.ts';
import {drawHelp} from '../../components/panes/help-view.ts';
import {drawLogPane} from '../../components/panes/log-pane.ts';
import {drawPlanPane} from '../../components/panes/plan-pane.ts';
import {drawRequests, requestOrder} from '../../components/panes/requests-view.ts';
import type {TranscriptItem} from '../../components/panes/transcript-item.ts';
import {drawTranscript} from '../../components/panes/transcript-view.ts';
import {noSpend} from '../../source/domain/limits.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {noUsage} from '../../source/domain/usage.ts';
import type {Phase} from '../../store/step-phases.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import type {GivenAnswer} from '../../store/waiting-answer.ts';
import {makeRun} from '../support/make-run.ts';
import {anyText} from './any-text.ts';
import {asking} from './asking.ts';
import {agentsView, madeCosts, planRowsView, rate, runSaying, sceneOf, searchIn, viewOfTranscript} from './views.ts';

/** Every phase a step can be in, one after another. */
const phasesOf = (run: Run) => (): readonly Phase[] =>
	(['approval', 'held', 'waiting', 'working', 'asking', 'checking', 'over'] as const).map((kind, i) => ({
		kind,
		from: run.createdAt + 400 * i,
	}));

/** Everything there is to draw, saying `text` wherever it can. `n` chooses what is selected and scrolled to. */
const pictures = (run: Run, text: string, n: number, color: boolean) => {
	const scene = sceneOf(run, color);
	const {theme} = scene;
	const pick = <T>(list: readonly T[]): T | undefined => list[n % Math.max(1, list.length)];
	const keys = [
		{key: text, label: text},
		{key: 'a', label: text, disabled: true},
	];
	const turnId = 'turn_x_1';
	const items = (
		[
			{kind: 'told', from: 'brief', text},
			{kind: 'letter', messageId: 'message_x_1', text, state: 'delivered'},
			{kind: 'turn', turnId, settlement: {usage: noUsage, cost: n, estimated: true}, tookMs: n * 999, failed: false},
			{kind: 'thinking', text, turnId},
			{kind: 'text', text, turnId},
			{
				kind: 'call',
				callId: 'call_x_1',
				turnId,
				tool: text,
				input: text,
				detail: text,
				tells: n % 3 === 0,
				state: n % 2 === 0 ? 'error' : 'running',
				preview: n % 3 === 1 ? ({title: text, body: `+${text}\n-${text}`, format: 'diff'} as const) : undefined,
				output: `${text}\n`.repeat(8),
				startedAt: scene.now - n,
				tookMs: undefined,
				endSeq: undefined,
			},
			{kind: 'note', tone: 'failed', text},
			{kind: 'live', says: 'tool_input', text},
		] as const
	).map((item, seq): TranscriptItem => ({...item, seq, part: 0}));
	const search = searchIn(items, text.slice(1, 3));
	const transcript = viewOfTranscript(scene, items, {
		folds: {calls: n % 2 === 0, thinking: n % 3 === 0, turned: [{seq: n % 7, part: 0}]},
		turnFacts: () => ({number: n, model: text}),
	});
	const at = {kind: 'at', seq: n % 9, part: 0, row: n % 3} as const;
	const row = {at: scene.now, level: 'you', text, agentName: text} as const;
	type Draw = (width: number, height: number) => readonly string[];
	return {
		header: (w, h) => drawHeader({...scene, run, elsewhere: noSpend, rate}, w, h),
		plan: (w, h) =>
			drawPlanPane(
				{
					...scene,
					run,
					selected: pick(stepsOf(run.plan))?.id,
					phases: n % 2 === 0 ? undefined : phasesOf(run),
					planning: text,
					...planRowsView(run, n % 3 === 0 ? text : ''),
				},
				w,
				h,
			),
		agents: (w, h) =>
			drawAgentsPane(
				{
					...scene,
					...agentsView(run, pick(run.agents)?.id, w, h, {
						retired: n % 2 === 0,
						filter: textBuffer(n % 3 === 0 ? text : ''),
					}),
					told: () => ({text, at: 0}),
				},
				w,
				h,
			),
		log: (w, h) =>
			drawLogPane(
				{
					...scene,
					rows: Array(n).fill(row),
					top: n >> 1,
					at: n % 2 === 0 ? undefined : n >> 1,
					unseen: n,
					filter: text,
				},
				w,
				h,
			),
		cost: (w, h) => drawCostPane({...scene, run, costs: madeCosts(), rate, elsewhere: noSpend}, w, h),
		tail: (w, h) => drawTranscript({...transcript, newer: n % 2 === 0}, w, h),
		found: (w, h) => drawTranscript({...transcript, anchor: n % 5 === 0 ? {kind: 'match'} : at, search}, w, h),
		requests: (w, h) => {
			const requests = requestOrder(run);
			const [first] = requests;
			const marked = requests.filter((_, i) => i % 3 === n % 3).map(({id}) => id);
			const given: GivenAnswer[] = first === undefined ? [] : [{requestId: first.id, answer: {kind: 'text', text}}];
			const answers = [{answers: given, input: undefined, until: 0, sending: false}];
			return drawRequests({...scene, run, selected: pick(requests)?.id, marked, answers, files: [], scroll: n}, w, h)
				.lines;
		},
		footer: (w, h) => drawFooter({theme, hints: keys, message: n % 2 === 0 ? undefined : {text, level: 'warn'}}, w, h),
		banner: (w, h) => drawBanner(theme, text, w, h),
		help: (w, h) =>
			drawHelp(
				{
					theme,
					groups: [
						{title: text, keys},
						{title: 'b', keys},
					],
					scroll: n,
				},
				w,
				h,
			),
		box: (w, h) => drawBox({theme, title: text, focused: true, lines: ['two', '日本語']}, w, h),
	} satisfies Record<string, Draw>;
};

const runs: readonly Run[] = [
	makeRun(),
	makeRun({stage: 'planning'}),
	makeRun({stage: 'proposed', steps: 30}),
	makeRun({steps: 15, agents: 40, budgetUsd: undefined}),
	makeRun({stage: 'done', offline: true}),
	asking(makeRun({steps: 12})),
];

const control = /[\u0000-\u001f\u007f-\u009f]/;

const check = (name: string, lines: readonly string[], width: number, height: number, color: boolean): void => {
	expect([name, lines.length]).toEqual([name, height]);
	for (const line of lines) {
		expect([name, line, stringWidth(line)]).toEqual([name, line, width]);
		expect(line.replaceAll(/\u001b\[[\d;]+m/g, '')).not.toMatch(control);
		// Whatever was opened is closed: the last code of a line is a reset.
		expect(line.lastIndexOf('\u001b[0m')).toBe(line.lastIndexOf('\u001b'));
		if (!color) expect(line).not.toContain('\u001b');
	}
};

test('everything drawn is exactly as large as asked, whatever it has to say', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...runs),
			anyText,
			fc.integer({min: 1, max: 170}),
			fc.integer({min: 1, max: 30}),
			fc.nat(20),
			fc.boolean(),
			(run, text, width, height, n, color) => {
				for (const [name, draw] of Object.entries(pictures(runSaying(run, text), text, n, color)))
					check(name, draw(width, height), width, height, color);
			},
		),
		{numRuns: 80},
	);
});

test('ordinary runs fit every size from one row to a very large screen', () => {
	for (const run of runs)
		for (const [width, height] of [
			[10, 1],
			[1, 1],
			[30, 5],
			[46, 9],
			[80, 24],
			[250, 70],
		] as const)
			for (const [name, draw] of Object.entries(pictures(run, 'words of a person', 7, true)))
				check(name, draw(width, height), width, height, true);
});
