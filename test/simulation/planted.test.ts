import {describe, expect, test} from 'vitest';
import type {Agent} from '../../source/domain/agent.ts';
import type {Decision} from '../../source/domain/decide.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {StepId} from '../../source/domain/id.ts';
import type {Lane} from '../../source/domain/lane.ts';
import {type Limits, noLimits} from '../../source/domain/limits.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {type Core, soundCore} from './core.ts';
import {simulate} from './world.ts';

const {decide, evolve, effectsOf, wakeAt} = soundCore;

/** As many as the simulation itself goes through: a defect that nobody finds with them would stay. */
const seedsMax = 1000;

const firstProblem = (core: Core): string => {
	for (let seed = 0; seed < seedsMax; seed++) {
		const {problem} = simulate(seed, core);
		if (problem !== undefined) return problem;
	}
	return 'nothing was found';
};

/** A core that decides on a run other than the true one. */
const misled = (mistake: (run: Run) => Run): Core => ({
	...soundCore,
	decide: (run, message, now, elsewhere) => decide(run === undefined ? run : mistake(run), message, now, elsewhere),
});

/** A core that leaves out some of what it decided. */
const forgetful = (forgets: (event: RunEvent) => boolean): Core => ({
	...soundCore,
	decide: (run, message, now, elsewhere): Decision => {
		const decision = decide(run, message, now, elsewhere);
		return decision.kind === 'events'
			? {...decision, events: decision.events.filter(event => !forgets(event))}
			: decision;
	},
});

/** A core that says something else than what it decided. */
const wrong = (change: (event: RunEvent, now: number) => RunEvent): Core => ({
	...soundCore,
	decide: (run, message, now, elsewhere): Decision => {
		const decision = decide(run, message, now, elsewhere);
		return decision.kind === 'events'
			? {...decision, events: decision.events.map(event => change(event, now))}
			: decision;
	},
});

/** A core that does not notice what has happened. */
const blind = (misses: (event: RunEvent) => boolean): Core => ({
	...soundCore,
	evolve: (run, happening) => (run !== undefined && misses(happening.event) ? run : evolve(run, happening)),
});

const withAgents = (run: Run, change: (agent: Agent) => Agent): Run => ({
	...run,
	agents: run.agents.map(change),
});

const withLanes = (run: Run, change: (lane: Lane) => Lane): Run => ({
	...run,
	lanes: Object.fromEntries(Object.values(run.lanes).map(lane => [lane.name, change(lane)])),
});

const withLimits = (run: Run, change: (limits: Limits) => Limits): Run => ({
	...run,
	settings: {...run.settings, limits: change(run.settings.limits)},
});

const withSteps = (run: Run, change: (step: Step) => Step): Run =>
	run.plan === undefined
		? run
		: {
				...run,
				plan: {...run.plan, steps: Object.fromEntries(stepsOf(run.plan).map(step => [step.id, change(step)]))},
			};

const depthOf = (run: Run, stepId: StepId): number => {
	const needs = run.plan?.steps[stepId]?.dependsOn ?? [];
	return needs.length === 0 ? 0 : 1 + Math.max(...needs.map(id => depthOf(run, id)));
};

/** Steps start level by level: a step needs all steps of lower levels. */
const levelled = (run: Run): Run =>
	withSteps(run, step => ({
		...step,
		dependsOn: stepsOf(run.plan)
			.filter(other => depthOf(run, other.id) < depthOf(run, step.id))
			.map(other => other.id),
	}));

const planted: readonly (readonly [name: string, core: Core, finding: RegExp])[] = [
	[
		'a report that comes late or twice is taken as new',
		{
			...soundCore,
			decide: (run, message, now, elsewhere) => {
				const decision = decide(run, message, now, elsewhere);
				if (decision.kind !== 'rejection' || message.type !== 'call.ended') return decision;
				const {callId, agentId, output, touched} = message;
				return {
					kind: 'events',
					events: [{type: 'call.finished', callId, agentId, outcome: 'ok', output, touched, changes: false}],
					runs: [],
				};
			},
		},
		/stale report is accepted/,
	],
	[
		'the money of a failed turn stays reserved',
		{
			...soundCore,
			evolve: (run, happening) => {
				const next = evolve(run, happening);
				if (run === undefined || happening.event.type !== 'turn.failed') return next;
				return {...next, ledger: {...next.ledger, reserved: run.ledger.reserved}};
			},
		},
		/ledger's reserved/,
	],
	[
		'a turn that was cut short costs nothing',
		{
			...soundCore,
			evolve: (run, happening) => {
				const next = evolve(run, happening);
				return run === undefined ? next : {...next, ledger: {...next.ledger, estimated: 0}};
			},
		},
		/ledger's estimated/,
	],
	[
		'the scheduler ignores dependencies',
		misled(run => withSteps(run, step => ({...step, dependsOn: []}))),
		/starts before .* is done/,
	],
	[
		'a step that was moved starts as if it stood where it was',
		misled(run => (run.plan === undefined ? run : {...run, plan: {...run.plan, order: run.plan.order.toSorted()}})),
		/starts before .*, which is ready and stands higher/,
	],
	[
		'steps start level by level',
		misled(levelled),
		/is approved and ready, there is a place|no failed step stands in its way/,
	],
	[
		'a proposed step needs no approval',
		misled(run =>
			withSteps(run, step => (step.status.kind === 'proposed' ? {...step, status: {kind: 'approved'}} : step)),
		),
		/step\.started of .* which is proposed/,
	],
	[
		'nobody counts the places',
		misled(run => ({...run, settings: {...run.settings, maxParallel: 100}})),
		/are at work; at most|wider than there are places/,
	],
	['nobody asks whether the money reaches', misled(run => withLimits(run, () => noLimits)), /over the limit/],
	[
		'a writing call is carried out again after a crash',
		{
			...soundCore,
			effectsOf: (run, event) =>
				event.type === 'call.lost'
					? [{type: 'call.run', agentId: event.agentId, callId: event.callId}]
					: effectsOf(run, event),
		},
		/carried out twice/,
	],
	[
		'a turn that was lost in a crash is forgotten',
		forgetful(event => event.type === 'turn.failed' && event.failure.kind === 'lost'),
		/while one is open|never ended|does not end/,
	],
	[
		'the calls of an interrupted agent get no end',
		forgetful(event => event.type === 'call.finished' && event.outcome === 'cancelled'),
		/before its calls have ended|with an open call/,
	],
	[
		'a request outlives the agent that asked',
		forgetful(event => event.type === 'request.withdrawn'),
		/is open after the run's end|the call it is about does not wait|in a run that goes on|which asked, has ended/,
	],
	[
		'what waits out a failure is never woken',
		{
			...soundCore,
			decide: (run, message, now, elsewhere) =>
				message.type === 'tick' ? {kind: 'events', events: [], runs: []} : decide(run, message, now, elsewhere),
		},
		/has waited long enough/,
	],
	[
		'only the limit of the run counts',
		misled(run =>
			withSteps(
				withLimits(run, limits => ({...noLimits, run: limits.run})),
				step => ({...step, allowance: {}}),
			),
		),
		/over the limit.* of (agent|step)_|over the limit of a turn|of the day/,
	],
	[
		'what other runs draw from the day is left out',
		{...soundCore, decide: (run, message, now) => decide(run, message, now)},
		/over the limit of .* of the day/,
	],
	[
		'less is set aside than a turn can cost',
		wrong(event => (event.type === 'turn.started' ? {...event, reserved: Math.floor(event.reserved / 2)} : event)),
		/was set aside|costs .* instead of/,
	],
	['a person is warned again and again', blind(event => event.type === 'budget.warned'), /warned twice/],
	[
		'new work begins while those at work report',
		misled(run => ({...run, windsUp: false})),
		/while those at work report|and does not say so/,
	],
	[
		'nobody is asked about the limit of an agent',
		forgetful(event => event.type === 'request.opened' && event.ask.kind === 'budget' && event.agentId !== undefined),
		/is limited, and nobody is asked/,
	],
	[
		'who has to wait for a provider asks it all the same',
		misled(run => withLanes(run, lane => ({...lane, state: {kind: 'open'}}))),
		/which is (paused|closed)|is opened/,
	],
	[
		'after a pause all ask at once',
		misled(run => withLanes(run, lane => ({...lane, failures: 0, width: undefined}))),
		/one goes first|may be\./,
	],
	[
		'a provider that has too much to do is asked on',
		forgetful(event => event.type === 'lane.paused'),
		/has said that it is too much/,
	],
	[
		'what a provider asks us to wait is not honoured',
		wrong((event, now) => (event.type === 'lane.paused' ? {...event, until: now + 1} : event)),
		/sooner than its provider allows/,
	],
	[
		'a lane pauses for ever',
		misled(run => withLanes(run, lane => ({...lane, failures: Math.min(1, lane.failures)}))),
		/th time in a row/,
	],
	[
		'nobody is asked about a closed lane',
		forgetful(event => event.type === 'request.opened' && event.ask.kind === 'lane'),
		/is closed, somebody waits for it/,
	],
	[
		'a paused agent goes on',
		misled(run => withAgents(run, agent => ({...agent, paused: false}))),
		/is paused|agent\.paused of .* twice/,
	],
	[
		'nobody remembers who was retired',
		misled(run => withAgents(run, agent => ({...agent, retired: false}))),
		/is retired/,
	],
	[
		'a request can be answered twice',
		blind(event => event.type === 'request.answered' && event.by === 'person' && event.answer.kind !== 'approve'),
		/request that is not open|answered|is open/,
	],
	[
		'a call whose outcome is unknown is simply started again',
		{
			...soundCore,
			evolve: (run, happening) => {
				const next = evolve(run, happening);
				const {event} = happening;
				if (event.type !== 'call.lost') return next;
				const again = {kind: 'allowed'} as const;
				return withAgents(next, agent => ({
					...agent,
					calls: agent.calls.map(call => (call.id === event.callId ? {...call, status: again} : call)),
				}));
			},
		},
		/carried out twice|starts but is (lost|ended)/,
	],
	[
		'an agent gives itself the word VERIFIED',
		wrong(event =>
			event.type === 'step.finished' ? {...event, packet: {...event.packet, status: 'VERIFIED'}} : event,
		),
		/no check that began after the last change/,
	],
	[
		'nobody minds who changes files while checks run',
		{
			...soundCore,
			evolve: (run, happening) =>
				withAgents(evolve(run, happening), agent => ({
					...agent,
					calls: agent.calls.map(({outdated: _, ...call}) => call),
				})),
		},
		/no check that began after the last change/,
	],
	[
		'a call goes on after its agent has failed',
		{...soundCore, effectsOf: (run, event) => (event.type === 'agent.failed' ? [] : effectsOf(run, event))},
		/has its end, and is not cut off/,
	],
	[
		'an agent that does not report is asked for it as often as it has turns',
		misled(run => withAgents(run, agent => ({...agent, lastTurns: 0}))),
		/could only report/,
	],
	[
		'a step that reports FAIL counts as done',
		{
			...soundCore,
			evolve: (run, {event, ...when}) =>
				evolve(run, {
					...when,
					event: event.type === 'step.finished' ? {...event, packet: {...event.packet, status: 'UNVERIFIED'}} : event,
				}),
		},
		/ends as done, and .* is faulted/,
	],
	[
		'the report of a helper gets lost',
		forgetful(event => event.type === 'call.finished' && event.output.includes(' reports:\n')),
		/waits for a report that nobody makes|before its calls have ended/,
	],
	[
		'who works for an agent that was ended works on',
		forgetful(event => event.type === 'agent.killed' && event.reason === 'its report is not needed any more'),
		/which does not wait/,
	],
	[
		'nobody counts how deep work is handed on',
		misled(run => withAgents(run, agent => ({...agent, depth: 1}))),
		/is at depth/,
	],
	[
		'an agent that goes in circles is stopped and forgotten',
		forgetful(
			event => event.type === 'request.opened' && event.ask.kind === 'blocker' && event.ask.callId === undefined,
		),
		/is blocked, and nobody is asked/,
	],
	[
		'the clock asks for what is over',
		{...soundCore, wakeAt: (run, now) => wakeAt(run, now - 60_000)},
		/wants to be woken/,
	],
];

describe('the simulation finds a defect that was planted', () => {
	test.each(planted)('%s', (_name, core, finding) => {
		expect(firstProblem(core)).toMatch(finding);
	});
});
