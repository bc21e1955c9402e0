import {describe, expect, test} from 'vitest';
import type {Effect} from '../../source/domain/effect.ts';
import type {Report} from '../../source/domain/report.ts';
import type {Bench, Hands, Work} from '../../source/engine/hands.ts';
import {createPerformer} from '../../source/engine/perform.ts';
import {makeRun} from '../support/make-run.ts';
import {openTempLog} from '../support/temp-log.ts';

const agentId = 'agent_1';
const callId = 'call_1';
const running: Work = {type: 'call.run', agentId, callId};
const ended: Report = {type: 'call.ended', agentId, callId, isError: false, output: '', touched: []};

const start = (hands: Hands) => {
	const log = openTempLog();
	const reports: Report[] = [];
	const defects: unknown[] = [];
	const performer = createPerformer({
		hands,
		log,
		onSignal: () => {},
		onReport: (_, report) => void reports.push(report),
		onDefect: error => void defects.push(error),
	});
	const run = makeRun();
	return {
		perform: (effect: Effect) => performer.perform(run, effect),
		stop: performer.stop,
		reports,
		defects,
	};
};

/** Hands at their bench until they are cut off, or let go. */
const waiting = () => {
	const benches: Bench[] = [];
	const gone = Promise.withResolvers<Report>();
	const hands: Hands = {
		perform: (_, bench) => {
			benches.push(bench);
			bench.abort.addEventListener('abort', () => gone.resolve(ended), {once: true});
			return gone.promise;
		},
	};
	const bench = (): Bench => {
		const [first] = benches;
		if (first === undefined) throw new Error('The hands were given nothing.');
		return first;
	};
	return {hands, benches, bench, letGo: () => gone.resolve(ended)};
};

describe('a piece of work', () => {
	test('that fails because the engine ends says so; one that was cut off before, or ends well all the same, does not', async () => {
		const failing: Hands = {
			perform: (work, {abort}) =>
				new Promise(resolve => {
					const report: Report = {...ended, callId: 'callId' in work ? work.callId : callId};
					abort.addEventListener('abort', () =>
						setImmediate(() => resolve({...report, isError: report.callId !== 'call_3'})),
					);
				}),
		};
		const {perform, stop, reports} = start(failing);
		for (const id of ['call_1', 'call_2', 'call_3'] as const) perform({type: 'call.run', agentId, callId: id});
		perform({type: 'abort', of: 'call_2'});
		await stop();
		expect(reports.map(report => [report.type === 'call.ended' && report.callId, 'isCut' in report])).toEqual([
			['call_2', false],
			['call_1', true],
			['call_3', false],
		]);
	});

	test('is cut off by its name, and only it; its report comes all the same', async () => {
		const {hands, benches} = waiting();
		const {perform, stop, reports} = start(hands);
		perform(running);
		perform({type: 'turn.ask', agentId, turnId: 'turn_1', last: false});
		perform({type: 'abort', of: 'turn_1'});
		expect(benches.map(({abort}) => abort.aborted)).toEqual([false, true]);
		perform({type: 'abort', of: 'turn_none'});
		await stop();
		expect(reports).toHaveLength(2);
	});

	test.each([
		[running, {type: 'call.ended', callId, isError: true, output: expect.stringContaining('no hands')}],
		[
			{type: 'call.weigh', agentId, callId},
			{type: 'call.weighed', callId, verdict: {kind: 'deny'}},
		],
		[
			{type: 'turn.ask', agentId, turnId: 'turn_1', last: false},
			{type: 'turn.replied', turnId: 'turn_1', reply: {kind: 'failed', failure: {kind: 'defect'}, usage: undefined}},
		],
		[
			{type: 'plan.draft', agentId, turnId: 'turn_1'},
			{type: 'turn.replied', turnId: 'turn_1'},
		],
		[
			{type: 'rule.keep', requestId: 'request_1', rule: 'bash(x)'},
			{type: 'rule.kept', requestId: 'request_1', rule: 'bash(x)', problem: expect.stringContaining('no hands')},
		],
	] as const)('whose hands throw is reported as a defect of ours: %j', async (work, report) => {
		const {perform, stop, reports, defects} = start({perform: () => Promise.reject(new Error('no hands'))});
		perform(work);
		await stop();
		expect(reports).toMatchObject([report]);
		expect(defects).toMatchObject([{message: 'no hands'}]);
	});

	test('is not begun once all is stopped, and what is under way is waited for', async () => {
		const {hands, benches, bench} = waiting();
		const {perform, stop, reports} = start(hands);
		perform(running);
		const stopped = stop();
		expect(bench().abort.aborted).toBe(true);
		perform({type: 'call.weigh', agentId, callId: 'call_2'});
		await stopped;
		expect(reports).toEqual([ended]);
		expect(benches).toHaveLength(1);
	});
});

describe('a running call that wants to reach a host', () => {
	const wants = (host: string): Report => ({type: 'call.wants', agentId, callId, host, grant: `fetch(${host})`});
	const wish = (bench: Bench, host: string): Promise<boolean> => bench.mayReach(host, `fetch(${host})`);

	test('asks once for each host, and all who wait, now or later, hear the one answer', async () => {
		const {hands, bench, letGo} = waiting();
		const {perform, stop, reports} = start(hands);
		perform(running);
		const answers = [wish(bench(), 'one.example'), wish(bench(), 'one.example'), wish(bench(), 'two.example')];
		expect(reports).toEqual([wants('one.example'), wants('two.example')]);
		perform({type: 'call.tell', callId, host: 'two.example', allowed: false});
		perform({type: 'call.tell', callId, host: 'one.example', allowed: true});
		perform({type: 'call.tell', callId: 'call_none', host: 'one.example', allowed: false});
		expect(await Promise.all(answers)).toEqual([true, true, false]);
		expect(await Promise.all([wish(bench(), 'one.example'), wish(bench(), 'two.example')])).toEqual([true, false]);
		expect(reports).toHaveLength(2);
		letGo();
		await stop();
	});

	test('hears no when it is cut off, and asks nothing after that', async () => {
		const {hands, bench} = waiting();
		const {perform, stop, reports} = start(hands);
		perform(running);
		const answer = wish(bench(), 'one.example');
		perform({type: 'abort', of: callId});
		expect(await answer).toBe(false);
		expect(await wish(bench(), 'two.example')).toBe(false);
		await stop();
		expect(reports).toEqual([wants('one.example'), ended]);
	});

	test('is refused at once when it is no running call', async () => {
		const {hands, bench} = waiting();
		const {perform, stop, reports} = start(hands);
		perform({type: 'turn.ask', agentId, turnId: 'turn_1', last: false});
		expect(await wish(bench(), 'one.example')).toBe(false);
		expect(reports).toEqual([]);
		await stop();
	});
});
