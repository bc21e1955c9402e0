import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {layoutOf} from '../../components/layout.ts';
import {agentRows} from '../../components/panes/agent-order.ts';
import {drawAgentsPane} from '../../components/panes/agents-pane.ts';
import {drawCostPane} from '../../components/panes/cost-pane.ts';
import {drawBox} from '../../components/panes/dialog-box.ts';
import {drawFooter} from '../../components/panes/footer.ts';
import {drawHeader} from '../../components/panes/header.ts';
import {drawHelp} from '../../components/panes/help-view.ts';
import {drawLogPane} from '../../components/panes/log-pane.ts';
import {drawPlanPane} from '../../components/panes/plan-pane.ts';
import {drawRequests} from '../../components/panes/requests-view.ts';
import {liveSeq} from '../../components/panes/transcript-item.ts';
import {drawTranscript} from '../../components/panes/transcript-view.ts';
import {noSpend} from '../../source/domain/limits.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {type MakeRunOptions, makeRun} from '../support/make-run.ts';
import {
	agentNamed,
	agentsView,
	logRows,
	madeCosts,
	planRowsView,
	rate,
	sceneOf,
	transcriptOf,
	viewOfTranscript,
} from './views.ts';

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

const hints = [
	{key: 'a', label: 'approve'},
	{key: 'A', label: 'approve all'},
	{key: 'x', label: 'reject'},
	{key: 'e', label: 'edit', disabled: true},
	{key: 'Tab', label: 'next pane'},
	{key: '?', label: 'keys'},
];

/** The whole screen as the window would put it together. */
const screen = (options: MakeRunOptions, columns: number, rows: number, color = false): string => {
	const run = makeRun(options);
	const scene = sceneOf(run, color);
	const layout = layoutOf(columns, rows, {focus: 'plan'});
	const quiet = {...scene, focused: false};
	const bodies = {
		plan: (w: number, h: number) =>
			drawPlanPane(
				{
					...scene,
					run,
					selected: stepsOf(run.plan)[2]?.id,
					phases: undefined,
					planning: 'First I look\naround.',
					...planRowsView(run),
				},
				w,
				h,
			),
		agents: (w: number, h: number) =>
			drawAgentsPane({...quiet, ...agentsView(run, agentRows(run, false)[0]?.agent.id, w, h)}, w, h),
		log: (w: number, h: number) =>
			drawLogPane(
				{...quiet, rows: logRows(options), top: Number.POSITIVE_INFINITY, at: undefined, unseen: 0, filter: ''},
				w,
				h,
			),
		cost: (w: number, h: number) =>
			drawCostPane({...quiet, run, costs: madeCosts(options), rate, elsewhere: noSpend}, w, h),
	};
	const grid: string[] = Array.from({length: rows}, () => '');
	const names = ['plan', 'cost', 'agents', 'log'] as const;
	for (const name of names) {
		const place = layout.panes[name];
		if (place === undefined) continue;
		const {frame, body} = place;
		const lines = drawBox(
			{theme: scene.theme, title: name, focused: name === 'plan', lines: bodies[name](body.width, body.height)},
			frame.width,
			frame.height,
		);
		for (const [i, line] of lines.entries()) grid[frame.y + i] += line;
	}
	grid[layout.header.y] = drawHeader({...scene, run, elsewhere: noSpend, rate}, columns, 1).join('');
	grid[layout.footer.y] = drawFooter({theme: scene.theme, hints, message: undefined}, columns, 1).join('');
	return `${grid.join('\n')}\n`;
};

test('80×24 while agents work', async () => {
	await expect(screen({}, 80, 24)).toMatchFileSnapshot('frames/80x24-working.txt');
});

test('80×24 in colour', async () => {
	await expect(screen({}, 80, 24, true)).toMatchFileSnapshot('frames/80x24-colour.txt');
});

test('80×24 while the plan is made', async () => {
	await expect(screen({stage: 'planning'}, 80, 24)).toMatchFileSnapshot('frames/80x24-planning.txt');
});

test('80×24 with a plan that waits, by the offline model', async () => {
	await expect(screen({stage: 'proposed', offline: true}, 80, 24)).toMatchFileSnapshot('frames/80x24-offline.txt');
});

test('160×45 with many agents', async () => {
	await expect(screen({steps: 20, agents: 40}, 160, 45)).toMatchFileSnapshot('frames/160x45-many.txt');
});

test('70×30 with panes below each other', async () => {
	await expect(screen({steps: 12}, 70, 30)).toMatchFileSnapshot('frames/70x30-stacked.txt');
});

test('a transcript, requests and help at 78×20', async () => {
	const options = {steps: 15};
	const run = makeRun(options);
	const scene = sceneOf(run, false);
	const items = transcriptOf(options, agentNamed(run, 'analyst-2').id);
	const transcript = drawTranscript(
		viewOfTranscript(scene, [...items, {kind: 'live', says: 'text', text: 'and so I', seq: liveSeq, part: 1}]),
		78,
		20,
	);
	const requests = drawRequests(
		{...scene, run, selected: undefined, marked: [], answers: [], files: [], scroll: 0},
		78,
		20,
	).lines;
	const groups = ['plan', 'agents', 'everywhere'].map(title => ({title, keys: hints}));
	const help = drawHelp({theme: scene.theme, groups, scroll: 0}, 78, 20);
	await expect(`${[...transcript, ...requests, ...help].join('\n')}\n`).toMatchFileSnapshot('frames/78x20-views.txt');
});
