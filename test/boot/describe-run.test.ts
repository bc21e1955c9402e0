import {describe, expect, it, vi} from 'vitest';
import {agentState} from '../../components/parts/agent-state.ts';
import {describeRun} from '../../source/boot/describe-run.ts';
import {describeStep} from '../../source/boot/describe-step.ts';
import {presentRun} from '../../source/boot/present.ts';
import {blockedBy} from '../../source/boot/request-words.ts';
import {openLane} from '../../source/domain/lane.ts';
import {noSpend} from '../../source/domain/limits.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {withRow} from '../../source/domain/table.ts';
import {draftOf, drive, stepDraft} from '../domain/drive.ts';
import {makeRun} from '../support/make-run.ts';

const usd = 1_000_000_000;
const until = Date.UTC(2026, 10, 21, 9, 30);

/** A run with a limit of the day, a lane that pauses, a helper, and a message on its way. */
const busyRun = (): Run => {
	const run = makeRun();
	const [, scout, analyst] = run.agents;
	if (scout === undefined || analyst === undefined) throw new Error('The made run has too few agents.');
	const letter = {id: 'message_1', text: 'Mind the tide', from: 'person', sentAt: until, state: 'queued'} as const;
	const helper = {...analyst, parent: {agentId: scout.id, callId: undefined}, mailbox: [letter]};
	const failure = {kind: 'throttled', message: 'Too many at once (429).'} as const;
	return {
		...run,
		settings: {...run.settings, limits: {...run.settings.limits, day: {money: 10 * usd, turns: 500}}},
		agents: withRow(run.agents, helper),
		lanes: {
			anthropic: {...openLane('anthropic'), state: {kind: 'paused', since: 0, until, failure}, width: 2, failures: 1},
			local: openLane('local'),
		},
	};
};

const surroundings = {files: [], status: 'waiting', elsewhere: {...noSpend, money: 3 * usd}} as const;

describe('a run in words', () => {
	vi.stubEnv('TZ', 'Asia/Kolkata');
	const words = describeRun(busyRun(), surroundings, until, undefined);

	it('says of limits what is used and set aside, of the day with what other runs used', () => {
		expect(words).toMatch(
			/Limits:\n {2}run\.usd: \$0\.\d+ of \$5\.00, \$\S+ set aside\n {2}day\.usd: \$3\.\d+ of \$10\.00/,
		);
		expect(words).toMatch(/day\.turns: \d+ turns of 500 turns/);
	});

	it('calls a step as the window does: paused when its agent was interrupted', () => {
		const run = makeRun({steps: 3});
		const writer = run.agents.find(({turn}) => turn !== undefined);
		const step = stepsOf(run.plan).find(({id}) => id === writer?.stepId);
		if (writer === undefined || step === undefined) throw new Error('The made run has a step at work.');
		const halted = {
			...run,
			agents: withRow(run.agents, {...writer, turn: undefined, calls: [], status: {kind: 'interrupted'} as const}),
		};
		expect(describeRun(halted, surroundings, until, undefined)).toMatch(new RegExp(`^${step.key} +paused `, 'm'));
		expect(describeStep(halted, step)).toMatch(new RegExp(`^${step.key} {2}paused `));
		expect(presentRun(halted, surroundings).plan?.steps.find(({key}) => key === step.key)?.status).toBe('paused');
	});

	it('says of lanes until when and why, and nothing of those that were never crowded', () => {
		expect(words).toContain('anthropic: paused until 2026-11-21 15:00:00, 2 at once: Too many at once (429).');
		expect(words).not.toContain('local: open');
	});

	it('shows who works for whom, what became of messages, guess beside cost, and why a step was not checked', () => {
		expect(words).toContain('scout-1 › analyst-1');
		expect(words).toContain('to analyst-1, queued: Mind the tide');
		expect(words).toMatch(/^scout +done +scout +- +\$\S+ +\$\S+ +no check needed: /m);
		expect(words).toMatch(/Checked:\n {2}scout: no check needed, nothing was changed/);
	});

	it('says of what waits for a person how long, and what it blocks', () => {
		expect(words).toMatch(
			/waiting for you: flotilla inbox --run run_made01, or in its window: flotilla attach run_made01\n.*analyst-2: edit: .* \(for 29m; blocks .*report, review\)/s,
		);
		const set = describeRun(busyRun(), {...surroundings, status: 'interrupted'}, until, undefined);
		expect(set).toContain('waiting for you: flotilla resume run_made01\n');
	});

	it('calls the state of an agent as the list of agents does, and a column what it holds', () => {
		const run = busyRun();
		for (const agent of run.agents)
			expect(words).toMatch(new RegExp(`^.*${agentState(run, agent, until).word}.*${agent.id}$`, 'm'));
		expect(words).toMatch(/^analyst-2 +needs you /m);
		expect(words).not.toContain('acting');
		expect(words).toMatch(/^STEP .* TITLE OR RESULT$/m);
	});
});

describe('a run for scripts', () => {
	it('has the same facts', () => {
		const run = busyRun();
		const shown = presentRun(run, surroundings);
		expect(shown.limits.map(({scope, unit, limit}) => [scope, unit, limit])).toEqual([
			['run', 'usd', 5],
			['day', 'usd', 10],
			['day', 'turns', 500],
		]);
		expect(shown.limits[1]?.used).toBeCloseTo(3 + (shown.usage.costUsd ?? 0), 6);
		expect(shown.limits[0]?.held).toBe(shown.usage.reservedUsd);
		expect(shown.lanes[0]).toMatchObject({name: 'anthropic', state: 'paused', until: '2026-11-21T09:30:00.000Z'});
		expect(shown.agents.find(({name}) => name === 'analyst-1')).toMatchObject({
			path: 'scout-1 › analyst-1',
			messages: [{state: 'queued', text: 'Mind the tide'}],
		});
		const sum = shown.plan.steps.reduce((all, step) => all + (step.costUsd ?? 0), 0);
		const planner = shown.agents.find(({role}) => role === 'planner');
		expect(sum + (planner?.costUsd ?? 0)).toBeCloseTo(shown.usage.costUsd ?? 0, 6);
		expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
	});
});

describe('what a request blocks', () => {
	it('is its step and all that need it, or every step that is open', () => {
		const run = makeRun();
		const [request] = openRequests(run);
		if (request === undefined) throw new Error('Nothing waits in the made run.');
		const own = stepsOf(run.plan).find(({id}) => id === request.stepId)?.key;
		const blocked = blockedBy(run, request);
		expect(blocked).toContain(own);
		expect(blocked.slice(-2)).toEqual(['report', 'review']);
		expect(blocked).not.toContain('scout');
		const all = blockedBy(run, {...request, agentId: undefined, stepId: undefined});
		expect(all.length).toBeGreaterThan(blocked.length);
		expect(all).not.toContain('scout');
		expect(blockedBy(run, {...request, stepId: undefined})).toEqual([]);
	});

	it('is, of a closed lane, who waits for it, what could begin there, and all that needs them', () => {
		const driven = drive({maxParallel: 1});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('c', ['b'])));
		const failure = {kind: 'quota', message: 'Used up.'} as const;
		driven.reply('scout-1', {kind: 'failed', failure, partial: [], usage: undefined});
		expect(blockedBy(driven.run(), driven.asked('lane'))).toEqual(['a', 'b', 'c']);
	});
});
