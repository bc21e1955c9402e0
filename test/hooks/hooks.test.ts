import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {z} from 'zod';
import {hookText} from '../../source/boot/hook-text.ts';
import {presentSummary} from '../../source/boot/present.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {fromUsd} from '../../source/domain/money.ts';
import {openRequests, summarize} from '../../source/domain/run.ts';
import {systemClock} from '../../source/engine/clock.ts';
import type {Engine} from '../../source/engine/engine.ts';
import type {Listener} from '../../source/engine/port.ts';
import {createHooks, type HooksParts} from '../../source/hooks/create-hooks.ts';
import type {Hook, HookOn} from '../../source/hooks/hook.ts';
import {createRedactor} from '../../source/policy/redact.ts';
import {type ChildEnv, pickEnv} from '../../source/workspace/child-env.ts';
import {finish, inTurn, play, reading, serve, step, use} from '../fleet/play.ts';
import {isOver, makeFolder, raise, runId} from '../fleet/stage.ts';
import {makeEvents} from '../support/make-run.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {openRealFleet} from '../support/real-fleet.ts';

const hook = (on: HookOn, command: string, timeoutMs = 20_000): Hook => ({on, command, timeoutMs});

/** What the tests look at of what a hook reads. */
const told = z.object({
	version: z.literal(1),
	on: z.string(),
	event: z.looseObject({seq: z.number(), at: z.number(), runId: z.string(), cause: z.string(), type: z.string()}),
	run: z.looseObject({id: z.string(), goal: z.string(), dir: z.string(), status: z.string(), waiting: z.number()}),
});

/** Every line that hooks have appended to a file. */
const linesOf = (file: string): readonly string[] => {
	try {
		return readFileSync(file, 'utf8').split('\n').slice(0, -1);
	} catch {
		return [];
	}
};

const toldIn = (file: string) => linesOf(file).map(line => told.parse(JSON.parse(line)));

const env: ChildEnv = {PATH: process.env['PATH'] ?? '/usr/bin:/bin'};

/** Hooks over some fleet, closed after the test; all they say is kept. */
const open = (parts: Pick<HooksParts, 'port' | 'runOf'> & Partial<HooksParts>) => {
	const done: string[] = [];
	const problems: string[] = [];
	const hooks = createHooks({
		after: 0,
		hooks: () => [],
		envOf: () => env,
		describe: hookText,
		redact: text => createRedactor([]).text(text),
		timer: systemClock,
		onDone: words => done.push(words),
		onProblem: words => problems.push(words),
		...parts,
	});
	onTestFinished(() => hooks.close(0));
	return {hooks, done, problems};
};

const ofEngine = (engine: Engine) => ({port: engine, runOf: engine.run});

/** A made run whose events the test brings itself. */
const openMade = (configured: readonly Hook[], rest: Partial<HooksParts> = {}, dir = makeFolder()) => {
	const fleet = createMemoryFleet(makeEvents({dir, stage: 'proposed'}));
	const [first] = makeEvents({dir, stage: 'proposed'});
	if (first === undefined) throw new Error('A made run has events.');
	const listeners: Listener[] = [];
	const opened = open({
		port: {
			subscribe: (_, listener) => {
				listeners.push(listener);
				return () => void listeners.splice(listeners.indexOf(listener), 1);
			},
		},
		runOf: fleet.run,
		hooks: () => configured,
		...rest,
	});
	const bring = (...events: readonly Stamped['event'][]): void => {
		const batch = events.map((event, i): Stamped => ({...first, seq: 1000 + i, event}));
		for (const {onEvents} of listeners) onEvents(batch);
	};
	return {...opened, dir, fleet, bring, listeners};
};

const seen = (n = 1): Stamped['event'][] => Array.from({length: n}, () => ({type: 'run.winds_up'}));

const isGone = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return true;
	}
};

describe('hooks on a fleet at work', () => {
	test('run in the folder of the run, with its moments and events as JSON on standard input', async () => {
		const server = await serve(play([step('look', {role: 'analyst'})], {'Your step: look': inTurn(reading, finish())}));
		const file = join(makeFolder(), 'told');
		const dir = makeFolder({'README.md': '# A project\n'});
		const fleet = openRealFleet(server.url, dir, {standing: {plan: false, edits: true, calls: true}}, makeFolder());
		onTestFinished(() => fleet.close());
		const ons: readonly HookOn[] = ['needs_you', 'done', 'failed', 'budget', 'agent.finished', 'run.created'];
		const {hooks, done, problems} = open({
			...ofEngine(fleet.engine),
			hooks: () => ons.map(on => hook(on, `pwd > '${file}.pwd'; cat >> '${file}'`)),
		});
		const over = fleet.until(runId, isOver);
		const waits = fleet.until(runId, run => openRequests(run).length > 0);
		await fleet.engine.send({type: 'run.create', runId, goal: 'A goal', settings: fleet.settings});
		await waits;
		await fleet.engine.send({type: 'plan.approve', runId});
		const run = await over;
		await hooks.close(20_000);
		expect(problems).toEqual([]);
		expect(done).toHaveLength(linesOf(file).length);
		// Those of one batch run side by side.
		const all = toldIn(file).toSorted((a, b) => a.event.seq - b.event.seq);
		expect(all.map(({on, event}) => `${on}: ${event.type}`)).toEqual([
			'run.created: run.created',
			'needs_you: request.opened',
			'agent.finished: agent.finished',
			'agent.finished: agent.finished',
			'done: run.ended',
		]);
		expect(all[1]?.event).toMatchObject({runId, ask: {kind: 'plan'}});
		expect(all[1]?.run).toMatchObject({id: runId, goal: 'A goal', dir, status: 'waiting', waiting: 1});
		expect(all[4]?.run).toEqual(JSON.parse(JSON.stringify(presentSummary(summarize(run), 'done'))));
		expect(linesOf(`${file}.pwd`)).toEqual([dir]);
	});

	test('are told of a limit that is reached, and of a run that fails', async () => {
		const server = await serve(
			play([step('look')], {
				'Your step: look': inTurn(reading, {blocks: [use('finish_step', {status: 'FAIL', summary: 'No.'})]}),
			}),
		);
		const file = join(makeFolder(), 'told');
		const stage = await raise({at: server.url, settings: {standing: {plan: false, edits: true, calls: true}}});
		const {hooks} = open({
			...ofEngine(stage.fleet.engine),
			after: stage.fleet.log.newest(),
			hooks: () => [hook('budget', `cat >> '${file}'`), hook('failed', `cat >> '${file}'`)],
		});
		await stage.asked('plan');
		// Too little for the next turn.
		await stage.tell({type: 'budget.set', runId, scope: 'run', what: 'money', limit: stage.run().spent.money + 1});
		await stage.tell({type: 'plan.approve', runId});
		const {id: requestId} = await stage.asked('budget');
		await stage.tell({
			type: 'request.answer',
			runId,
			requestId,
			answer: {kind: 'raise', limit: fromUsd(100)},
		});
		await stage.until(isOver);
		await hooks.close(20_000);
		const ons = toldIn(file)
			.toSorted((a, b) => a.event.seq - b.event.seq)
			.map(({on, event}) => `${on}: ${event.type}`);
		expect(ons).toContain('budget: request.opened');
		expect(ons.at(-1)).toBe('failed: run.ended');
	});

	test('are never told again of what was before them', async () => {
		const server = await serve(play([step('look')], {'Your step: look': inTurn(finish())}));
		const stage = await raise({at: server.url, settings: {standing: {plan: false, edits: true, calls: true}}});
		await stage.asked('plan');
		const file = join(makeFolder(), 'told');
		const {hooks} = open({
			...ofEngine(stage.fleet.engine),
			after: stage.fleet.log.newest(),
			hooks: () => [hook('needs_you', `cat >> '${file}'`), hook('done', `cat >> '${file}'`)],
		});
		await stage.tell({type: 'plan.approve', runId});
		await stage.until(isOver);
		await hooks.close(20_000);
		expect(toldIn(file).map(({on}) => on)).toEqual(['done']);
	});

	test('do not hold up the fleet when they hang', async () => {
		const server = await serve(play([step('look')], {'Your step: look': inTurn(reading, finish())}));
		const stage = await raise({at: server.url});
		const {problems, hooks} = open({
			...ofEngine(stage.fleet.engine),
			after: stage.fleet.log.newest(),
			hooks: () => [hook('turn.started', 'sleep 300'), hook('call.started', 'sleep 300')],
		});
		expect((await stage.until(isOver)).status).toMatchObject({outcome: 'done'});
		await hooks.close(0);
		expect(problems.join('\n')).toMatch(/given up/);
		expect(problems.join('\n')).toMatch(/cut off, because Flotilla ended/);
	});
});

describe('a hook', () => {
	test('is read by a real program, whatever its size and whatever is in it', async () => {
		const {bring, hooks, dir, problems} = openMade([
			hook(
				'agent.messaged',
				`node -e "const e = JSON.parse(require('fs').readFileSync(0, 'utf8')); require('fs').writeFileSync('length', String(e.event.text.length))"`,
			),
			hook('agent.messaged', 'true'),
		]);
		const text = `"'\n\u001b]0;x\u0007é €${'x'.repeat(1_000_000)}`;
		bring({type: 'agent.messaged', agentId: 'agent_made01_1', messageId: 'message_1', text, from: 'person'});
		await hooks.close(20_000);
		// The second reads nothing of it, which is no problem either.
		expect(problems).toEqual([]);
		expect(readFileSync(join(dir, 'length'), 'utf8')).toBe(String(text.length));
	});

	test('sees which run and what for, and no key of ours', async () => {
		const names = ['ANTHROPIC_API_KEY', 'GITHUB_TOKEN', 'LOCAL_KEY', 'BASH_ENV'];
		const keys = Object.fromEntries(names.map(name => [name, 'sk-ant-secret']));
		const {bring, hooks, dir} = openMade([hook('run.winds_up', 'env > environment')], {
			envOf: () => pickEnv({...keys, PATH: env['PATH'], HOME: '/home/ada'}),
		});
		bring(...seen());
		await hooks.close(20_000);
		const environment = linesOf(join(dir, 'environment'));
		expect(environment).toEqual(
			expect.arrayContaining(['FLOTILLA_RUN=run_made01', 'FLOTILLA_EVENT=run.winds_up', 'HOME=/home/ada']),
		);
		expect(environment.join('\n')).not.toContain('secret');
	});

	test('that takes too long is ended with all it has started, and that is told', async () => {
		const {bring, dir, problems} = openMade([
			hook(
				'run.winds_up',
				'echo working; (trap "" TERM; sleep 300) & echo $! > pids; sleep 300 & echo $! >> pids; wait',
				2000,
			),
		]);
		bring(...seen());
		await expect.poll(() => problems, {timeout: 20_000}).toHaveLength(1);
		expect(problems[0]).toMatch(
			/^run_made01: hook on run.winds_up \(echo working; .*…\): ended, with all it had started, because it took longer than 2 s/,
		);
		expect(problems[0]).toContain('its last words: working');
		const pids = linesOf(join(dir, 'pids')).map(Number);
		expect(pids).toHaveLength(2);
		await expect.poll(() => pids.every(isGone), {timeout: 20_000}).toBe(true);
	});

	test.each([
		{
			// In two parts: no file of this project holds what looks like a secret.
			command: `echo "no display: sk-ant-${'api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789'}" >&2; exit 3`,
			says: /exit code 3 .*no display: .redacted:/,
		},
		{command: 'no-such-program-here', says: /exit code 127 .*not found/},
		{command: 'kill -9 $$', says: /ended by SIGKILL/},
		{command: 'printf "a\\0b"; echo "\u0000"', says: /not started: /},
	])('that fails is told in words, without secrets: $command', async ({command, says}) => {
		const {bring, hooks, problems, done} = openMade([hook('run.winds_up', command)]);
		bring(...seen());
		await hooks.close(20_000);
		expect(done).toEqual([]);
		expect(problems).toEqual([expect.stringMatching(says)]);
		expect(problems[0]).not.toContain('AbCdEf');
	});

	test('of a run whose folder is gone is not started, and that is told', async () => {
		const {bring, hooks, problems} = openMade([hook('run.winds_up', 'true')], {}, '/nowhere/at/all');
		bring(...seen());
		await hooks.close(20_000);
		expect(problems).toEqual([expect.stringMatching(/not started/)]);
	});
});

describe('many hooks', () => {
	test('run four at a time', async () => {
		const {bring, hooks, dir, done} = openMade([
			hook('run.winds_up', 'echo + >> count; until [ -e go ]; do sleep 0.02; done; echo - >> count'),
		]);
		bring(...seen(9));
		await expect.poll(() => linesOf(join(dir, 'count')).length, {timeout: 20_000}).toBe(4);
		writeFileSync(join(dir, 'go'), '');
		await hooks.close(20_000);
		expect(done).toHaveLength(9);
		let most = 0;
		let now = 0;
		for (const sign of linesOf(join(dir, 'count'))) {
			now += sign === '+' ? 1 : -1;
			most = Math.max(most, now);
		}
		expect(most).toBe(4);
	});

	test('wait up to a hundred; the newest are left out and that is told once, with the number at the end', async () => {
		const {bring, hooks, problems, done} = openMade([hook('run.winds_up', 'true')]);
		bring(...seen(130));
		expect(problems).toEqual([expect.stringMatching(/More than 100 hooks wait/)]);
		await hooks.close(60_000);
		expect(done).toHaveLength(100);
		expect(problems).toEqual([expect.any(String), '30 hooks were left out, for there was no room for them.']);
	});

	test('are given up when the engine ends and they take too long, and those that wait never begin', async () => {
		const {bring, hooks, dir, problems, done, listeners} = openMade([
			hook('run.winds_up', 'echo begun >> begun; sleep 300'),
		]);
		bring(...seen(6));
		await expect.poll(() => linesOf(join(dir, 'begun')).length, {timeout: 20_000}).toBe(4);
		await hooks.close(0);
		expect(listeners).toHaveLength(0);
		expect(linesOf(join(dir, 'begun'))).toHaveLength(4);
		expect(done).toEqual([]);
		expect(problems.filter(words => words.includes('cut off'))).toHaveLength(4);
		expect(problems).toContainEqual(expect.stringMatching(/^6 hooks were not done 0 s after the end/));
	});
});

describe('what is configured', () => {
	test('is read again when a run begins or is taken up, and stays when it cannot be', async () => {
		let configured = (): readonly Hook[] => [];
		const {bring, hooks, dir, problems} = openMade([], {hooks: () => configured()});
		configured = () => [hook('run.winds_up', 'cat >> told')];
		bring(...seen());
		bring({type: 'run.recovered', lostTurns: 0, lostCalls: 0});
		bring(...seen());
		configured = () => {
			throw new Error('The configuration is not valid.');
		};
		bring({type: 'run.recovered', lostTurns: 0, lostCalls: 0}, ...seen());
		await hooks.close(20_000);
		expect(toldIn(join(dir, 'told'))).toHaveLength(2);
		expect(problems).toEqual(['The hooks cannot be read. Those read before stay. The configuration is not valid.']);
	});
});

test('the newest event of a log is where its hooks begin', async () => {
	const server = await serve(play([step('look')], {'Your step: look': inTurn(finish())}));
	const stage = await raise({at: server.url});
	await stage.until(isOver);
	expect(stage.fleet.log.newest()).toBe(stage.events.at(-1)?.seq);
});
