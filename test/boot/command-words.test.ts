import {describe, expect, it} from 'vitest';
import {type Deed, deedsOf, type Order, pauseOrContinue} from '../../source/boot/command-words.ts';
import type {ActingVerb} from '../../source/boot/verb-table.ts';
import {decide} from '../../source/domain/decide.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeRun} from '../support/make-run.ts';

/** A call of analyst-2 (request 2) and a question of analyst-6 (request 3) are open. */
const run = makeRun({agents: 12});
const proposed = makeRun({stage: 'proposed'});
const runId = run.id;

const order = (verb: ActingVerb, words: readonly string[], flags: Partial<Order['flags']> = {}): Order => ({
	verb,
	words,
	flags: {all: undefined, reach: undefined, reason: undefined, role: undefined, ...flags},
});

const only = (of: Run, ...given: Parameters<typeof order>): Deed => {
	const [deed, ...more] = deedsOf(of, order(...given));
	if (deed === undefined || more.length > 0) throw new Error('This is not one deed.');
	return deed;
};

/** What the domain makes of it. */
const outcome = (of: Run, {command}: Deed): string => {
	if (command === undefined) throw new Error('Nothing is said.');
	const decision = decide(of, command, of.lastEventAt + 1000);
	return decision.kind === 'rejection' ? decision.rejection.code : 'done';
};

describe('the command of an acting verb', () => {
	it.each([
		['approve', ['request_made01_2'], {}, {type: 'request.answer', answer: {kind: 'approve'}}],
		['approve', ['2'], {reach: 'once'}, {type: 'request.answer', requestId: 'request_made01_2'}],
		[
			'deny',
			['request_2'],
			{reason: 'too broad'},
			{type: 'request.answer', answer: {kind: 'deny', reason: 'too broad'}},
		],
		['deny', ['2'], {}, {type: 'request.answer', answer: {kind: 'deny', reason: ''}}],
		['deny', ['tests'], {reason: 'not now'}, {type: 'step.reject', stepId: 'step_made01_4', reason: 'not now'}],
		['reply', ['3', 'old'], {}, {type: 'request.answer', answer: {kind: 'text', text: 'old'}}],
		['reply', ['analyst-1', 'Look', 'again'], {}, {type: 'agent.message', text: 'Look again'}],
		['send', ['agent_made01_3', 'Look again'], {}, {type: 'agent.message', agentId: 'agent_made01_3'}],
		[
			'create',
			['Count the ropes'],
			{role: 'scout'},
			{type: 'agent.create', role: 'scout', objective: 'Count the ropes'},
		],
		['interrupt', ['analyst-1'], {}, {type: 'agent.interrupt', agentId: 'agent_made01_3'}],
		['pause', [], {}, {type: 'run.pause'}],
		['pause', ['analyst-1'], {}, {type: 'agent.pause', agentId: 'agent_made01_3'}],
		['pause', ['step_4'], {}, {type: 'step.hold', stepId: 'step_made01_4'}],
		['continue', ['analyst-7'], {}, {type: 'agent.continue', agentId: 'agent_made01_10'}],
		['kill', ['analyst-1'], {reason: 'no use'}, {type: 'agent.kill', agentId: 'agent_made01_3', reason: 'no use'}],
		['kill', ['analyst-1'], {}, {type: 'agent.kill', reason: 'killed by the person'}],
		['skip', ['tests'], {reason: 'too dear'}, {type: 'step.skip', stepId: 'step_made01_4', reason: 'too dear'}],
		['stop', [], {reason: 'enough'}, {type: 'run.stop', reason: 'enough'}],
	] as const)('%s %j with %j is taken', (verb, words, flags, command) => {
		const deed = only(run, verb, words, flags);
		expect(deed.command).toMatchObject({runId, ...command});
		expect(outcome(run, deed)).toBe('done');
	});

	it.each([
		['approve', ['plan'], {type: 'plan.approve'}, proposed.id],
		['approve', ['1'], {type: 'request.answer', answer: {kind: 'approve'}}, 'request_made01_1'],
		['approve', ['scout'], {type: 'step.approve', stepId: 'step_made01_1'}, 'step_made01_1'],
		['deny', ['step_2'], {type: 'step.reject', stepId: 'step_made01_2'}, 'step_made01_2'],
		['pause', ['step_2'], {type: 'step.hold', stepId: 'step_made01_2'}, 'step_made01_2'],
	] as const)('%s %j decides on a proposed plan', (verb, words, command, subject) => {
		const deed = only(proposed, verb, words);
		expect(deed).toMatchObject({command, subject});
		expect(outcome(proposed, deed)).toBe('done');
	});

	it('retries a step that failed, and nothing else', () => {
		const failed = makeRun({agents: 12, steps: 12});
		const step = Object.values(failed.plan?.steps ?? {}).find(({status}) => status.kind === 'failed');
		if (step === undefined) throw new Error('No step of the made run has failed.');
		expect(outcome(failed, only(failed, 'retry', [step.key]))).toBe('done');
		expect(outcome(failed, only(failed, 'retry', ['scout']))).toBe('not_now');
	});

	it('says it once to each of several', () => {
		const deeds = deedsOf(proposed, order('approve', ['scout', 'step_2']));
		expect(deeds.map(({subject}) => subject)).toEqual(['step_made01_1', 'step_made01_2']);
	});

	it('says to a paused run that it goes on, and to one under way nothing', () => {
		expect(only(run, 'continue', []).command).toBeUndefined();
		expect(only({...run, requests: []}, 'continue', []).words).toBe(`${runId} goes on.`);
		expect(only(run, 'continue', []).words).toBe(
			`${runId} goes on, and waits for your answer: flotilla inbox --run ${runId}`,
		);
		const paused: Run = {...run, status: {kind: 'paused', by: 'person'}};
		expect(only(paused, 'continue', []).command).toEqual({type: 'run.resume', runId});
	});
});

describe('the key that pauses, or lets go on', () => {
	const planning = makeRun({stage: 'planning'});
	const paused: Run = {...proposed, status: {kind: 'paused', by: 'timeout'}};
	const ended = makeRun({stage: 'done'});
	it.each([
		{what: 'pauses what is at work', of: planning, isCarried: true, comes: 'pause'},
		{what: 'lets go on what its engine has left off', of: planning, isCarried: false, comes: 'continue'},
		{what: 'lets go on what was set down', of: {...planning, suspended: true}, isCarried: true, comes: 'continue'},
		{what: 'lets go on what is paused and asks something', of: paused, isCarried: true, comes: 'continue'},
		{what: 'pauses what only waits for an answer', of: proposed, isCarried: false, comes: 'pause'},
		{what: 'wakes nothing that has ended', of: ended, isCarried: false, comes: 'pause'},
	])('$what', ({of, isCarried, comes}) => {
		expect(pauseOrContinue(of, isCarried)).toBe(comes);
	});
});

describe('--all', () => {
	it('approves what a bare yes answers, and leaves questions open', () => {
		const deeds = deedsOf(run, order('approve', [], {all: true}));
		expect(deeds.map(({subject}) => subject)).toEqual(['request_made01_2']);
	});

	it('goes neither with one request nor with a reach', () => {
		expect(() => deedsOf(run, order('approve', ['2'], {all: true}))).toThrow(/leave out "2", or --all/);
		expect(() => deedsOf(run, order('approve', [], {all: true, reach: 'run'}))).toThrow(/--reach run goes with one/);
	});
});

describe('words that are no order', () => {
	it.each([
		['approve', [], {}, /needs a request or a step, such as request_3, or --all/],
		['deny', [], {}, /needs a request or a step/],
		['send', ['analyst-1'], {}, /flotilla send needs a text/],
		['reply', ['3', ' '], {}, /flotilla reply needs a text/],
		['create', [], {role: 'scout'}, /flotilla create needs a task/],
		['create', ['Count'], {}, /--role is one of scout, analyst, builder, writer, reviewer/],
		['create', ['Count'], {role: 'planner'}, /no role "planner": --role is one of scout/],
		['kill', ['nobody-1'], {}, /There is no agent "nobody-1" in run_made01/],
		['retry', ['99'], {}, /There is no step "99"/],
		['approve', ['99'], {}, /There is no request "99"/],
		['approve', ['3'], {}, /flotilla reply request_made01_3/],
	] as const)('%s %j with %j', (verb, words, flags, message) => {
		expect(() => deedsOf(run, order(verb, words, flags))).toThrow(message);
	});
});
