import {describe, expect, test} from 'vitest';
import type {Agent} from '../../source/domain/agent.ts';
import type {Decision} from '../../source/domain/decide.ts';
import type {Effect} from '../../source/domain/effect.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {StepId} from '../../source/domain/id.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {agentsOf, type Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {type Core, soundCore} from './core.ts';
import {simulate} from './world.ts';

const {decide, evolve, effectsOf} = soundCore;

/** Nobody may use more seeds than this to find a defect. */
const seedsMax = 200;

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
	decide: (run, message, now) => decide(run === undefined ? run : mistake(run), message, now),
});

/** A core that leaves out some of what it decided. */
const forgetful = (forgets: (event: RunEvent) => boolean): Core => ({
	...soundCore,
	decide: (run, message, now): Decision => {
		const decision = decide(run, message, now);
		return decision.kind === 'events'
			? {kind: 'events', events: decision.events.filter(event => !forgets(event))}
			: decision;
	},
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

const unknownCalls = (agent: Agent): readonly Effect[] =>
	agent.calls
		.filter(({status}) => status.kind === 'ended' && status.outcome === 'unknown')
		.map(call => ({type: 'call.run', agentId: agent.id, callId: call.id}));

const planted: readonly (readonly [name: string, core: Core, finding: RegExp])[] = [
	[
		'a report that comes late or twice is taken as new',
		{
			...soundCore,
			decide: (run, message, now) => {
				const decision = decide(run, message, now);
				if (decision.kind !== 'rejection' || message.type !== 'call.ended') return decision;
				const {callId, agentId, output, touched} = message;
				return {kind: 'events', events: [{type: 'call.finished', callId, agentId, outcome: 'ok', output, touched}]};
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
		/are at work; at most/,
	],
	[
		'nobody asks whether the money reaches',
		misled(run => ({...run, settings: {...run.settings, budget: undefined}})),
		/over the limit/,
	],
	[
		'a writing call is carried out again after a crash',
		{
			...soundCore,
			effectsOf: (run, event) =>
				event.type === 'run.recovered'
					? [...effectsOf(run, event), ...agentsOf(run).flatMap(unknownCalls)]
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
		/is open after the run's end|the call it is about does not wait|in a run that goes on/,
	],
	[
		'what waits out a failure is never woken',
		{
			...soundCore,
			decide: (run, message, now) =>
				message.type === 'tick' ? {kind: 'events', events: []} : decide(run, message, now),
		},
		/has waited long enough|the clock would spin/,
	],
];

describe('the simulation finds a defect that was planted', () => {
	test.each(planted)('%s', (_name, core, finding) => {
		expect(firstProblem(core)).toMatch(finding);
	});
});
