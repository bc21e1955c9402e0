import {mkdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {openRequests} from '../../source/domain/run.ts';
import {type Sandbox, type SandboxOrder, withoutSandbox} from '../../source/workspace/sandbox.ts';
import {chooseSandbox} from '../../source/workspace/sandbox-choice.ts';
import {never, testEnv} from '../workspace/temp-project.ts';
import {finish, inTurn, play, requestsOf, serve, step, use} from './play.ts';
import {hasAsk, isOver, makeFolder, raise, runId, type Stage} from './stage.ts';

const standing = {plan: true, edits: true, calls: false};

/** A sandbox whose commands are what they may reach: each word of the line is a host that it tries twice at once. */
const wishing = (): Sandbox => {
	const inner = withoutSandbox('A test needs none.');
	const wrap = async (order: SandboxOrder) => {
		const hosts = order.command.replace('reach ', '').split(' ');
		const answers = await Promise.all(
			hosts.map(async host => [...(await Promise.all([order.mayReach(host, 80), order.mayReach(host, 443)])), host]),
		);
		const again = await order.mayReach(hosts[0] ?? '', 8080);
		return inner.wrap({...order, command: `echo '${answers.join(' ')} again ${again}'`});
	};
	return {kind: 'bubblewrap', words: 'What a command wants is in its words.', wrap};
};

const raiseWith = async (sandbox: Sandbox, command: string, dir = makeFolder()) => {
	const server = await serve(
		play([step('reach', {role: 'builder'})], {
			'Your step': inTurn({blocks: [use('run_command', {command})]}, finish()),
		}),
	);
	const stage = await raise({
		at: server.url,
		dir,
		settings: {standing, verification: 'off'},
		parts: {sandbox: Promise.resolve(sandbox)},
	});
	const {id} = await stage.asked('call');
	await stage.tell({type: 'request.answer', runId, requestId: id, answer: {kind: 'approve'}});
	return {stage, result: () => requestsOf(server, 'Your step: reach')[1]?.newest.join('\n')};
};

const wishes = (stage: Stage) =>
	openRequests(stage.run()).flatMap(request => (hasAsk(request, 'network') ? [request] : []));

describe('a running command that wants to reach a host', () => {
	test('is asked about once for each host, and goes on with what the person says', async () => {
		const {stage, result} = await raiseWith(wishing(), 'reach one.example two.example');
		await stage.until(() => wishes(stage).length === 2);
		expect(wishes(stage).map(({ask}) => `${ask.host} ${ask.grant}`)).toEqual([
			'one.example fetch(one.example)',
			'two.example fetch(two.example)',
		]);
		const [one, two] = wishes(stage);
		if (one === undefined || two === undefined) throw new Error('Nobody asks.');
		await stage.tell({type: 'request.answer', runId, requestId: two.id, answer: {kind: 'deny', reason: 'no'}});
		await stage.tell({type: 'request.answer', runId, requestId: one.id, answer: {kind: 'approve'}});
		const run = await stage.until(isOver);
		expect(result()).toContain('true,true,one.example false,false,two.example again true');
		expect(run.requests.filter(request => hasAsk(request, 'network'))).toHaveLength(2);
		// A yes for once adds no rule.
		expect(run.grants).toEqual([]);
	});

	test('is not asked about what was granted for the run', async () => {
		const {stage, result} = await raiseWith(wishing(), 'reach one.example');
		await stage.until(() => wishes(stage).length === 1);
		const [one] = wishes(stage);
		if (one === undefined) throw new Error('Nobody asks.');
		await stage.tell({type: 'request.answer', runId, requestId: one.id, answer: {kind: 'approve', reach: 'run'}});
		const run = await stage.until(isOver);
		expect(result()).toContain('true,true,one.example again true');
		expect(run.grants).toMatchObject([{rule: 'fetch(one.example)', reach: 'run'}]);
	});

	test('takes its question back when its agent is killed', async () => {
		const {stage} = await raiseWith(wishing(), 'reach one.example');
		await stage.until(() => wishes(stage).length === 1);
		const {id: agentId} = stage.agent('Do reach.');
		await stage.tell({type: 'agent.kill', runId, agentId, reason: 'enough'});
		expect(wishes(stage)).toEqual([]);
		// The hands have let go: nothing waits for an answer any more.
		await stage.fleet.engine.stop();
		expect(stage.run().status).toMatchObject({outcome: 'failed'});
	});
});

const usual = await chooseSandbox({env: testEnv, home: '/nonexistent', hidden: [], abort: never});

test.skipIf(usual.kind === 'none')(`in the usual sandbox (${usual.kind}) a request waits for the answer`, async () => {
	mkdirSync('node_modules/.cache', {recursive: true});
	// Not under /tmp, of which every command has its own; the names lead nowhere.
	const dir = makeFolder({}, 'node_modules/.cache');
	const curl = ['one.invalid', 'two.invalid'].map(host => `curl -sS http://${host}/`).join('; ');
	const {stage, result} = await raiseWith(usual, curl, dir);
	for (const [host, answer] of [
		['one.invalid', {kind: 'approve'}],
		['two.invalid', {kind: 'deny', reason: 'no'}],
	] as const) {
		const {id, ask} = await stage.asked('network');
		expect(ask.host).toBe(host);
		await stage.tell({type: 'request.answer', runId, requestId: id, answer});
	}
	await stage.until(isOver);
	expect(result()).toContain('two.invalid is not on the list of hosts');
	expect(result()).not.toContain('one.invalid is not on the list of hosts');
});
