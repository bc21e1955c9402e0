import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {type StandIn, startStandIn} from '../support/stand-in/server.ts';
import {commandingFleet} from './commanding-fleet.ts';
import {flotilla, makeRepository, temporary} from './flotilla.ts';
import {openFlotilla} from './open-flotilla.ts';

const command = 'touch built';
const rule = 'bash(touch:*)';

const environment = (server: StandIn) => ({
	FLOTILLA_HOME: temporary('home'),
	ANTHROPIC_BASE_URL: server.url,
	ANTHROPIC_API_KEY: 'a-key',
});

const goal = (dir: string, ...flags: readonly string[]) => [
	...['run', 'Build', '--approve', 'plan', '--no-verify', '--dir', dir],
	...flags,
];

const configure = (dir: string, text: string): void => {
	mkdirSync(join(dir, '.flotilla'));
	writeFileSync(join(dir, '.flotilla', 'config.yaml'), text);
};

describe('rules', () => {
	it('of a flag let a command run that would ask, or refuse it', async () => {
		await using server = await startStandIn({script: commandingFleet(command)});
		const env = environment(server);
		const dir = makeRepository();
		const asked = await flotilla(goal(dir, '--ask', 'bash'), env);
		expect(asked.stderr).toMatch(/Open: builder-1: run_command: .*touch built/);
		expect(asked.code).toBe(4);
		expect(existsSync(join(dir, 'built'))).toBe(false);
		expect((await flotilla(goal(dir, '--deny', rule), env)).code).toBe(0);
		expect(existsSync(join(dir, 'built'))).toBe(false);
		expect((await flotilla(goal(dir, '--allow', rule), env)).code).toBe(0);
		expect(existsSync(join(dir, 'built'))).toBe(true);
	});

	it('that a project allows count once they are trusted, and until they change', async () => {
		await using server = await startStandIn({script: commandingFleet(command)});
		const env = environment(server);
		const dir = makeRepository();
		configure(dir, `rules: {allow: ["${rule}"], ask: [write]}\n`);
		const first = await flotilla(goal(dir), env);
		expect(first.stderr).toMatch(/1 allow rule of .*config\.yaml is ignored until `flotilla trust`/);
		expect(first.code).toBe(4);
		expect((await flotilla(['trust', '--dir', dir], env)).code).toBe(2);
		const trusted = await flotilla(['trust', '--dir', dir, '--yes'], env);
		expect(trusted.stderr).toContain(rule);
		expect(trusted.code).toBe(0);
		const second = await flotilla(goal(dir), env);
		expect(second.stderr).not.toMatch(/ignored/);
		expect(second.code).toBe(0);
		writeFileSync(join(dir, '.flotilla', 'config.yaml'), `rules: {allow: ["${rule}", bash]}\n`);
		expect((await flotilla(goal(dir), env)).stderr).toMatch(/2 allow rules .* are ignored/);
	});

	it('are written by a yes for always, shown before, and hold for the next run', async () => {
		await using server = await startStandIn({script: commandingFleet(command)});
		const env = environment(server);
		const dir = makeRepository();
		const asked = openFlotilla(goal(dir), env);
		await asked.until(`[w] always: ${rule}`, 60_000);
		asked.press('w\r');
		expect(await asked.exited).toBe(0);
		expect(readFileSync(join(dir, '.flotilla', 'config.yaml'), 'utf8')).toBe(`rules:\n  allow:\n    - ${rule}\n`);
		const next = await flotilla(goal(dir), env);
		expect(next.stderr).not.toMatch(/ignored/);
		expect(next.code).toBe(0);
	});
});

describe('a request that nobody answers', () => {
	it('is denied after its time where that was said, and the run goes on to its end', async () => {
		await using server = await startStandIn({script: commandingFleet(command)});
		const env = environment(server);
		const dir = makeRepository();
		const {code, stdout} = await flotilla(goal(dir, '--timeout', '0.02', '--on-timeout', 'deny'), env);
		expect(stdout).toMatch(/Nobody answered a request in time/);
		expect(code).toBe(0);
		expect(existsSync(join(dir, 'built'))).toBe(false);
	});
});

describe('bad rules, limits and providers end with 2 and a clear line', () => {
	it.each([
		{args: ['--allow', 'bash(npm *)'], says: /--allow: .*bash\(npm:\*\)/},
		{args: ['--limit', 'week.usd=1'], says: /Scopes: turn, agent, step, run, day/},
		{args: ['--timeout', 'soon'], says: /--timeout is a number of minutes/},
		{args: ['--provider', 'nearby'], says: /no provider "nearby"/},
		{args: ['--model', 'a', '--model', 'b'], says: /--model can only be set once/},
	])('$args', async ({args, says}) => {
		const {code, stderr} = await flotilla(['run', 'x', ...args], {FLOTILLA_HOME: temporary('home')});
		expect(stderr).toMatch(says);
		expect(code).toBe(2);
	});
});
