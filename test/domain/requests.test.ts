import {describe, expect, test} from 'vitest';
import type {Agent} from '../../source/domain/agent.ts';
import type {ReplyBlock} from '../../source/domain/message.ts';
import {type Answer, type Request, reaches} from '../../source/domain/request.ts';
import {agentIn, openRequests} from '../../source/domain/run.ts';
import {createRandom} from '../simulation/random.ts';
import {draftOf, drive, runId, settings, stepDraft, uses} from './drive.ts';

const tireless = Object.fromEntries(
	Object.values(settings.roles).map(role => [role.name, {...role, maxTurns: 1e6, toolBudget: 1e6}]),
);

/** Agents that do nothing but ask, hand work on, and run things that may be lost. */
const manyAsk = (seed: number) => {
	const random = createRandom(seed);
	const driven = drive({roles: tireless, maxParallel: 50, unknownOutcome: 'ask'});
	const {take, run} = driven;
	const agentsMax = 30;
	let uses = 0;

	const use = (name: string): ReplyBlock => ({type: 'tool_use', useId: `u${++uses}`, name, input: {n: uses}});

	const reply = ({id, turn, depth}: Agent): void => {
		if (turn === undefined) return;
		const mayGrow = run().agents.length <= agentsMax && depth < 4;
		const name =
			mayGrow && random.chance(0.5)
				? 'delegate'
				: random.pick(['ask_person', 'report_blocker', 'run_command'] as const);
		const usage = {input: 10, output: 10, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0};
		const content = [use(name), ...(random.chance(0.3) ? [use('ask_person')] : [])];
		take({
			type: 'turn.replied',
			agentId: id,
			turnId: turn.id,
			reply: {kind: 'done', content, stopReason: 'tool_use', usage},
		});
	};

	const weigh = ({id, calls}: Agent): void => {
		const call = random.oneOf(calls.filter(({status}) => status.kind === 'proposed'));
		if (call === undefined) return;
		const control = {
			ask_person: {kind: 'ask', question: 'Which?', choices: []},
			report_blocker: {kind: 'block', problem: 'It is locked.', tried: ''},
			delegate: {kind: 'delegate', role: 'writer', title: 'A part', objective: 'Do it.'},
		} as const;
		const act =
			call.tool === 'ask_person' || call.tool === 'report_blocker' || call.tool === 'delegate'
				? control[call.tool]
				: undefined;
		take({
			type: 'call.weighed',
			agentId: id,
			callId: call.id,
			effect: act === undefined ? 'run' : 'control',
			verdict: {kind: act === undefined ? 'ask' : 'allow', rule: ''},
			preview: {title: call.tool, body: '', format: 'text'},
			control: act,
			grant: `bash(${random.below(5)})`,
		});
	};

	const endCall = ({id, calls}: Agent): void => {
		const call = random.oneOf(calls.filter(({status}) => status.kind === 'running'));
		if (call !== undefined && random.chance(0.5))
			take({type: 'call.ended', agentId: id, callId: call.id, isError: false, output: 'done', touched: []});
	};

	/** Every agent takes one step, in some order. */
	const move = (): void => {
		for (const {id} of run().agents) {
			const agent = agentIn(run(), id);
			if (agent === undefined) continue;
			if (random.chance(0.7)) reply(agent);
			weigh(agentIn(run(), id) ?? agent);
			endCall(agentIn(run(), id) ?? agent);
		}
	};

	return {driven, random, move};
};

const answerTo = ({ask}: Request, reach: (typeof reaches)[number]): Answer => {
	if (ask.kind === 'call')
		return reach === 'once' ? {kind: 'approve'} : {kind: 'approve', reach: reach === 'always' ? 'agent' : 'once'};
	return {kind: 'text', text: 'This one.'};
};

describe('a thousand requests of thirty agents', () => {
	test.each([1, 2])('are each answered exactly once, in any order, doubly, late, and over crashes (%i)', seed => {
		const {driven, random, move} = manyAsk(seed);
		const {take, refuse, run} = driven;
		driven.plan(draftOf(...Array.from({length: 8}, (_, i) => stepDraft(`s${i}`))));
		const answered: Request[] = [];
		const requests = (): number => run().requests.length;
		for (let i = 0; requests() < 1000 || openRequests(run()).length > 0; i++) {
			expect(i).toBeLessThan(5000);
			if (requests() < 1000) move();
			for (let n = random.below(8); n > 0; n--) {
				const request = random.oneOf(openRequests(run()));
				if (request === undefined) break;
				const command = {
					type: 'request.answer',
					runId,
					requestId: request.id,
					answer: answerTo(request, random.pick(reaches)),
				} as const;
				take(command);
				answered.push(request);
				if (random.chance(0.5)) expect(refuse(command)?.code).toBe('stale');
			}
			const late = random.oneOf(answered);
			if (late !== undefined)
				expect(refuse({type: 'request.answer', runId, requestId: late.id, answer: answerTo(late, 'once')})?.code).toBe(
					'stale',
				);
			if (random.chance(0.05)) {
				take({type: 'suspension'});
				// A window may answer before the run is carried again.
				const request = random.oneOf(openRequests(run()));
				if (request !== undefined && random.chance(0.5))
					take({type: 'request.answer', runId, requestId: request.id, answer: answerTo(request, 'once')});
				take({type: 'recovery'});
			}
		}
		const ends = new Map<string, number>();
		for (const event of driven.events) {
			expect(event.type).not.toBe('request.withdrawn');
			if (event.type === 'request.answered') ends.set(event.requestId, (ends.get(event.requestId) ?? 0) + 1);
		}
		expect(ends.size).toBe(requests());
		expect(new Set(ends.values())).toEqual(new Set([1]));
		expect(Math.max(...run().agents.map(({depth}) => depth))).toBe(4);
		expect(run().agents.length).toBeGreaterThanOrEqual(30);
	});
});

const asking = (over: Parameters<typeof drive>[0] = {}, count = 2) => {
	const driven = drive(over);
	driven.plan(draftOf(...Array.from({length: count}, (_, i) => stepDraft(`s${i}`))));
	return driven;
};

const grant = 'bash(npm test:*)';
const asks = {kind: 'ask', rule: 'commands ask'} as const;

describe('a yes reaches', () => {
	test('this call only, when it is for once', () => {
		const driven = asking();
		for (const name of ['scout-1', 'scout-2']) {
			driven.reply(name, uses('run_command'));
			driven.weigh(name, 0, 'run', asks, undefined, {grant});
		}
		const [first] = openRequests(driven.run());
		if (first === undefined) throw new Error('Nobody asks.');
		driven.take({type: 'request.answer', runId, requestId: first.id, answer: {kind: 'approve'}});
		expect(openRequests(driven.run())).toHaveLength(1);
		expect(driven.run().grants).toEqual([]);
	});

	test('all that wait with the same question, and all that come later, when it is for this run', () => {
		const driven = asking();
		for (const name of ['scout-1', 'scout-2']) {
			driven.reply(name, uses('run_command', 'run_command'));
			driven.weigh(name, 0, 'run', asks, undefined, {grant});
		}
		const [first] = openRequests(driven.run());
		if (first === undefined) throw new Error('Nobody asks.');
		driven.take({type: 'request.answer', runId, requestId: first.id, answer: {kind: 'approve', reach: 'run'}});
		expect(openRequests(driven.run())).toEqual([]);
		expect(driven.events.findLast(({type}) => type === 'request.answered')).toMatchObject({by: 'policy'});
		// This one was weighed before the answer was known.
		driven.weigh('scout-1', 1, 'run', asks, undefined, {grant});
		expect(openRequests(driven.run())).toEqual([]);
	});

	test('this agent only, when it is for the agent', () => {
		const driven = asking();
		for (const name of ['scout-1', 'scout-2']) {
			driven.reply(name, uses('run_command'));
			driven.weigh(name, 0, 'run', asks, undefined, {grant});
		}
		const [first] = openRequests(driven.run());
		if (first === undefined) throw new Error('Nobody asks.');
		driven.take({type: 'request.answer', runId, requestId: first.id, answer: {kind: 'approve', reach: 'agent'}});
		expect(driven.asked('call').agentId).toBe(driven.agent('scout-2').id);
	});

	test('the project when it is for always: the rule is written down once, also after a crash', () => {
		const driven = asking({}, 1);
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run', asks, undefined, {grant});
		const {id} = driven.asked('call');
		driven.answer('call', {kind: 'approve', reach: 'always'});
		expect(driven.effects).toContainEqual({type: 'rule.keep', requestId: id, rule: grant});
		driven.take({type: 'recovery'});
		expect(driven.effects.filter(({type}) => type === 'rule.keep')).toHaveLength(2);
		const kept = {
			type: 'rule.kept',
			requestId: id,
			rule: grant,
			path: '/project/flotilla.json',
			problem: undefined,
		} as const;
		driven.take(kept);
		expect(() => driven.take(kept)).toThrow('late or twice');
	});

	test('no further than once when there is no safe rule', () => {
		const driven = asking({}, 1);
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run', asks);
		const {id} = driven.asked('call');
		const answer = {type: 'request.answer', runId, requestId: id, answer: {kind: 'approve', reach: 'run'}} as const;
		expect(driven.refuse(answer)?.message).toContain('once only');
	});
});

describe('a running command that wants to reach a host', () => {
	const wanting = () => {
		const driven = asking({}, 1);
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run');
		const {id, calls} = driven.agent('scout-1');
		const [call] = calls;
		if (call === undefined) throw new Error('Nothing runs.');
		driven.take({type: 'call.wants', agentId: id, callId: call.id, host: 'example.com', grant: 'fetch(example.com)'});
		return {driven, callId: call.id};
	};

	test('is told what the person says', () => {
		const {driven, callId} = wanting();
		driven.answer('network', {kind: 'deny', reason: ''});
		expect(driven.effects.at(-1)).toEqual({type: 'call.tell', callId, host: 'example.com', allowed: false});
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('running');
	});

	test('asks no more once it has ended', () => {
		const {driven} = wanting();
		driven.endCall('scout-1', 0);
		expect(openRequests(driven.run())).toEqual([]);
	});
});
