import {execFileSync} from 'node:child_process';
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {flotilla, launcher, makeRepository, start, temporary} from './flotilla.ts';

type Line = RunEvent & {readonly seq: number; readonly at: number; readonly runId: string};

const linesOf = (stdout: string): readonly Line[] =>
	stdout
		.trim()
		.split('\n')
		.map(text => {
			const line: Line = JSON.parse(text);
			return line;
		});

const goal = ['run', 'Survey this project', '--offline', '--yes', '--json'];

/** How many agents were at work at once, by the times of the events. */
const atOnceMost = (lines: readonly Line[]): number => {
	let now = 0;
	let most = 0;
	for (const line of lines) {
		if (line.type === 'step.started') most = Math.max(most, ++now);
		if (line.type === 'step.finished' || line.type === 'step.failed') now--;
	}
	return most;
};

describe('flotilla run on the offline model', () => {
	it('surveys a repository, and its figures are those of git and wc', async () => {
		const home = temporary('home');
		const dir = makeRepository();
		const {code, stdout} = await flotilla([...goal, '--dir', dir], {FLOTILLA_HOME: home});
		expect(code).toBe(0);
		const lines = linesOf(stdout);
		expect(lines.map(line => line.seq)).toEqual(lines.map((_, i) => i + 1));
		expect(atOnceMost(lines)).toBeGreaterThanOrEqual(2);

		const shell = (command: string): number =>
			Number(execFileSync('sh', ['-c', command], {cwd: dir, encoding: 'utf8'}));
		const report = readFileSync(join(home, 'runs', lines[0]?.runId ?? '', 'outputs', 'report.md'), 'utf8');
		expect(report).toContain(`| Files | ${shell('git ls-files | wc -l')} |`);
		expect(report).toContain(`| Lines | ${shell('git ls-files -z | xargs -0 cat | wc -l')} |`);
		expect(report).toContain('boats.js:2');
		expect(lines.find(line => line.type === 'run.ended')).toMatchObject({outcome: 'done'});
		expect(statSync(join(home, 'flotilla.db')).mode & 0o777).toBe(0o600);
	});

	it('is taken up after kill -9, does no finished step again, and replay shows the same end', async () => {
		const env = {FLOTILLA_HOME: temporary('home')};
		const first = start([...goal, '--dir', makeRepository()], env);
		await first.line(line => line.includes('"type":"step.finished"'));
		first.child.kill('SIGKILL');
		await first.ended;
		const {runs: listed} = JSON.parse((await flotilla(['ls', '--json'], env)).stdout);
		expect(listed).toMatchObject([{status: 'interrupted', steps: {failed: 0}}]);

		const {code} = await flotilla(['resume', 'last', '--json'], env);
		expect(code).toBe(0);
		const lines = linesOf((await flotilla(['logs', 'last', '--json'], env)).stdout);
		expect(lines.filter(line => line.type === 'run.recovered')).toHaveLength(1);
		const finished = lines.flatMap(line => (line.type === 'step.finished' ? [line.stepId] : []));
		const started = lines.flatMap(line => (line.type === 'step.started' ? [line.stepId] : []));
		expect(new Set(finished).size).toBe(finished.length);
		expect([...started].sort()).toEqual([...finished].sort());
		const callsStarted = lines.flatMap(line => (line.type === 'call.started' ? [line.callId] : []));
		expect(new Set(callsStarted).size).toBe(callsStarted.length);

		const shown = await flotilla(['show', 'last', '--json'], env);
		const replayed = await flotilla(['replay', 'last', '--json'], env);
		expect(JSON.parse(replayed.stdout)).toEqual(JSON.parse(shown.stdout));
		expect(JSON.parse(shown.stdout)).toMatchObject({status: 'done', usage: {costUsd: 0, reservedUsd: 0}});
	});

	it('waits for a person with exit code 4, and goes on when resumed with --yes', async () => {
		const env = {FLOTILLA_HOME: temporary('home')};
		const dir = makeRepository();
		const waiting = await flotilla(['run', 'Survey', '--offline', '--dir', dir], env);
		expect(waiting.code).toBe(4);
		expect(JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout)).toMatchObject({
			status: 'waiting',
			requests: [{kind: 'plan', status: 'open'}],
		});
		expect(waiting.stderr).toContain('--yes');
		await flotilla(['run', 'Survey again', '--offline', '--dir', makeRepository()], env);
		const [newest, oldest] = JSON.parse((await flotilla(['ls', '--json'], env)).stdout).runs;
		const told = linesOf((await flotilla(['logs', 'planner-1', '--json'], env)).stdout);
		expect(new Set(told.map(line => line.runId))).toEqual(new Set([newest.id]));
		// Without a name, the unfinished run of this folder is meant, not a newer one of another.
		expect((await flotilla(['resume', '--yes'], env, dir)).code).toBe(0);
		expect((await flotilla(['show', oldest.id], env)).stdout).toMatch(/Produced:\n.*report\.md {2}\(/);
		expect((await flotilla(['resume', oldest.id], env)).stderr).toContain('nothing to take up');
		// Whoever reads only the first line has read well.
		const pipe = `"$0" "$1" logs ${oldest.id} --json | head -n 1 > /dev/null; echo "\${PIPESTATUS[0]}"`;
		const shell = {env: {...env, PATH: process.env['PATH'], FLOTILLA_NO_DAEMON: '1'}, encoding: 'utf8'} as const;
		expect(execFileSync('bash', ['-c', pipe, process.execPath, launcher], shell).trim()).toBe('0');
	});

	it('gives the goal to one agent of a role, and refuses at once a role that there is not', async () => {
		const env = {FLOTILLA_HOME: temporary('home')};
		const dir = makeRepository();
		const unknown = await flotilla(['run', 'Look around', '--offline', '--role', 'cook', '--dir', dir], env);
		expect(unknown.code).toBe(2);
		expect(unknown.stderr).toMatch(/There is no role "cook": --role is one of analyst, .*scout/);
		expect(JSON.parse((await flotilla(['ls', '--json'], env)).stdout).runs).toEqual([]);

		const asked = await flotilla(['run', 'Find the boats', '--offline', '--role', 'scout', '--dir', dir], env);
		expect(asked.code).toBe(4);
		expect(asked.stdout).toContain('A plan of one step for one scout is proposed.');
		const {code, stdout} = await flotilla(['resume', '--yes', '--json'], env, dir);
		expect(code).toBe(0);
		expect(linesOf(stdout).flatMap(line => (line.type === 'agent.created' ? [line.name] : []))).toEqual(['scout-1']);
		const shown = JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout);
		expect(shown).toMatchObject({status: 'done', plan: {steps: [{role: 'scout', objective: 'Find the boats'}]}});
	});

	it('says that it failed where it is given to a role that only a real model can play', async () => {
		const env = {FLOTILLA_HOME: temporary('home')};
		const {code, stderr} = await flotilla([...goal, '--role', 'builder', '--dir', makeRepository()], env);
		expect(code).toBe(1);
		expect(stderr).toContain('The offline model cannot do the work of a builder');
		const shown = await flotilla(['show', 'last'], env);
		expect(shown.stdout).toContain('the work of a builder is not done');
	});

	it('is done without a terminal when told to approve unattended, as npm start is', async () => {
		const {code} = await flotilla(['Survey this', '--unattended', 'approve', '--dir', makeRepository()], {
			FLOTILLA_HOME: temporary('home'),
		});
		expect(code).toBe(0);
	});
});
