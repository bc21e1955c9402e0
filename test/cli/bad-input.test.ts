import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {flotilla, makeRepository, start, temporary} from './flotilla.ts';

describe('bad input ends with a clear line and its exit code', () => {
	it.each([
		{what: 'an unknown flag', args: ['ls', '--jsn'], says: /jsn/},
		{what: 'a folder that is not there', args: ['run', 'x', '--dir', '/nowhere/at/all'], says: /no folder .*--dir/},
		{what: 'a file as the folder', args: ['run', 'x', '--dir', '/etc/hostname'], says: /not a folder/},
		{what: 'a goal without quotes', args: ['mend', 'the', 'roof'], says: /quotes/},
		{what: 'no goal', args: ['run'], says: /needs a goal/},
		{what: 'an unknown run', args: ['show', 'run_none'], says: /no runs yet|no run/},
		{what: 'a budget that is no number', args: ['run', 'x', '--budget', 'much'], says: /US dollars/},
		{what: 'Anthropic without a key', args: ['run', 'x', '--provider', 'anthropic'], says: /ANTHROPIC_API_KEY/},
		{
			what: 'a flag without an effect',
			args: ['resume', 'x', '--permissions', 'plan'],
			says: /--permissions.*flotilla resume/,
		},
		{what: 'an unknown task type', args: ['run', 'x', '--task-type', 'cooking'], says: /cooking/},
	])('$what', async ({args, says}) => {
		const {code, stderr, stdout} = await flotilla(args, {FLOTILLA_HOME: temporary('home')});
		expect(stderr + stdout).toMatch(says);
		expect(stderr).not.toMatch(/^\s+at /m);
		expect(code).toBe(2);
	});

	it('an unwritable state folder', async () => {
		const file = join(temporary('home'), 'a-file');
		writeFileSync(file, '');
		const {code, stderr} = await flotilla(['run', 'x', '--offline'], {FLOTILLA_HOME: join(file, 'state')});
		expect(stderr).toMatch(/FLOTILLA_HOME/);
		expect(code).toBe(2);
	});

	it('a configuration that is not valid', async () => {
		const dir = makeRepository();
		mkdirSync(join(dir, '.flotilla'));
		writeFileSync(join(dir, '.flotilla', 'config.yaml'), 'maxParallel: many\n');
		const {code, stderr} = await flotilla(['run', 'x', '--dir', dir], {FLOTILLA_HOME: temporary('home')});
		expect(stderr).toMatch(/config\.yaml[\s\S]*maxParallel/);
		expect(code).toBe(2);
	});

	it('a project that would have the key sent elsewhere', async () => {
		const dir = makeRepository();
		mkdirSync(join(dir, '.flotilla'));
		writeFileSync(join(dir, '.flotilla', 'config.yaml'), 'baseUrl: https://thief.example\n');
		const home = temporary('home');
		const env = {FLOTILLA_HOME: home, ANTHROPIC_API_KEY: 'a-key'};
		const {code, stderr} = await flotilla(['run', 'x', '--yes', '--dir', dir], env);
		expect(stderr).toMatch(/sets baseUrl, which a project may not decide/);
		expect(stderr).toContain(join(home, 'config.yaml'));
		expect(code).toBe(2);
	});

	it('a budget for a model whose price nobody knows, also when a run is taken up again', async () => {
		await using server = await startStandIn({script: fleet()});
		const env = {FLOTILLA_HOME: temporary('home'), ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'a-key'};
		const args = ['run', 'Survey', '--model', 'claude-next-9', '--dir', makeRepository()];
		const says = /no known price for claude-next-9.*cannot be kept/;
		const refused = await flotilla([...args, '--budget', '1'], env);
		expect(refused.stderr).toMatch(says);
		expect(refused.code).toBe(2);
		await flotilla(args, env);
		const again = await flotilla(['resume', 'last', '--budget', '1'], env);
		expect(again.stderr).toMatch(says);
		expect(again.code).toBe(2);
	});

	it('a state folder that another engine holds', async () => {
		const {takeLock} = await import('../../db/lock.ts');
		const home = temporary('home');
		const lock = takeLock(home);
		const {code, stderr} = await flotilla(['run', 'x', '--offline'], {FLOTILLA_HOME: home});
		lock.release();
		expect(stderr).toMatch(new RegExp(`process ${process.pid}`));
		expect(code).toBe(2);
	});
});

describe('what the vendor refuses', () => {
	const run = async (args: readonly string[], url: string, key = 'a-key') =>
		flotilla(['run', 'Survey', '--yes', '--dir', makeRepository(), ...args], {
			FLOTILLA_HOME: temporary('home'),
			ANTHROPIC_BASE_URL: url,
			ANTHROPIC_API_KEY: key,
		});

	it('an invalid key ends with 2 and says which variable to mend', async () => {
		await using server = await startStandIn({script: fleet()});
		const {code, stderr} = await run([], server.url, 'invalid');
		expect(stderr).toMatch(/ANTHROPIC_API_KEY/);
		expect(code).toBe(2);
	});

	it('an unknown model ends with 2 and names it', async () => {
		await using server = await startStandIn({script: fleet()});
		const {code, stderr} = await run(['--model', 'claude-nonsense-1'], server.url);
		expect(stderr).toMatch(/claude-nonsense-1/);
		expect(code).toBe(2);
	});

	it('a plan that is not JSON twice gives way to the template, and the run is done', async () => {
		await using server = await startStandIn({
			script: fleet([
				{when: request => request.schema !== undefined, reply: () => ({blocks: [{type: 'text', text: 'no plan'}]})},
			]),
		});
		const {code, stdout} = await run([], server.url);
		expect(stdout).toMatch(/template/);
		expect(code).toBe(0);
	});

	it('a plan with a cycle is named as such and mended or replaced', async () => {
		const step = {
			title: 't',
			role: 'analyst',
			objective: 'o',
			files: [],
			acceptance: ['a'],
			tier: 'haiku',
			toolBudget: 3,
		};
		const cyclic = {
			taskType: 'analysis',
			steps: [
				{...step, key: 'a', dependsOn: ['b']},
				{...step, key: 'b', dependsOn: ['a']},
			],
		};
		await using server = await startStandIn({
			script: fleet([
				{
					when: request => request.schema !== undefined,
					reply: () => ({blocks: [{type: 'text', text: JSON.stringify(cyclic)}]}),
				},
			]),
		});
		const {code, stdout} = await run([], server.url);
		expect(stdout).toMatch(/cycle/);
		expect(code).toBe(0);
	});

	it('a budget that does not hold the next turn ends with 3, and a larger one goes on', async () => {
		await using server = await startStandIn({script: fleet()});
		const env = {FLOTILLA_HOME: temporary('home'), ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'a-key'};
		const args = ['run', 'Survey', '--yes', '--budget', '0.01', '--dir', makeRepository()];
		expect((await flotilla(args, env)).code).toBe(3);
		const shown = JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout);
		expect(shown.usage.costUsd).toBeLessThanOrEqual(0.01);
		expect((await flotilla(['resume', 'last', '--budget', '20'], env)).code).toBe(0);
	});

	it('a budget that is lowered on resume holds before the first turn', async () => {
		await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 100, deltasPerSecond: 10})});
		const env = {FLOTILLA_HOME: temporary('home'), ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'a-key'};
		const first = start(['run', 'Survey', '--yes', '--json', '--dir', makeRepository()], env);
		await first.line(line => line.includes('"type":"step.started"'));
		first.child.kill('SIGKILL');
		await first.ended;
		const before = server.requests.length;
		expect((await flotilla(['resume', 'last', '--budget', '0.0001'], env)).code).toBe(3);
		expect(server.requests).toHaveLength(before);
	});
});
