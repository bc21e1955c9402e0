import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {withFaults} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {type StandIn, startStandIn} from '../support/stand-in/server.ts';
import {flotilla, makeRepository, temporary} from './flotilla.ts';

const environment = (server: StandIn) => ({
	FLOTILLA_HOME: temporary('home'),
	ANTHROPIC_BASE_URL: server.url,
	ANTHROPIC_API_KEY: 'a-key',
});

const goal = (...flags: readonly string[]) => ['run', 'Survey', '--yes', '--dir', makeRepository(), ...flags];

const shown = async (env: Readonly<Record<string, string>>) =>
	JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout);

describe('a limit that is reached without a terminal', () => {
	it('of the day ends with 3, names the command that raises it, and that command goes on', async () => {
		await using server = await startStandIn({script: fleet()});
		const env = environment(server);
		const first = await flotilla(goal('--limit', 'day.usd=0.01'), env);
		expect(first.code).toBe(3);
		expect(await shown(env)).toMatchObject({
			status: 'waiting',
			limits: [{scope: 'day', unit: 'usd', limit: 0.01, held: 0}],
			requests: [{kind: 'budget', status: 'open'}],
		});
		const raise = /flotilla resume (\S+) --limit day\.usd=(\S+)/.exec(first.stderr);
		expect(raise).not.toBeNull();
		expect((await flotilla(['resume', 'last'], env)).code).toBe(3);
		expect((await flotilla(['resume', 'last', '--limit', 'day.usd=20'], env)).code).toBe(0);
		const done = await shown(env);
		expect(done).toMatchObject({status: 'done', limits: [{limit: 20, held: 0}]});
		// What one run used of the day, the next one lacks.
		const next = await flotilla(goal('--limit', `day.usd=${done.limits[0].used}`), env);
		expect(next.code).toBe(3);
		expect((await flotilla(['show', 'last'], env)).stdout).toMatch(/Limits:\n {2}day\.usd: \$\S+ of \$/);
	});

	it('of every agent ends with 3 when nobody else can go on, and is not changed on resume', async () => {
		await using server = await startStandIn({script: fleet()});
		const env = environment(server);
		const {code, stderr} = await flotilla(goal('--limit', 'agent.turns=1'), env);
		expect(stderr).toMatch(/scout-1: the limit agent\.turns of 1 turns is reached/);
		expect(code).toBe(3);
		expect((await shown(env)).status).toBe('waiting');
		const refused = await flotilla(['resume', 'last', '--limit', 'agent.turns=9'], env);
		expect(refused.stderr).toMatch(/--limit agent\.turns is set when a run is started/);
		expect(refused.code).toBe(2);
	});
});

describe('a run that has failed', () => {
	it('is taken up with another limit of the day', async () => {
		await using server = await startStandIn({script: withFaults(fleet(), {2: {status: 400}})});
		const env = environment(server);
		expect((await flotilla(goal(), env)).code).toBe(1);
		expect((await flotilla(['resume', 'last', '--limit', 'day.usd=50', '--budget', '40'], env)).code).toBe(0);
		expect((await shown(env)).limits).toMatchObject([
			{scope: 'run', limit: 40},
			{scope: 'day', limit: 50},
		]);
	});
});

describe('a run that has ended, taken up with a lower limit', () => {
	it('starts nothing that the limit does not allow', async () => {
		await using server = await startStandIn({script: withFaults(fleet(), {2: {status: 400}})});
		const env = environment(server);
		expect((await flotilla(goal(), env)).code).toBe(1);
		expect((await flotilla(['resume', 'last', '--limit', 'run.turns=1'], env)).code).toBe(3);
		const {stdout} = await flotilla(['logs', '--json'], env);
		const types = stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).type]));
		expect(types.slice(types.lastIndexOf('run.resumed'))).not.toContain('turn.started');
	});
});

describe('a provider that asks to wait', () => {
	it('is waited for with a line that says which, why and until when, and the run is done', async () => {
		const busy = {status: 429, headers: {'retry-after': '1'}};
		await using server = await startStandIn({script: withFaults(fleet(), {3: busy})});
		const env = environment(server);
		const {code, stdout} = await flotilla(goal(), env);
		expect(stdout).toMatch(/anthropic is paused for 1s, throttled: .* It goes on at \d\d:\d\d:\d\d\./);
		expect(code).toBe(0);
		expect((await shown(env)).lanes).toMatchObject([{name: 'anthropic', state: 'open'}]);
	});

	it('that has no credit left closes its lane: exit 4, never done, and resume tries it again', async () => {
		const broke = {status: 402, type: 'billing_error', message: 'credit balance too low'};
		await using server = await startStandIn({script: withFaults(fleet(), {2: broke, 3: broke})});
		const env = environment(server);
		const first = await flotilla(goal(), env);
		expect(first.code).toBe(4);
		expect(first.stderr).toMatch(/the lane anthropic is closed: .*try again with: flotilla resume/);
		expect(first.stdout + first.stderr).not.toMatch(/run is done|\bdone \(/);
		expect(await shown(env)).toMatchObject({
			status: 'waiting',
			lanes: [{state: 'closed', failure: {kind: 'quota'}}],
			requests: [{kind: 'lane', blocks: expect.arrayContaining(['scout'])}],
		});
		const second = await flotilla(['resume', 'last'], env);
		expect(second.stderr).toMatch(/anthropic was closed \(quota\); it is tried again/);
		expect(second.code).toBe(4);
		expect((await flotilla(['resume', 'last'], env)).code).toBe(0);
	});
});

describe('models of two providers', () => {
	it('are asked at their own addresses with their own keys, also when the run is taken up again', async () => {
		await using near = await startStandIn({script: fleet()});
		await using far = await startStandIn({script: fleet()});
		const env = {...environment(far), NEAR_KEY: 'another-key'};
		const {NEAR_KEY: _, ...poor} = env;
		mkdirSync(env.FLOTILLA_HOME, {recursive: true});
		writeFileSync(
			join(env.FLOTILLA_HOME, 'config.yaml'),
			`providers: {near: {baseUrl: "${near.url}", keyEnv: NEAR_KEY}}\ntiers: {haiku: near/claude-haiku-4-5}\n`,
		);
		const refused = await flotilla(goal(), poor);
		expect(refused.stderr).toMatch(/near.*Set NEAR_KEY/);
		expect(refused.code).toBe(2);
		expect((await flotilla(['run', 'Survey', '--dir', makeRepository()], env)).code).toBe(4);
		expect((await flotilla(['resume', 'last', '--yes'], poor)).stderr).toMatch(/was started with.*Set NEAR_KEY/);
		const {stderr} = await flotilla(['resume', 'last', '--yes'], {...env, NEAR_KEY: 'invalid'});
		expect(stderr).toMatch(/Check the key in NEAR_KEY/);
		expect((await flotilla(['resume', 'last', '--yes'], env)).code).toBe(0);
		const {agents} = await shown(env);
		const lanes = new Set(agents.map(({provider}: {readonly provider: string}) => provider));
		expect(lanes).toEqual(new Set(['anthropic', 'near']));
		expect(near.requests.length).toBeGreaterThan(0);
		expect(new Set(near.requests.map(({model}) => model))).toEqual(new Set(['claude-haiku-4-5']));
		expect(far.requests.map(({model}) => model)).not.toContain('claude-haiku-4-5');
	});
});
