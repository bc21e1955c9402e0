import {expect, test} from 'vitest';
import {logLine} from '../../components/panes/log-line.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {fromUsd} from '../../source/domain/money.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeRun} from '../support/make-run.ts';
import {everyAsk, requestOf} from './asking.ts';
import {agentNamed} from './views.ts';

const made = makeRun({steps: 3});
const {id: agentId} = agentNamed(made, 'writer-1');
const stepId = 'step_made01_2';
const failure = {kind: 'throttled', message: 'Too much at once (429).'} as const;
const ofRun = {agentId: undefined, stepId: undefined} as const;
const budget = everyAsk.find(ask => ask.kind === 'budget');
if (budget === undefined) throw new Error('Limits are asked about.');
const run: Run = {...made, requests: [requestOf(made, budget, 1)]};

const ended = {type: 'call.finished', callId: 'call_made01_99', agentId, touched: [], changes: false} as const;

const said: readonly (readonly [RunEvent, string])[] = [
	[{type: 'run.paused', by: 'timeout'}, 'The run is paused: nobody answered in time.'],
	[{type: 'run.suspended'}, 'The run is set down.'],
	[{type: 'run.suspended', engineDied: true}, 'The engine that carried the run had died: nobody had set the run down.'],
	[{type: 'run.recovered', lostTurns: 0, lostCalls: 0}, 'The run was taken up again.'],
	[
		{type: 'run.recovered', lostTurns: 2, lostCalls: 1},
		'The run was taken up again. Lost when its engine died: turns 2, calls 1.',
	],
	[{type: 'agent.killed', agentId, reason: 'killed by the person'}, 'is killed by the person'],
	[{type: 'agent.killed', agentId, reason: 'it went in circles'}, 'is killed: it went in circles'],
	[{type: 'agent.killed', agentId, reason: ''}, 'is killed.'],
	[{type: 'run.winds_up'}, 'Those at work report; nothing more starts.'],
	[
		{type: 'budget.raised', scope: 'run', what: 'money', limit: fromUsd(7), ...ofRun},
		'The limit of the run in money is now $7.00.',
	],
	[
		{type: 'budget.raised', scope: 'step', what: 'turns', limit: undefined, agentId: undefined, stepId},
		'The limit of the step in turns (report) is lifted.',
	],
	[
		{type: 'budget.warned', scope: 'day', what: 'time', limit: 600_000, used: 540_000, ...ofRun},
		'The limit of the day in time is nearly reached: 9 min of 10 min.',
	],
	[
		{type: 'budget.warned', scope: 'run', what: 'turns', limit: 4, used: 4, ...ofRun},
		'The limit of the run in turns is reached: 4 turns of 4 turns.',
	],
	[
		{type: 'lane.paused', lane: 'anthropic', until: 34_000, failure, failures: 1, width: 2},
		'anthropic is paused for 34s, throttled: Too much at once (429). Then 2 at once.',
	],
	[{type: 'step.moved', stepId, past: 'step_made01_1'}, 'report changes places with scout.'],
	[
		{
			type: 'step.edited',
			stepId,
			patch: {tier: 'opus', dependsOn: ['step_made01_1'], allowance: {}},
			estimate: undefined,
		},
		'report is edited: model, what it needs, limits.',
	],
	[{type: 'lane.opened', lane: 'anthropic'}, 'anthropic is open again: one goes first.'],
	[{type: 'lane.widened', lane: 'anthropic', width: 3}, 'anthropic takes 3 at once.'],
	[
		{type: 'lane.closed', lane: 'anthropic', failure},
		'anthropic is closed: waiting does not help. throttled: Too much at once (429).',
	],
	[
		{type: 'grant.added', requestId: 'request_x_1', rule: 'bash(ls:*)', agentId, reach: 'agent'},
		'may do bash(ls:*) for one agent.',
	],
	[
		{type: 'grant.added', requestId: 'request_x_1', rule: 'bash(ls:*)', agentId: undefined, reach: 'always'},
		'Every agent may do bash(ls:*) always.',
	],
	[
		{type: 'grant.kept', rule: 'bash(ls:*)', path: '/kept.yaml', problem: undefined},
		'The rule bash(ls:*) was written to /kept.yaml.',
	],
	[
		{type: 'grant.kept', rule: 'bash(ls:*)', path: '', problem: 'no space'},
		'The rule bash(ls:*) counts for this run only: no space',
	],
	[{type: 'step.skipped', stepId, reason: 'not now'}, 'report is skipped: not now'],
	[
		{type: 'agent.changed', agentId, model: undefined, tools: ['read'], instructions: 'Be brief.'},
		'is changed from its next turn on: tools read; told besides: Be brief.',
	],
	[{type: 'agent.paused', agentId}, 'is paused.'],
	[{type: 'agent.resumed', agentId}, 'goes on after a pause.'],
	[{type: 'agent.blocked', agentId, problem: 'It goes in circles.'}, 'is stopped: It goes in circles.'],
	[{type: 'agent.limited', agentId}, 'waits: a limit leaves no room for its next turn.'],
	[{type: 'agent.winds_up', agentId}, 'is to report with its next turn.'],
	[{type: 'agent.retired', agentId}, 'is retired; v in the list of agents shows it.'],
	[
		{type: 'turn.cut', turnId: 'turn_x_1', agentId, failure},
		'has its turn cut off, throttled: Too much at once (429).',
	],
	[{type: 'call.cut', callId: 'call_x_1', agentId}, 'has a call cut off: it took too long.'],
	[{type: 'call.lost', callId: 'call_x_1', agentId}, 'has lost a call: what came of it is not known.'],
	[{type: 'call.delegated', callId: 'call_x_1', agentId, to: agentId}, 'hands a part on to writer-1.'],
	[{type: 'request.seen', requestId: 'request_x_1'}, 'A request was seen.'],
	[{type: 'request.overdue', requestId: 'request_x_1'}, 'Nobody answered a request in time.'],
	[
		{type: 'request.answered', requestId: 'request_x_1', by: 'person', answer: {kind: 'raise', limit: fromUsd(9)}},
		'You raised the limit to $9.00.',
	],
	[
		{type: 'request.answered', requestId: 'request_x_1', by: 'person', answer: {kind: 'finish'}},
		'You said: finish what runs.',
	],
	[
		{...ended, outcome: 'denied', output: 'The person said no: not today,\n  nor tomorrow'},
		'denied: a call: The person said no: not today, nor tomorrow',
	],
	[{...ended, outcome: 'error', output: 'Exit code 1'}, 'error: a call'],
];

test.each(said)('%o is said in plain words', (event, text) => {
	expect(logLine(event, 0, run).text).toBe(text);
});

test('a step that is taken out is told by its name', () => {
	const removal: RunEvent = {type: 'step.removed', stepId};
	const after = evolve(run, {runId: run.id, at: 0, event: removal});
	expect(after.plan?.steps[stepId]).toBeUndefined();
	expect(logLine(removal, 0, after, run).text).toBe('report is taken out of the plan.');
});

test('a step that is put together again is told by its name', () => {
	const joining: RunEvent = {type: 'step.joined', stepId};
	expect(logLine(joining, 0, run).text).toBe('report is one step again.');
});

test('every ask is said in words, also before anybody has a name', () => {
	for (const [n, ask] of everyAsk.entries()) {
		const {level, text} = logLine(
			{type: 'request.opened', requestId: `request_x_${n}`, agentId: made.agents[0]?.id, stepId: undefined, ask},
			0,
			undefined,
		);
		expect(level).toBe('you');
		expect(text).not.toMatch(/undefined|(agent|step|call|request)_/);
	}
});

test('says of a plan whether it is for a kind of task or for one role', () => {
	const plan: RunEvent = {type: 'plan.proposed', taskType: 'custom', source: 'template', problems: [], steps: []};
	expect(logLine(plan, 0, run).text).toBe('A plan of 0 steps for a custom is proposed.');
	const given: Run = {...run, settings: {...run.settings, role: 'analyst'}};
	expect(logLine(plan, 0, given).text).toBe('A plan of 0 steps for one analyst is proposed.');
});
