import {expect, test} from 'vitest';
import {drawForm} from '../../components/overlays/dialogs.ts';
import {drawStepDetails} from '../../components/overlays/step-details.ts';
import {agentRows} from '../../components/panes/agent-order.ts';
import {drawAgentsPane} from '../../components/panes/agents-pane.ts';
import {drawCostPane} from '../../components/panes/cost-pane.ts';
import {drawFooter, footerIn} from '../../components/panes/footer.ts';
import {drawHeader} from '../../components/panes/header.ts';
import {drawLogPane} from '../../components/panes/log-pane.ts';
import {drawPlanPane, leftOut} from '../../components/panes/plan-pane.ts';
import {planRows} from '../../components/panes/plan-tree.ts';
import {previewLines} from '../../components/panes/preview-lines.ts';
import {drawRequests, requestOrder} from '../../components/panes/requests-view.ts';
import {askWords} from '../../components/parts/ask-words.ts';
import {fleetCounts} from '../../components/parts/fleet-counts.ts';
import {modelMix} from '../../components/parts/model-mix.ts';
import {stepState} from '../../components/parts/step-state.ts';
import {noSpend} from '../../source/domain/limits.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {withRow} from '../../source/domain/table.ts';
import {createForm} from '../../store/agent-forms.ts';
import {withValue} from '../../store/form.ts';
import {makeRun} from '../support/make-run.ts';
import {requestOf} from './asking.ts';
import {agentNamed, agentsView, logRows, madeCosts, planRowsView, rate, sceneOf} from './views.ts';

test('the header says that the model is the offline model, on 80 columns too, and there beside the goal', () => {
	for (const stage of ['planning', 'proposed', 'working', 'done'] as const) {
		const run = makeRun({offline: true, stage});
		for (const width of [80, 120, 200]) {
			const [line] = drawHeader({...sceneOf(run, false), run, elsewhere: noSpend, rate}, width, 1);
			expect(line).toContain(width < 200 ? 'offline model' : 'offline model (no key, costs nothing)');
			expect(line).toContain(run.goal.slice(0, 10));
		}
	}
});

test('the header tells counts and money in full where there is room', () => {
	const run = makeRun();
	const [line] = drawHeader({...sceneOf(run, false), run, elsewhere: noSpend, rate}, 200, 1);
	expect(line).toContain('◐ needs you 1  ⠸ working 3  ○ queued 4  ● done 1');
	expect(line).toMatch(/\$0\.0999 of \$5\.00 \+\$0\.\d+ held/);
	expect(line).toMatch(/\$0\.72\/h {2}~812 tok\/s {3}sonnet 4 {3}29s$/);
	expect(line).toContain('◐ waiting');
});

test('a step stands once in the plan, behind all it needs and under the last of them', () => {
	const {plan} = makeRun({steps: 30});
	const rows = planRows(plan);
	expect(rows.map(row => row.step.id).toSorted()).toEqual(
		stepsOf(plan)
			.map(step => step.id)
			.toSorted(),
	);
	const report = rows.find(row => row.step.key === 'report');
	expect(report?.alsoNeeds).toHaveLength(26);
	expect(report?.alsoNeeds).not.toContain('scout');
	for (const [i, row] of rows.entries())
		for (const need of row.step.dependsOn) expect(rows.findIndex(other => other.step.id === need)).toBeLessThan(i);
});

test('the selected step is marked and on screen, wherever it stands', () => {
	const run = makeRun({steps: 30});
	for (const {step} of planRows(run.plan)) {
		const lines = drawPlanPane(
			{
				...sceneOf(run, false),
				run,
				selected: step.id,
				phases: undefined,
				planning: '',
				...planRowsView(run),
			},
			60,
			8,
		);
		expect(lines.filter(line => line.startsWith('❯')).join()).toContain(step.key);
	}
});

test('while there is no plan the pane shows who makes it and the end of what it says', () => {
	const run = makeRun({stage: 'planning'});
	const planning = `${'a line\n'.repeat(50)}the newest line`;
	const lines = drawPlanPane(
		{
			...sceneOf(run, false),
			run,
			selected: undefined,
			phases: undefined,
			planning,
			...planRowsView(run),
		},
		40,
		6,
	);
	expect(lines[0]).toContain('planner-1 makes the plan 3s');
	expect(lines.at(-1)).toContain('the newest line');
});

test('agents stand in the order of attention, those who wait longest first', () => {
	const words = agentRows(makeRun({steps: 15}), false).map(({agent}) => agent.name);
	expect(words).toEqual([
		'analyst-2',
		'analyst-5',
		'builder-2',
		'analyst-1',
		'builder-1',
		'analyst-3',
		'analyst-6',
		'planner-1',
		'scout-1',
		'analyst-4',
	]);
});

test('an offline plan gives the room of the cost to the title', () => {
	const line = (offline: boolean): string => {
		const run = makeRun({offline, stage: 'proposed'});
		return (
			drawPlanPane(
				{
					...sceneOf(run, false),
					run,
					selected: undefined,
					phases: undefined,
					planning: '',
					...planRowsView(run),
				},
				48,
				9,
			)[0] ?? ''
		);
	};
	expect(line(false)).toMatch(/\$/);
	expect(line(true)).not.toMatch(/\$|unpriced/);
	expect(line(true)).toContain('Look over the folder');
});

test('a killed agent tells why, and says nothing twice', () => {
	const run = makeRun({steps: 15, agents: 20});
	const killed = run.agents.find(agent => agent.status.kind === 'killed');
	const lines = drawAgentsPane({...sceneOf(run, false), ...agentsView(run, killed?.id, 160, 30)}, 160, 30);
	expect(lines.find(line => line.startsWith('❯'))).toMatch(/killed .* no longer needed /);
	for (const line of lines) expect(line).not.toMatch(/\b(killed|failed|done|interrupted|queued):? +\1\b/);
});

test('a long list of roles says how many are not seen', () => {
	const run = makeRun();
	const [facts] = Object.values(run.settings.roles);
	if (facts === undefined) throw new Error('The made run has roles.');
	const roles = Object.fromEntries([...'abcdefghij'].map(letter => [`${letter}-role`, facts]));
	const main = {x: 0, y: 0, width: 80, height: 24};
	const list = (role: string): string =>
		drawForm(
			{...sceneOf(run, false), main},
			run,
			withValue({...createForm({...run, settings: {...run.settings, roles}}), at: 0}, 'role', role),
		).lines.join('\n');
	expect(list('a-role')).toContain('↓ 5 more');
	expect(list('f-role')).toMatch(/↑ 3 more {2}↓ 2 more/);
	expect(list('j-role')).toContain('↑ 5 more');
});

test('those that are done fold into one row for want of room, but never the selected one', () => {
	const run = makeRun({steps: 15});
	const pane = (name: string, height: number, done: 'auto' | 'shown' | 'folded' = 'auto'): string =>
		drawAgentsPane(
			{...sceneOf(run, false), ...agentsView(run, agentNamed(run, name).id, 46, height, {done})},
			46,
			height,
		).join('\n');
	const folded = pane('analyst-2', 9);
	expect(folded).toContain('● 3 done  u shows them');
	expect(folded).not.toContain('scout-1');
	expect(folded).toContain('❯ ◐ analyst-2');
	const kept = pane('scout-1', 9);
	expect(kept).toContain('❯ ● scout-1');
	expect(kept).toContain('● 2 done');
	expect(pane('analyst-2', 12)).toContain('scout-1');
	expect(pane('analyst-2', 12, 'folded')).toContain('● 3 done');
	expect(pane('analyst-2', 9, 'shown')).not.toContain('u shows them');
});

test('columns come with the width, the telling ones first', () => {
	const run = makeRun();
	const head = (width: number) =>
		drawAgentsPane({...sceneOf(run, false), ...agentsView(run, undefined, width, 9)}, width, 9)[0]
			?.trim()
			.split(/ +/);
	expect(head(46)).toEqual(['agent', 'for', 'doing', 'cost']);
	expect(head(78)).toEqual(['agent', 'state', 'for', 'doing', 'turns', 'tokens', 'cost']);
	expect(head(170)).toEqual('agent state for role model doing last words turns ctx tokens cost age'.split(' '));
});

test('an agent tells for how long, and what it said last beside what it does', () => {
	const run = makeRun();
	const asker = agentNamed(run, 'analyst-2');
	const view = {...sceneOf(run, false), ...agentsView(run, asker.id, 170, 9)};
	const told = () => ({text: 'First I read.\nThe pier has 12 berths.\n```', at: 0});
	const [, row = ''] = drawAgentsPane({...view, told}, 170, 9);
	expect(row).toMatch(/analyst-2 +needs you +\d+s .*asks: edit source\/harbour.ts +The pier has 12 berths\. /);
	const quiet = drawAgentsPane({...view, ...agentsView(run, asker.id, 46, 9), told}, 46, 9).join('\n');
	expect(quiet).toMatch(/analyst-1 +\d+s +The pier has/);
});

test('whoever has asked for something needs you, whatever it does meanwhile', () => {
	const run = makeRun();
	const busy = agentNamed(run, 'analyst-1');
	const request = run.requests.find(({status}) => status.kind === 'open');
	if (request === undefined) throw new Error('The made run has a request.');
	const asking: Run = {...run, requests: withRow(run.requests, {...request, agentId: busy.id})};
	expect(agentRows(asking, false)[0]?.agent.name).toBe('analyst-1');
	const [, row] = drawAgentsPane({...sceneOf(run, false), ...agentsView(asking, undefined, 90, 9)}, 90, 9);
	expect(row).toMatch(/◐ analyst-1 +needs you/);
});

test('a guessed count of tokens is marked', () => {
	const run = makeRun();
	const cut = {...agentNamed(run, 'analyst-1'), guessed: true};
	const lines = drawAgentsPane(
		{...sceneOf(run, false), ...agentsView({...run, agents: withRow(run.agents, cut)}, cut.id, 120, 9)},
		120,
		9,
	);
	expect(lines.find(line => line.startsWith('❯'))).toMatch(/ ~\d+\.\dk /);
	const cost = drawCostPane(
		{
			...sceneOf(run, false),
			run: {...run, agents: withRow(run.agents, cut)},
			costs: madeCosts(),
			rate,
			elsewhere: noSpend,
		},
		60,
		14,
	).join('\n');
	expect(cost).toMatch(/tokens ~\d+\.\dk in {2}~\d+\.\dk out/);
});

test('the log follows, or stays and counts what came since', () => {
	const run = makeRun();
	const rows = logRows({});
	const view = {...sceneOf(run, false), rows, top: rows.length - 5, at: undefined, unseen: 0, filter: ''};
	const tail = drawLogPane(view, 80, 5);
	expect(tail.at(-1)).toContain(rows.at(-1)?.text.slice(0, 30));
	const stays = drawLogPane({...view, top: 0, at: 1, unseen: 4}, 80, 5);
	expect(stays[0]).toMatch(/^ {2}.*The run begins/);
	expect(stays[1]).toMatch(/^❯ /);
	expect(tail.join('\n')).not.toContain('❯');
	expect(stays.at(-1)?.trim()).toBe('↓ 4 new below');
	const none = drawLogPane({...view, rows: [], filter: '"walrus"'}, 80, 5);
	expect(none[0]?.trim()).toBe('Nothing matches "walrus".');
});

test('every event is a sentence with the names of what it is about', () => {
	for (const options of [{steps: 15}, {stage: 'done', agents: 20}] as const)
		for (const {text, agentName} of logRows(options)) {
			expect(text).not.toBe('');
			expect(text).not.toMatch(/undefined|(agent|step|call|request)_/);
			expect(agentName ?? '').not.toContain('_');
		}
});

test('the cost pane tells guesses and unpriced turns apart from what was measured', () => {
	const run = makeRun();
	const ledger = {...run.ledger, estimated: 2_000_000, unpricedTurns: 3};
	const lines = drawCostPane(
		{...sceneOf(run, false), run: {...run, ledger}, costs: madeCosts(), rate, elsewhere: noSpend},
		90,
		12,
	).join('\n');
	expect(lines).toContain('≥~$0.1019');
	expect(lines).toContain('~$0.0020 of it guessed');
	expect(lines).toContain('3 turns unpriced');
	expect(lines).toContain('models by cost');
});

test.each([
	[2, 0, ['scout', 'api'], ' · ↓ 10 more · ◐ 1 needs you'],
	[3, 0, ['scout', 'api', 'store'], ' · ↓ 9 more'],
	// The bar alone would be in the middle.
	[3, 4, ['store', 'tests', 'docs'], ' · ↑ 2 more · ↓ 7 more'],
	[12, 4, undefined, ' · ↓ 2 more'],
	[20, 4, undefined, ''],
] as const)(
	'a plan in %i rows tells what it leaves out, and has what needs the person in view if it can',
	(height, at, keys, words) => {
		const run = makeRun({steps: 12});
		const selected = planRows(run.plan)[at]?.step.id;
		const view = {...sceneOf(run, false), ...planRowsView(run), run, selected, phases: undefined, planning: ''};
		const lines = drawPlanPane(view, 70, height);
		if (keys !== undefined) expect(lines.map(line => /[●▸◐○◌✕⠸] (\S+)/.exec(line)?.[1])).toEqual(keys);
		expect(leftOut(view, 70, height)).toBe(words);
	},
);

test('the request of a plan counts and lists what a yes approves', () => {
	const run = makeRun({stage: 'proposed'});
	const {plan} = run;
	const [first, second] = stepsOf(plan);
	if (plan === undefined || first === undefined || second === undefined) throw new Error('The made run has a plan.');
	const card = (of: Run): string =>
		drawRequests(
			{...sceneOf(of, false), run: of, selected: undefined, marked: [], answers: [], files: [], scroll: 0},
			90,
			20,
		)
			.lines.map(line => line.trimEnd())
			.join('\n');
	expect(card(run)).toMatch(/^approve the plan of 9 steps\n/);
	const steps = {
		...plan.steps,
		[first.id]: {...first, status: {kind: 'rejected', reason: ''} as const},
		[second.id]: {...second, status: {kind: 'held'} as const},
	};
	const part = card({...run, plan: {...plan, steps}});
	expect(part).toMatch(/^approve 7 of the 9 steps of the plan\n/);
	expect(part).toContain('scout  Look over the folder  (rejected)\n');
	expect(part).toContain('├ api  Weigh the api of the harbour  (held)\n');
	expect(part).toMatch(/├ store {2}Weigh the store of the harbour {2}~\$0\.0561 {2}reads/);
});

test('in a narrow list of requests what is asked has room, and no column touches the next', () => {
	const made = makeRun({steps: 15});
	const preview = (title: string) => ({title, body: '', format: 'text'}) as const;
	const asked = requestOrder(made).map((request, i) => ({
		...request,
		seenAt: made.lastEventAt,
		ask: {
			kind: 'call',
			callId: `call_x_${i}`,
			tool: 'read_file',
			preview: preview(`Read package.${i}`),
			rule: '',
		} as const,
	}));
	const run: Run = {...made, requests: asked.reduce(withRow, made.requests)};
	const view = {...sceneOf(run, false), run, selected: undefined, marked: [], answers: [], files: [], scroll: 0};
	const rows = drawRequests(view, 120, 16).lines;
	asked.forEach(({agentId}, i) => {
		const name = made.agents.find(({id}) => id === agentId)?.name;
		expect(rows[i]).toMatch(new RegExp(`◐ read_file ${name} +Read package\\.${i} .*[0-9]s │`));
	});
});

test('a list of requests beside the card tells agents of a role apart, and keeps the end of a name that is too long', () => {
	const made = makeRun({steps: 15});
	const preview = {title: 'Count the lines of every file', body: '', format: 'text'} as const;
	const analysts = made.agents.filter(({name}) => name.startsWith('analyst-')).slice(0, 3);
	const requests = analysts.map(({id, stepId}, i) => ({
		...requestOf(made, {kind: 'call', callId: `call_x_${i}`, tool: 'count_lines', preview, rule: ''}, i),
		seenAt: undefined,
		agentId: id,
		stepId,
	}));
	const run: Run = {...made, requests};
	const view = {...sceneOf(run, false), run, selected: undefined, marked: [], answers: [], files: [], scroll: 0};
	const rows = (shown: Run): string => drawRequests({...view, run: shown}, 118, 16).lines.join('\n');
	for (const {name} of analysts) expect(rows(run)).toContain(`count_lines ${name} `);
	const renamed = analysts.map(agent => ({...agent, name: `a-very-long-name-of-an-${agent.name}`}));
	expect(rows({...run, agents: renamed.reduce(withRow, run.agents)})).toMatch(/count_lines …\S*analyst-\d Count/);
});

test('requests stand oldest first, the selected one with all that is needed to answer', () => {
	const run = makeRun({steps: 15});
	const [edit, question] = requestOrder(run);
	const view = {...sceneOf(run, false), run, selected: undefined, marked: [], answers: [], files: [], scroll: 0};
	const first = drawRequests(view, 160, 16).lines.join('\n');
	expect(first).toMatch(/❯ ◐ write +analyst-2 \(?.*edit source.* blocks 3 {2}new {2}11s/);
	expect(first).toContain('writing asks in mode ask');
	expect(first).toContain('harbour.places - harbour.ships.length');
	expect(first).toContain('a allow once · d deny');
	expect(first).toContain('not seen before · cost so far $');
	expect(first).toContain('Blocks analyst-2, its step store');
	const second = drawRequests({...view, selected: question?.id}, 80, 16).lines.join('\n');
	expect(second).toContain('2 of 2 · question');
	expect(second).toContain('1. old');
	expect(second).toContain('its number · Enter answer in words');
	expect(edit?.openedAt).toBeLessThan(question?.openedAt ?? 0);
	expect(drawRequests({...view, run: makeRun({stage: 'done'})}, 40, 3).lines[0]?.trim()).toBe('Nothing waits for you.');
});

test('a diff is coloured by line, a command stands behind a prompt', () => {
	const diff = previewLines({title: '', body: '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same', format: 'diff'}, 80);
	expect(diff.map(([first]) => first?.tone)).toEqual(['strong', 'strong', 'hunk', 'removed', 'added', 'plain']);
	const command = previewLines({title: '', body: 'npm test', format: 'command'}, 80);
	expect(command[0]?.map(part => part.text).join('')).toBe('$ npm test');
});

test('the footer shows hints whole or not at all, and a message before them', () => {
	const {theme} = sceneOf(makeRun({}), false);
	const hints = [
		{key: 'a', label: 'approve'},
		{key: 'x', label: 'reject'},
		{key: '?', label: 'keys'},
	];
	expect(drawFooter({theme, hints, message: undefined}, 22, 1)).toEqual(['a approve  x reject   ']);
	const message = {text: 'scout is done', level: 'warn'} as const;
	expect(drawFooter({theme, hints, message}, 26, 1)).toEqual(['scout is done  a approve  ']);
});

test('the footer takes the row above for a message that is too long, and cuts only what two rows cannot hold', () => {
	const {theme} = sceneOf(makeRun({}), false);
	const hints = [{key: 'a', label: 'approve'}];
	const message = {text: 'there is no safe rule for such a call', level: 'warn'} as const;
	const place = {x: 0, y: 23, width: 26, height: 1};
	expect(footerIn(place, {message}, false)).toEqual({x: 0, y: 22, width: 26, height: 2});
	expect(footerIn(place, {message}, true)).toEqual(place);
	expect(footerIn(place, {message: {...message, text: 'no'}}, false)).toEqual(place);
	expect(drawFooter({theme, hints, message}, 26, 2)).toEqual([
		'there is no safe rule for ',
		'such a call  a approve    ',
	]);
	expect(drawFooter({theme, hints, message}, 12, 2)).toEqual(['there is no ', 'safe rule f…']);
	expect(drawFooter({theme, hints, message}, 12, 1)).toEqual(['there is no…']);
});

test('the footer keeps its pinned hints at the end and leaves out others before them', () => {
	const {theme} = sceneOf(makeRun({}), false);
	const hints = [
		{key: 'a', label: 'approve'},
		{key: 'x', label: 'reject'},
		{key: '?', label: 'help', pinned: true},
		{key: 'q', label: 'quit', pinned: true},
	];
	expect(drawFooter({theme, hints, message: undefined}, 27, 1)).toEqual(['a approve  ? help  q quit  ']);
	expect(drawFooter({theme, hints, message: undefined}, 14, 1)).toEqual(['? help  q quit']);
});

test('the header tells the least in the room there is, on two rows everything', () => {
	const run = makeRun({steps: 15});
	const at = (width: number, height: number): readonly string[] =>
		drawHeader({...sceneOf(run, false), run, elsewhere: noSpend, rate}, width, height);
	expect(at(60, 1)[0]).toMatch(/^flotilla .*◐ waiting +◐2 ✕1 ⠸4 ◌3 ○3 ●2 +\$0\.\d{4} of \$5\.00$/);
	expect(at(30, 1)[0]).toMatch(/^flotilla +◐ waiting +\$0/);
	const [first, second] = at(120, 2);
	expect(first).toMatch(/^flotilla {2}Survey the harbour and say how many berths are free +◐ waiting {3}\d+s$/);
	expect(second).toMatch(/^◐ needs you 2 .* ◌ blocked 3 .* of \$5\.00 {3}\$0\.72\/h {3}sonnet 6$/);
	expect(at(140, 2)[1]).toMatch(/ of \$5\.00 \+\$0\.\d+ held {3}\$0\.72\/h {2}~812 tok\/s {3}sonnet 6$/);
});

test('the header counts every piece of work under the glyph that it has in its row', () => {
	for (const options of [{stage: 'proposed'}, {}, {steps: 15}, {stage: 'done'}] as const) {
		const run = makeRun(options);
		const now = run.lastEventAt;
		const rows = stepsOf(run.plan).map(step => stepState(run, step).mark);
		for (const {mark, count} of fleetCounts(run, now)) expect(count).toBe(rows.filter(row => row === mark).length);
		expect(fleetCounts(run, now).reduce((sum, {count}) => sum + count, 0)).toBe(rows.length);
	}
	const proposed = makeRun({stage: 'proposed'});
	const [line] = drawHeader({...sceneOf(proposed, false), run: proposed, elsewhere: noSpend, rate}, 80, 1);
	expect(line).toContain('◐ waiting   ◐9   ');
	const planning = makeRun({stage: 'planning'});
	expect(fleetCounts(planning, planning.lastEventAt).filter(({count}) => count > 0)).toEqual([
		{mark: 'working', word: 'working', count: 1},
	]);
});

test('the header counts what asks and has no row, and who helps an agent beside the plan', () => {
	const run = makeRun({stage: 'done'});
	const [sample] = makeRun().requests;
	const [agent, other] = run.agents.filter(({stepId}) => stepId !== undefined);
	if (agent === undefined || other === undefined || sample === undefined) throw new Error('The made run has them.');
	const countOf = (of: Run, word: string): number =>
		fleetCounts(of, of.lastEventAt).find(count => count.word === word)?.count ?? 0;
	const request = {...sample, agentId: undefined, stepId: undefined, status: {kind: 'open'} as const};
	expect(countOf({...run, requests: [request]}, 'needs you')).toBe(1);
	const asker = {...agent, stepId: undefined, assignment: {...agent.assignment, kind: 'task'} as const};
	const parent = {agentId: agent.id, callId: undefined};
	const helper = {...other, stepId: undefined, parent, assignment: {...other.assignment, kind: 'part'} as const};
	const helped = {...run, agents: withRow(withRow(run.agents, asker), helper)};
	expect(countOf(helped, 'done')).toBe(countOf(run, 'done') + 2);
});

test('titles have the room of a narrow plan; figures come when it grows, the state after cost and time', () => {
	const run = makeRun();
	const view = {
		...sceneOf(run, false),
		...planRowsView(run),
		run,
		selected: undefined,
		phases: undefined,
		planning: '',
	};
	const rowAt = (width: number, key: string) =>
		drawPlanPane(view, width, 9).find(line => line.includes(` ${key} `)) ?? '';
	expect(rowAt(30, 'store').trim()).toBe('├ ◐ store Weigh the store o…');
	expect(rowAt(30, 'report').trim()).toBe('└ ○ report Write the re…');
	expect(rowAt(46, 'store')).toMatch(/Weigh the store of the … +\$0\.0188$/);
	expect(rowAt(56, 'store')).toMatch(/Weigh the store of the harbour +\$0\.0188 +\d+s$/);
	expect(rowAt(66, 'store')).toMatch(/Weigh the store of the harbour +needs you +\$0\.0188 +\d+s$/);
	expect(rowAt(80, 'store')).toMatch(/Weigh the store of the harbour +needs you +analyst +\$0\.0188 +\d+s$/);
});

test('a plan whose last step is rejected is finished, and says so', () => {
	const run = makeRun({stage: 'done'});
	const {plan} = run;
	const last = stepsOf(plan).at(-1);
	if (plan === undefined || last === undefined) throw new Error('The made run has a plan.');
	const rejected = {...last, status: {kind: 'rejected', reason: ''} as const};
	const ended: Run = {...run, plan: {...plan, steps: {...plan.steps, [last.id]: rejected}}};
	const view = {...sceneOf(run, false), ...planRowsView(ended), selected: undefined, phases: undefined, planning: ''};
	const foot = (of: Run) =>
		drawPlanPane({...view, run: of}, 60, 12)
			.at(-1)
			?.trim();
	expect(foot(ended)).toMatch(/^8 of 8 done, 1 rejected · /);
});

test('of two versions of a model each is named in full', () => {
	const run = makeRun();
	const [first] = run.agents.filter(({status}) => status.kind === 'thinking');
	if (first === undefined) throw new Error('Somebody works in the made run.');
	expect(modelMix(run)).toBe('sonnet 4');
	const other = {...first, model: {...first.model, id: 'claude-sonnet-6'}};
	expect(modelMix({...run, agents: withRow(run.agents, other)})).toBe('sonnet-5-5 3 · sonnet-6 1');
	expect(modelMix(makeRun({stage: 'done'}))).toContain('haiku 1');
});

test('while a run is paused only those steps move that are still at work', () => {
	const run = makeRun();
	const waits = stepsOf(run.plan).find(({key}) => key === 'api');
	if (waits?.status.kind !== 'working') throw new Error('The made run works on a step.');
	const paused: Run = {...run, status: {kind: 'paused', by: 'person'}};
	expect(stepState(paused, waits)).toEqual({mark: 'working', word: 'working'});
	const owner = agentNamed(run, 'analyst-1');
	const still = {...owner, turn: undefined, status: {kind: 'queued'} as const};
	const halted = {...paused, agents: withRow(run.agents, still)};
	expect(stepState(halted, waits)).toEqual({mark: 'paused', word: 'paused'});
	expect(stepState({...halted, status: {kind: 'active'}}, waits).word).toBe('working');
	expect(fleetCounts(halted, halted.lastEventAt).find(({word}) => word === 'paused')?.count).toBe(1);
});

test('a step that changed nothing is not called unchecked', () => {
	const run = makeRun();
	const [scout] = stepsOf(run.plan);
	const view = drawStepDetails({...sceneOf(run, false), main: {x: 0, y: 0, width: 80, height: 40}}, run, {
		kind: 'step',
		stepId: scout?.id ?? 'step_x_1',
		top: 0,
	});
	expect(view.lines.join('\n')).toContain('Report: no check needed, nothing was changed, so no check ran');
	expect(
		logRows({})
			.map(({text}) => text)
			.join('\n'),
	).toContain('finishes scout, no check needed: ');
});

test('a receipt stands whole at the end of what an agent does', () => {
	const run = makeRun();
	const busy = agentNamed(run, 'analyst-1');
	const letter = {
		id: 'message_made01_1',
		text: 'Hello',
		from: 'person',
		sentAt: run.lastEventAt,
		state: 'acted_on',
	} as const;
	const told = {...run, agents: withRow(run.agents, {...busy, activity: 'read source/harbour.ts', read: [letter]})};
	const row = (width: number): string =>
		drawAgentsPane({...sceneOf(run, false), ...agentsView(told, busy.id, width, 9)}, width, 9).find(line =>
			line.startsWith('❯'),
		) ?? '';
	for (const width of [46, 68, 70, 100, 140]) expect(row(width)).toContain('message acted on');
	expect(row(100)).toMatch(/read source\/ha\S* +message acted on/);
});

test('a plan of one step is said to be of one', () => {
	const {plan} = makeRun({steps: 3, stage: 'proposed'});
	const [first] = plan?.order ?? [];
	if (plan === undefined || first === undefined) throw new Error('The made run has a plan.');
	const one = {...makeRun({steps: 3, stage: 'proposed'}), plan: {...plan, order: [first]}};
	expect(askWords(one, {kind: 'plan'})).toBe('approve the plan of 1 step');
});
