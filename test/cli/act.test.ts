import {describe, expect, it, onTestFinished} from 'vitest';
import {type Background, openBackground} from '../background/background.ts';
import {systemSays} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {flotilla, makeRepository} from './flotilla.ts';

/** A fleet whose scout is held up before it says anything, and then asks a question. */
const heldUp = () => {
	const asked = Promise.withResolvers<void>();
	const held = Promise.withResolvers<void>();
	const script = fleet([
		{
			when: request => systemSays('your role: scout')(request) && request.turns === 0,
			reply: async () => {
				asked.resolve();
				await held.promise;
				const input = {question: 'Which boats?', choices: ['all', 'the red ones']};
				return {blocks: [{type: 'tool_use', name: 'ask_person', input}]};
			},
		},
	]);
	return {script, asked: asked.promise, release: held.resolve};
};

/** Starts a run that then waits for a yes to its plan. */
const begin = async (run: Background['run']): Promise<void> => {
	const {code, stderr} = await run('run', 'Survey', '--non-interactive');
	expect(stderr).toContain('Approve the plan?');
	expect(code).toBe(4);
};

/** What a verb prints for scripts, with how it ends. */
const told = async (run: Background['run'], ...args: readonly string[]) => {
	const {code, stdout} = await run(...args, '--json');
	return {exitCode: code, ...JSON.parse(stdout)};
};

describe('verbs that act', () => {
	it('take a run from its plan to its end without a window', async () => {
		const {script, asked, release} = heldUp();
		await using server = await startStandIn({script});
		const {run} = openBackground(server, makeRepository());
		await begin(run);
		expect(await run('continue')).toMatchObject({
			code: 1,
			stdout: '',
			stderr: expect.stringMatching(
				/^(run_\w+) was not paused: it waits for your answer to a request: flotilla inbox --run \1\.\n$/,
			),
		});

		const approved = await told(run, 'approve', '--all');
		expect(approved).toMatchObject({exitCode: 0, version: 1, done: true, refused: [], left: []});
		expect(approved.subjects).toEqual([`request_${approved.run.slice('run_'.length)}_1`]);
		await asked;

		expect(await run('send', 'scout-1', 'Mind the tide')).toMatchObject({
			code: 0,
			stdout: 'Sent to scout-1, which reads it with its next turn.\n',
		});
		expect(await run('pause', 'scout-1')).toMatchObject({code: 0, stdout: 'Paused scout-1.\n'});
		const twice = await run('pause', 'scout-1');
		expect(twice).toMatchObject({code: 1, stdout: '', stderr: 'scout-1 is paused already.\n'});
		expect((await run('continue', 'scout-1')).code).toBe(0);
		expect((await run('kill', 'scout-7')).code).toBe(2);
		const created = await told(run, 'create', 'Count the ropes', '--role', 'analyst');
		expect(created).toMatchObject({exitCode: 0, done: true, subject: expect.stringMatching(/^agent_\w+_\d+$/)});

		release();
		// It follows the run until only a person can help.
		expect((await run('resume', 'last', '--non-interactive')).code).toBe(4);
		const all = await run('approve', '--all');
		expect(all.code).toBe(4);
		expect(all.stderr).toMatch(/Left open, for a bare yes is no answer: request_\w+_2\./);
		expect((await run('approve', '2')).stderr).toMatch(/flotilla reply request_\w+_2/);
		expect(await told(run, 'reply', '2', '2')).toMatchObject({exitCode: 0, done: true});
		expect(await told(run, 'reply', '2', '1')).toMatchObject({exitCode: 1, done: false, code: 'stale'});

		expect((await run('resume', 'last')).code).toBe(0);
		const shown = JSON.parse((await run('show', 'last', '--json')).stdout);
		expect(shown).toMatchObject({status: 'done', requests: [{kind: 'plan'}, {kind: 'question', status: 'answered'}]});
		expect(server.requests.some(({newest}) => newest.some(text => text.includes('the red ones')))).toBe(true);
		expect(JSON.stringify(server.requests)).toContain('Mind the tide');
		expect((await run('stop', 'last')).code).toBe(1);

		// No engine is needed to hear that it is over.
		expect((await run('engine', 'stop')).code).toBe(0);
		const over = /^run_\w+ has ended: it is done \(.*\)\. `flotilla show run_\w+` shows it\.\n$/;
		for (const words of [['pause'], ['continue'], ['interrupt', 'scout-1'], ['send', 'scout-1', 'Hello']])
			expect(await run(...words)).toMatchObject({code: 1, stdout: '', stderr: expect.stringMatching(over)});
		expect((await run('approve', '--all')).stderr).toMatch(over);
		expect(await told(run, 'pause')).toMatchObject({exitCode: 1, done: false, code: 'not_now'});
		expect(await told(run, 'engine', 'status')).toMatchObject({running: false});
	});

	it('that stop something start nothing of a run that nobody carries', async () => {
		const {script, asked, release} = heldUp();
		await using server = await startStandIn({script});
		onTestFinished(() => release());
		const {run, home} = openBackground(server, makeRepository());
		await begin(run);
		expect((await run('approve', 'scout', 'step_2')).stdout).toMatch(/^Approved the step scout\.\nApproved the step/);
		await asked;
		await run('engine', 'stop');
		const before = server.requests.length;

		const paused = await run('kill', 'scout-1', '--reason', 'it is too slow');
		expect(paused).toMatchObject({code: 0, stdout: 'Killed scout-1.\n'});
		expect(paused.stderr).toMatch(/Nobody carried run_\w+, so it is paused/);
		await run('engine', 'stop');
		// A run that ends needs no key any more.
		const stopped = await flotilla(['stop', 'last', '--reason', 'enough'], {
			FLOTILLA_HOME: home,
			FLOTILLA_NO_DAEMON: '',
		});
		expect(stopped).toMatchObject({code: 0, stdout: expect.stringMatching(/^Stopped run_\w+\.\n$/)});

		expect(server.requests).toHaveLength(before);
		const shown = JSON.parse((await run('show', 'last', '--json')).stdout);
		expect(shown).toMatchObject({status: 'stopped'});
	});

	it('store what was said and start nothing when there is no background', async () => {
		await using server = await startStandIn({script: fleet()});
		const {run} = openBackground(server, makeRepository());
		expect((await run('run', 'Survey', '--non-interactive', '--no-daemon')).code).toBe(4);
		const before = server.requests.length;
		const approved = await run('approve', '--all', '--no-daemon');
		expect(approved).toMatchObject({code: 0, stderr: expect.stringMatching(/`flotilla resume run_\w+` lets it go on/)});
		expect((await run('continue', '--no-daemon')).code).toBe(2);
		expect(server.requests).toHaveLength(before);
		expect((await run('resume', 'last', '--no-daemon')).code).toBe(0);
	});
});
