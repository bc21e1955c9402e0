import {expect, test} from 'vitest';
import {agentList} from '../../components/panes/agent-list.ts';
import {agentRows} from '../../components/panes/agent-order.ts';
import {drawAgentsPane} from '../../components/panes/agents-pane.ts';
import {planList} from '../../components/panes/plan-list.ts';
import {drawPlanPane} from '../../components/panes/plan-pane.ts';
import {planRows} from '../../components/panes/plan-tree.ts';
import type {Run} from '../../source/domain/run.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import {firstUi} from '../../store/ui.ts';
import {makeRun} from '../support/make-run.ts';
import {agentNamed, agentsView, planRowsView, sceneOf} from './views.ts';

const run = makeRun({steps: 15});

const agents = (text: string, of: Run = run, selected?: string, room = 4) =>
	agentList(
		of,
		{...firstUi.agents, filter: textBuffer(text)},
		selected === undefined ? undefined : agentNamed(of, selected).id,
		room,
	);
const names = (text: string, of?: Run, selected?: string): readonly string[] =>
	agents(text, of, selected).rows.map(({agent}) => agent.name);

const steps = (text: string) => planList(run, {...firstUi.plan, filter: textBuffer(text)}, undefined);

test('agents are found by name, role, title and the word of their state, in the order of attention', () => {
	const all = agentRows(run, false).map(({agent}) => agent.name);
	expect(names('s:you')).toEqual(all.slice(0, 2));
	expect(names('needs you')).toEqual(all.slice(0, 2));
	expect(names('r:builder')).toEqual(['builder-2', 'builder-1']);
	expect(names('a:scout-1')).toEqual(['scout-1']);
	expect(names('s:done').length).toBeGreaterThan(0);
	expect(new Set([...names('s:you'), ...names('s:working'), ...names('s:done,failed,waiting,stopped')])).toEqual(
		new Set(all),
	);
});

test('a state is known by the word that stands in the rows', () => {
	expect(names('s:needs')).toEqual(names('s:you'));
	const proposed = makeRun({steps: 4, stage: 'proposed'});
	const rowsOf = (text: string) => planList(proposed, {...firstUi.plan, filter: textBuffer(text)}, undefined).rows;
	expect(rowsOf('s:proposed')).toHaveLength(4);
	expect(rowsOf('s:held')).toEqual([]);
});

test('none of those that a filter lets through folds', () => {
	expect(agents('', run, undefined, 4).folded.length).toBeGreaterThan(0);
	expect(agents('s:done', run, undefined, 2).folded).toEqual([]);
});

test('a filter tells how much it leaves, and without one nothing is told', () => {
	expect(agents('s:you').filtered).toEqual({matches: 2, of: 10, stray: undefined, problem: []});
	expect(agents('  ').filtered).toBeUndefined();
	expect(steps('').filtered).toBeUndefined();
	expect(steps('').rows).toEqual(planRows(run.plan));
	expect(steps('s:done').filtered).toMatchObject({of: planRows(run.plan).length});
});

test('the row the person is on stays when it passes no more, but not when nothing passes', () => {
	const on = agentNamed(run, 'scout-1');
	expect(names('s:you', run, 'scout-1')).toEqual([...names('s:you'), 'scout-1']);
	expect(agents('s:you', run, 'scout-1').filtered).toMatchObject({matches: 2, stray: on.id});
	expect(agents('lighthouse', run, 'scout-1')).toMatchObject({rows: [], filtered: {stray: undefined}});
});

test('steps are found by their agents, too, and name all that they need', () => {
	const [owner] = run.agents.filter(({stepId}) => stepId !== undefined);
	const found = steps(`a:${owner?.name}`).rows;
	expect(found.map(({step}) => step.id)).toEqual([owner?.stepId]);
	for (const {step, branches, alsoNeeds} of steps('s:working,waiting,done').rows) {
		expect(branches).toBe('');
		expect(alsoNeeds).toHaveLength(step.dependsOn.length);
	}
});

test.each([24, 60])('what is not understood, or leaves nothing, is said in the pane at %s columns', width => {
	const scene = sceneOf(run, false);
	const plan = (text: string): string =>
		drawPlanPane(
			{
				...scene,
				run,
				selected: undefined,
				phases: undefined,
				planning: '',
				...planRowsView(run, text),
			},
			width,
			9,
		).join(' ');
	const list = (text: string): string =>
		drawAgentsPane({...scene, ...agentsView(run, undefined, width, 9, {filter: textBuffer(text)})}, width, 9).join(' ');
	for (const draw of [plan, list]) {
		expect(draw('s:walrus').replace(/\s+/g, ' ')).toContain('There is no state "walrus", but: you, working');
		expect(draw('lighthouse').replace(/\s+/g, ' ')).toMatch(/No (step|agent) of \d+ passes the filter\. 0 shows all\./);
	}
	// The sums are those of the whole plan.
	expect(plan('lighthouse').replace(/\s+/g, ' ')).toContain(`of ${planRows(run.plan).length} done`);
});
