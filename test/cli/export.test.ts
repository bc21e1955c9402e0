import {readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {takeLock} from '../../db/lock.ts';
import {fillHome} from './filled-home.ts';
import {flotilla, temporary} from './flotilla.ts';

const makeHome = (): string => {
	const home = temporary('home');
	onTestFinished(() => rmSync(home, {recursive: true, force: true}));
	return home;
};

const goal = 'Survey the harbour \u001b[31mand the pier\u009b';

const filled = (): {readonly home: string; readonly env: {FLOTILLA_HOME: string}} => {
	const home = makeHome();
	fillHome(home, [
		{runId: 'run_made1', steps: 5, goal},
		{runId: 'run_made2', steps: 3, stage: 'done'},
	]);
	return {home, env: {FLOTILLA_HOME: home}};
};

const show = async (env: {FLOTILLA_HOME: string}, run: string) =>
	JSON.parse((await flotilla(['show', run, '--json'], env)).stdout);

describe('export and import', () => {
	it('carry a run to another home, where it is the same run, set down', async () => {
		const {home, env} = filled();
		const file = join(home, 'run.jsonl');
		const exported = await flotilla(['export', 'made1', file], env);
		expect(exported).toMatchObject({code: 0, stderr: ''});
		expect(exported.stdout).toContain(`Exported run_made1 to ${file}`);
		expect(statSync(file).mode & 0o777).toBe(0o600);

		const other = {FLOTILLA_HOME: makeHome()};
		fillHome(other.FLOTILLA_HOME, [{runId: 'run_there', steps: 3}]);
		const imported = await flotilla(['import', file], other);
		expect(imported).toMatchObject({code: 0, stderr: ''});
		expect(imported.stdout).toMatch(/Nothing of it runs by itself/);
		expect(imported.stdout).toMatch(/harbour, which is not here, with the permissions "ask"/);
		const [here, there] = [await show(env, 'run_made1'), await show(other, 'run_made1')];
		const {lastEventAt: _, status: __, ...same} = there;
		expect(here).toMatchObject(same);
		const doctor = await flotilla(['doctor', '--offline'], other);
		expect(doctor.stdout).toMatch(/runs 2, events \d+, all whole/);

		const again = await flotilla(['import', file], other);
		expect(again.code).toBe(2);
		expect(again.stderr).toMatch(/a run of that id is here already.*Nothing has been imported/);
	});

	it('go through a pipe, with nothing in it that acts on a terminal', async () => {
		const {home, env} = filled();
		const {code, stdout} = await flotilla(['export', 'run_made1', '-'], env);
		expect(code).toBe(0);
		expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
		const file = join(home, 'piped.jsonl');
		writeFileSync(file, stdout);
		const other = {FLOTILLA_HOME: makeHome()};
		expect((await flotilla(['import', file], other)).code).toBe(0);
		expect((await show(other, 'run_made1')).goal).toBe(goal);
	});

	it('name the file by the run, and overwrite nothing', async () => {
		const {home, env} = filled();
		const first = await flotilla(['export', '--json'], env, home);
		expect(JSON.parse(first.stdout)).toEqual({
			version: 1,
			run: 'run_made2',
			file: join(home, 'run_made2.flotilla.jsonl'),
		});
		const second = await flotilla(['export'], env, home);
		expect(second.code).toBe(2);
		expect(second.stderr).toMatch(/run_made2\.flotilla\.jsonl.*nothing is overwritten/);
	});

	it('refuse a file that was changed on the way', async () => {
		const {home, env} = filled();
		const file = join(home, 'run.jsonl');
		await flotilla(['export', 'made1', file], env);
		writeFileSync(file, readFileSync(file, 'utf8').replace('Weigh the', 'Sink the'));
		const other = {FLOTILLA_HOME: makeHome()};
		const {code, stderr} = await flotilla(['import', file], other);
		expect(code).toBe(2);
		expect(stderr).toMatch(/run\.jsonl: its lines are not the ones that were written.*Nothing has been imported/);
		expect(readdirSync(other.FLOTILLA_HOME)).toEqual([]);
	});

	it.each([
		{args: ['import'], says: /needs a file/},
		{args: ['import', '/nowhere/at/all'], says: /Could not read \/nowhere/},
		{args: ['export', 'nosuchrun'], says: /no run "nosuchrun"/},
		{args: ['export', 'made1', 'a', 'b'], says: /takes two arguments; 3 were given/},
		{args: ['export', 'made1', '-', '--json'], says: /--json has no effect/},
		{args: ['export', 'made1', '/nowhere/at/all'], says: /Could not make \/nowhere/},
		{args: ['purge'], says: /needs a run or agent/},
		{args: ['purge', 'made1'], says: /add --yes/},
		{args: ['purge', 'agent_made1_99', '--yes'], says: /no agent agent_made1_99/},
	])('end with a clear line at $args', async ({args, says}) => {
		const {code, stderr} = await flotilla(args, filled().env);
		expect(stderr).toMatch(says);
		expect(stderr).not.toMatch(/^\s+at /m);
		expect(code).toBe(2);
	});

	it('and purging wait for an engine at work to end', async () => {
		const {home, env} = filled();
		const file = join(home, 'run.jsonl');
		await flotilla(['export', 'made1', file], env);
		const lock = takeLock(home);
		const answers = [await flotilla(['import', file], env), await flotilla(['purge', 'made1', '--yes'], env)];
		lock.release();
		for (const {code, stderr} of answers) {
			expect(stderr).toContain(`an engine is at work there (process ${process.pid})`);
			expect(code).toBe(2);
		}
	});
});

describe('purge', () => {
	it('removes what was said from what any command shows, and leaves the run whole', async () => {
		const {env} = filled();
		const before = await show(env, 'run_made1');
		const {code, stdout} = await flotilla(['purge', 'made1', '--yes'], env);
		expect(code).toBe(0);
		expect(stdout).toMatch(/Purged run_made1: events \d+/);
		const after = await show(env, 'run_made1');
		expect(after).toMatchObject({goal: '[purged]', status: before.status, usage: before.usage});
		expect(after.agents.map((agent: {status: string}) => agent.status)).toEqual(
			before.agents.map((agent: {status: string}) => agent.status),
		);
		expect((await flotilla(['logs', 'made1', '--json'], env)).stdout).not.toMatch(/harbour and|I read the harbour/);
		expect((await flotilla(['doctor', '--offline'], env)).stdout).toMatch(/all whole/);
	});

	it('of one agent leaves the others as they are', async () => {
		const {env} = filled();
		const scout = (await show(env, 'run_made1')).agents.find((agent: {role: string}) => agent.role === 'scout');
		expect((await flotilla(['purge', scout.id, '--yes'], env)).stdout).toMatch(/Purged scout-1/);
		const steps = (await show(env, 'run_made1')).plan.steps;
		expect(steps[0].result.summary).toBe('[purged]');
		expect(steps[1].title).toMatch(/^Weigh the/);
	});
});
