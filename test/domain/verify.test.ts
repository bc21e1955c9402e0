import {describe, expect, test} from 'vitest';
import {draftOf, drive, packet, runId, stepDraft, uses} from './drive.ts';

const checks = [
	{name: 'test', command: 'npm test'},
	{name: 'lint', command: 'npm run lint'},
] as const;

const written = {touched: [{path: '/project/a.ts', how: 'written'}]} as const;

/** An agent that has changed a file of the project. */
const changed = (over: Parameters<typeof drive>[0] = {}) => {
	const driven = drive(over);
	driven.plan(draftOf(stepDraft('a')));
	driven.reply('scout-1', uses('write_file'));
	driven.weigh('scout-1', 0, 'write');
	driven.endCall('scout-1', 0, 'written', written);
	return driven;
};

/** The checks of the latest report run, and pass or not. */
const check = (driven: ReturnType<typeof drive>, ...passes: readonly boolean[]): void => {
	for (const [i, isGood] of passes.entries()) {
		driven.weigh('scout-1', i + 1, 'run');
		driven.endCall('scout-1', i + 1, isGood ? 'all good' : 'b.ts:3 is wrong', {isError: !isGood});
	}
};

const packetOf = (driven: ReturnType<typeof drive>) => {
	const {status} = driven.step('a');
	return status.kind === 'done' ? status.packet : undefined;
};

describe('a report of a step', () => {
	test('that changed files is VERIFIED once every check has passed', () => {
		const driven = changed();
		driven.finish('scout-1', {}, checks);
		expect(driven.step('a').status.kind).toBe('working');
		check(driven, true, true);
		expect(packetOf(driven)).toMatchObject({
			status: 'VERIFIED',
			reason: 'passed: test, lint',
			checks: [
				{name: 'test', command: 'npm test', outcome: 'ok', output: 'all good'},
				{name: 'lint', command: 'npm run lint', outcome: 'ok', output: 'all good'},
			],
		});
	});

	test('that changed nothing is UNVERIFIED, whatever the agent says, and no check runs', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a')));
		driven.finish('scout-1', {status: 'VERIFIED'}, checks);
		expect(packetOf(driven)).toMatchObject({status: 'UNVERIFIED', reason: 'nothing was changed, so no check ran'});
	});

	test('whose only files are deliverables needs no check', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', uses('write_file'));
		driven.weigh('scout-1', 0, 'write');
		driven.endCall('scout-1', 0, 'written', {touched: [{path: '/outputs/a.md', how: 'written'}]});
		driven.finish('scout-1', {}, checks);
		expect(packetOf(driven)?.status).toBe('UNVERIFIED');
	});

	test.each([
		['the project names no check', {}, []],
		['checks are switched off', {verification: 'off'}, checks],
	] as const)('is UNVERIFIED where %s', (reason, over, found) => {
		const driven = changed(over);
		driven.finish('scout-1', {}, found);
		expect(packetOf(driven)).toMatchObject({status: 'UNVERIFIED', reason});
	});

	test('goes back to the agent once when a check fails, with what it printed; then it is FAIL', () => {
		const driven = changed();
		driven.finish('scout-1', {}, checks);
		check(driven, false, true);
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			outcome: 'error',
			output: expect.stringContaining('b.ts:3 is wrong'),
		});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
		driven.finish('scout-1', {}, checks);
		check(driven, true, false);
		expect(packetOf(driven)).toMatchObject({status: 'FAIL', reason: 'failed checks: lint'});
		expect(driven.run().status).toMatchObject({kind: 'ended', outcome: 'failed'});
	});

	test('is FAIL at once when the agent has no turn left to mend it', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a', [], {toolBudget: 1})));
		driven.reply('scout-1', uses('write_file'));
		driven.weigh('scout-1', 0, 'write');
		driven.endCall('scout-1', 0, 'written', written);
		driven.finish('scout-1', {}, checks);
		check(driven, false, true);
		expect(packetOf(driven)?.status).toBe('FAIL');
	});

	test('whose checks were denied is UNVERIFIED and says which', () => {
		const driven = changed();
		driven.finish('scout-1', {}, checks);
		driven.weigh('scout-1', 1, 'run', {kind: 'ask', rule: 'commands ask'});
		driven.weigh('scout-1', 2, 'run', {kind: 'deny', rule: 'not here'});
		driven.answer('call', {kind: 'deny', reason: 'no'});
		expect(packetOf(driven)).toMatchObject({
			status: 'UNVERIFIED',
			reason: 'checks without a result: test (denied), lint (denied)',
		});
	});

	test('for review stays so when its checks pass', () => {
		const driven = changed();
		driven.finish('scout-1', {status: 'PENDING_REVIEW'}, checks);
		check(driven, true, true);
		expect(packetOf(driven)?.status).toBe('PENDING_REVIEW');
	});

	test('waits when a message comes in while it is checked', () => {
		const driven = changed();
		driven.finish('scout-1', {}, checks);
		driven.take({type: 'agent.message', runId, agentId: driven.agent('scout-1').id, text: 'And b.ts?'});
		check(driven, true, true);
		expect(driven.step('a').status.kind).toBe('working');
		expect(driven.events.at(-1)).toMatchObject({type: 'turn.started', delivers: ['message_t_1']});
	});

	test('is checked again, once, when the process died during a check', () => {
		const driven = changed({unknownOutcome: 'ask'});
		driven.finish('scout-1', {}, checks.slice(0, 1));
		driven.weigh('scout-1', 1, 'run');
		driven.take({type: 'recovery'});
		driven.weigh('scout-1', 2, 'run');
		driven.endCall('scout-1', 2);
		expect(packetOf(driven)).toMatchObject({status: 'VERIFIED', checks: [{outcome: 'ok'}]});
	});
});

describe('when another agent changes a file while the checks run', () => {
	const besides = () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a'), stepDraft('b')));
		for (const name of ['scout-1', 'scout-2']) driven.reply(name, uses('write_file'));
		driven.weigh('scout-1', 0, 'write');
		driven.endCall('scout-1', 0, 'written', written);
		driven.finish('scout-1', {}, checks.slice(0, 1));
		driven.weigh('scout-1', 1, 'run');
		driven.weigh('scout-2', 0, 'write');
		driven.endCall('scout-2', 0, 'written', written);
		driven.endCall('scout-1', 1, 'all good');
		return driven;
	};

	test('they run once more, and the step is VERIFIED by what they say then', () => {
		const driven = besides();
		expect(driven.step('a').status.kind).toBe('working');
		driven.weigh('scout-1', 2, 'run');
		driven.endCall('scout-1', 2, 'all good');
		expect(packetOf(driven)).toMatchObject({status: 'VERIFIED', checks: [{outcome: 'ok'}]});
	});

	test('and again the second time, the step is UNVERIFIED and says why', () => {
		const driven = besides();
		driven.reply('scout-2', uses('run_command'));
		driven.weigh('scout-1', 2, 'run');
		driven.weigh('scout-2', 0, 'run');
		driven.endCall('scout-2', 0);
		driven.endCall('scout-1', 2, 'all good');
		expect(packetOf(driven)).toMatchObject({
			status: 'UNVERIFIED',
			reason: 'files were changed by others while the checks ran',
		});
	});
});

test('a model cannot run a check of its own, nor pass one off', () => {
	const driven = changed();
	driven.reply('scout-1', uses('run_check', 'finish_step'));
	expect(driven.agent('scout-1').calls[0]?.status).toMatchObject({kind: 'ended', outcome: 'denied'});
	driven.weigh('scout-1', 1, 'control', undefined, {kind: 'finish', packet}, {checks});
	expect(driven.step('a').status.kind).toBe('working');
	expect(driven.agent('scout-1').calls.filter(({status}) => status.kind === 'proposed')).toHaveLength(2);
});
