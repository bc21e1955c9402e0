import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, statfsSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Sqlite from 'better-sqlite3';
import {expect, onTestFinished, test} from 'vitest';
import {checkDatabase} from '../../db/check-database.ts';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase, openForReading} from '../../db/open.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {PlanDraft} from '../../source/domain/plan.ts';
import type {Report} from '../../source/domain/report.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {createEngine} from '../../source/engine/engine.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {NotStored} from '../../source/engine/storage-trouble.ts';
import {makeRun} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {finishing, type Rule, scriptedHands} from '../support/scripted-hands.ts';

/** A plan of steps beside each other. */
const draftOf = (keys: readonly string[], objective = 'look'): PlanDraft => ({
	taskType: 'analysis',
	steps: keys.map(key => ({
		key,
		title: key,
		role: 'analyst',
		objective,
		files: [],
		acceptance: ['done'],
		dependsOn: [],
		tier: 'sonnet' as const,
		toolBudget: 5,
	})),
});

const planning =
	(draft: PlanDraft): Rule =>
	work =>
		work.type !== 'plan.draft'
			? undefined
			: {
					type: 'plan.drafted',
					agentId: work.agentId,
					turnId: work.turnId,
					reply: {kind: 'done', content: [{type: 'text', text: '{}'}], stopReason: 'end_turn', usage: noUsage},
					draft,
					problems: [],
					template: draft,
				};

/** Turns end when the test says so. */
const createGate = () => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const asked = Promise.withResolvers<(signal: Signal) => void>();
	const rule: Rule = async (work, bench) => {
		if (work.type === 'turn.ask') {
			asked.resolve(bench.signal);
			const cut = new Promise<void>(go => bench.abort.addEventListener('abort', () => go(), {once: true}));
			await Promise.race([promise, cut]);
		}
		const report: Report | Promise<Report> | undefined = finishing(work, bench);
		if (report === undefined) throw new Error(`The test has no rule for ${work.type}.`);
		return report;
	};
	return {rule, asked: asked.promise, open: () => resolve()};
};

const temporary = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-storage-'));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};

const start = (log: EventLog, rules: readonly Rule[]) => {
	const clock = createManualClock();
	const defects: unknown[] = [];
	const signals: Signal[] = [];
	let run: Run | undefined;
	const waiting = new Set<() => void>();
	const look = (): void => {
		for (const check of [...waiting]) check();
	};
	const engine = createEngine({
		log,
		hands: scriptedHands(...rules),
		clock,
		redact: message => message,
		onDefect: error => {
			defects.push(error);
			look();
		},
	});
	engine.subscribe(
		{after: 0, runId: 'run_a'},
		{
			onEvents: batch => {
				for (const stamped of batch) run = evolve(run, stamped);
				look();
			},
			onSignal: signal => {
				signals.push(signal);
				look();
			},
		},
	);
	const until = (met: () => boolean): Promise<void> =>
		new Promise(resolve => {
			const check = (): void => {
				if (!met()) return;
				waiting.delete(check);
				resolve();
			};
			waiting.add(check);
			check();
		});
	const create = () =>
		engine.send({
			type: 'run.create',
			runId: 'run_a',
			goal: 'a goal',
			settings: {...makeRun().settings, standing: {plan: true, edits: true, calls: true}},
		});
	const weather = () => signals.filter(signal => signal.type === 'storage').map(({state}) => state);
	return {engine, clock, defects, signals, weather, until, create, run: () => run};
};

/** A log whose appends fail as long as the test wants. */
const failing = (log: EventLog, problem: () => StorageProblem | undefined) => {
	let attempts = 0;
	return {
		attempts: () => attempts,
		log: {
			...log,
			append: (...args: Parameters<EventLog['append']>) => {
				attempts++;
				const error = problem();
				if (error !== undefined) throw error;
				return log.append(...args);
			},
		} satisfies EventLog,
	};
};

const full = new StorageProblem('SQLITE_FULL', 'store what happened', 'the disk is full', 'Free some space.');

const isDone = (run: Run | undefined): boolean => run?.status.kind === 'ended' && run.status.outcome === 'done';

test('while another process locks the database the fleet stands still, says so, and then goes on where it was', async () => {
	const file = join(temporary(), 'flotilla.db');
	const log = createEventLog(openDatabase(file));
	const gate = createGate();
	const {engine, clock, defects, signals, weather, until, create, run} = start(log, [
		planning(draftOf(['one', 'two', 'three'])),
		gate.rule,
	]);
	await create();
	const whisper = await gate.asked;
	const before = engine.run('run_a');

	const other = new Sqlite(file);
	other.exec('BEGIN IMMEDIATE');
	gate.open();
	await until(() => weather().length > 0);
	const told = signals.find(signal => signal.type === 'storage');
	expect(told).toMatchObject({state: 'waiting', message: expect.stringMatching(/stands still.*keeps it locked/)});
	expect(await engine.send({type: 'run.pause', runId: 'run_a'})).toMatchObject({
		code: 'storage',
		message: expect.stringMatching(/not done.*keeps it locked/),
	});
	expect(engine.run('run_a')).toBe(before);
	whisper({type: 'turn.delta', runId: 'run_a', agentId: 'agent_a_2', turnId: 'turn_a_2', kind: 'text', text: 'hm'});
	expect(signals.at(-1)).toMatchObject({type: 'turn.delta'});
	const late: Signal[] = [];
	engine.subscribe({after: 0, runId: 'run_other'}, {onEvents: () => {}, onSignal: signal => late.push(signal)});
	expect(late).toMatchObject([{type: 'storage', state: 'waiting'}]);

	clock.advance(250);
	expect(engine.run('run_a')).toBe(before);
	other.exec('ROLLBACK');
	clock.advance(500);
	await until(() => isDone(run()));
	expect(weather()).toEqual(['waiting', 'well']);
	expect(late.at(-1)).toMatchObject({state: 'well'});
	expect(engine.run('run_a')).toEqual(run());
	expect(defects).toEqual([]);
	other.close();
	await engine.stop();
	log.close();
});

test('it tries again after a quarter of a second, then after twice as long each time, up to five seconds', async () => {
	let problem: StorageProblem | undefined;
	const real = createEventLog(openDatabase(join(temporary(), 'flotilla.db')));
	const {log, attempts} = failing(real, () => problem);
	const gate = createGate();
	const {engine, clock, weather, until, create, run} = start(log, [planning(draftOf(['one'])), gate.rule]);
	await create();
	await gate.asked;
	problem = full;
	gate.open();
	await until(() => weather().length > 0);
	let seen = attempts();
	for (const pauseMs of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
		clock.advance(pauseMs - 1);
		expect(attempts()).toBe(seen);
		clock.advance(1);
		expect(attempts()).toBe(++seen);
	}
	expect(weather()).toEqual(['waiting']);
	problem = undefined;
	clock.advance(5000);
	await until(() => isDone(run()));
	await engine.stop();
	real.close();
});

test('an engine that is to finish while it waits goes on waiting once, not twice', async () => {
	let problem: StorageProblem | undefined;
	const real = createEventLog(openDatabase(join(temporary(), 'flotilla.db')));
	const {log} = failing(real, () => problem);
	const gate = createGate();
	const {engine, clock, weather, until, create} = start(log, [planning(draftOf(['one'])), gate.rule]);
	await create();
	await gate.asked;
	problem = full;
	gate.open();
	await until(() => weather().length > 0);
	const waiting = clock.waiting();
	await engine.finish(AbortSignal.abort());
	expect(clock.waiting()).toBe(waiting);
	problem = undefined;
	await engine.stop();
	real.close();
});

test('a command that meets a full disk is answered and forgotten; nothing waits for it', async () => {
	let problem: StorageProblem | undefined = full;
	const real = createEventLog(openDatabase(join(temporary(), 'flotilla.db')));
	const {log} = failing(real, () => problem);
	const {engine, clock, weather, create} = start(log, [planning(draftOf(['one'])), finishing]);
	expect(await create()).toMatchObject({code: 'storage', message: expect.stringContaining('the disk is full')});
	expect(clock.waiting()).toBe(0);
	expect(weather()).toEqual([]);
	problem = undefined;
	expect(await create()).toBeUndefined();
	await engine.stop();
	real.close();
});

test('a run is taken up wholly or not at all', async () => {
	const file = join(temporary(), 'flotilla.db');
	const first = createEventLog(openDatabase(file));
	const gate = createGate();
	const before = start(first, [planning(draftOf(['one'])), gate.rule]);
	await before.create();
	await gate.asked;

	let problem: StorageProblem | undefined = full;
	const real = createEventLog(openDatabase(file));
	const {log} = failing(real, () => problem);
	const {engine, clock, until, run} = start(log, [finishing]);
	expect(await engine.open('run_a')).toMatchObject({code: 'storage'});
	expect(engine.run('run_a')).toBeUndefined();
	expect(clock.waiting()).toBe(0);
	problem = undefined;
	expect(await engine.open('run_a')).toBeUndefined();
	await until(() => isDone(run()));
	await engine.stop();
	real.close();
	first.close();
});

test('an engine that is stopped while it waits tries once more', async () => {
	let problem: StorageProblem | undefined;
	const real = createEventLog(openDatabase(join(temporary(), 'flotilla.db')));
	const {log} = failing(real, () => problem);
	const gate = createGate();
	const {engine, clock, weather, until, create, defects} = start(log, [planning(draftOf(['one', 'two'])), gate.rule]);
	await create();
	await gate.asked;
	problem = full;
	gate.open();
	await until(() => weather().length > 0);
	problem = undefined;
	await engine.stop();
	expect(defects).toEqual([]);
	expect(clock.waiting()).toBe(0);
	const stored = [...real.after({after: 0})].map(({event}) => event.type);
	expect(stored.filter(type => type === 'turn.finished')).toHaveLength(3);
	expect(stored).toContain('run.suspended');
	real.close();
});

test('and says what could not be stored when that fails as well', async () => {
	let problem: StorageProblem | undefined;
	const real = createEventLog(openDatabase(join(temporary(), 'flotilla.db')));
	const {log} = failing(real, () => problem);
	const gate = createGate();
	const {engine, clock, weather, until, create, defects} = start(log, [planning(draftOf(['one', 'two'])), gate.rule]);
	await create();
	await gate.asked;
	const stored = [...real.after({after: 0})];
	problem = full;
	gate.open();
	await until(() => weather().length > 0);
	await engine.stop();
	expect(defects).toHaveLength(1);
	expect(defects[0]).toBeInstanceOf(NotStored);
	expect(String(defects[0])).toMatch(/reports: 2\).*the disk is full.*flotilla resume/);
	expect(clock.waiting()).toBe(0);
	expect([...real.after({after: 0})]).toEqual(stored);
	expect(await engine.send({type: 'run.pause', runId: 'run_a'})).toMatchObject({code: 'not_now'});
	real.close();
});

test('a damaged database ends the engine at once', async () => {
	const real = createEventLog(openDatabase(join(temporary(), 'flotilla.db')));
	const damaged = new StorageProblem('SQLITE_CORRUPT', 'store what happened', 'the file is damaged', 'Mend it.');
	const {log} = failing(real, () => damaged);
	const {engine, clock, create, defects} = start(log, []);
	expect(await create()).toMatchObject({code: 'storage', message: expect.stringContaining('could not go on')});
	expect(defects).toEqual([damaged]);
	expect(clock.waiting()).toBe(0);
	expect(await engine.send({type: 'run.pause', runId: 'run_a'})).toMatchObject({code: 'storage'});
	real.close();
});

test('on a disk that is full nothing is lost, and the run ends well when there is space again', async context => {
	const folder = temporary();
	try {
		execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], {stdio: 'pipe'});
	} catch (error) {
		context.skip(`a small disk cannot be mounted here: ${String(error)}`);
	}
	onTestFinished(() => void execFileSync('/bin/umount', ['-l', folder]));
	const file = join(folder, 'flotilla.db');
	const log = createEventLog(openDatabase(file));
	const gate = createGate();
	// Long objectives make what is stored of each step larger than what is left of the disk.
	const {engine, clock, defects, signals, weather, until, create, run} = start(log, [
		planning(draftOf(['one', 'two', 'three'], 'look '.repeat(4000))),
		gate.rule,
	]);
	await create();
	await gate.asked;
	const before = engine.run('run_a');
	const {bavail, bsize} = statfsSync(folder);
	const filler = join(folder, 'filler');
	writeFileSync(filler, Buffer.alloc(bavail * bsize));
	gate.open();
	await until(() => weather().length > 0 || isDone(run()));
	expect(signals.find(signal => signal.type === 'storage')?.message).toMatch(/the disk (is full|reported an error)/);
	expect(await engine.send({type: 'run.pause', runId: 'run_a'})).toMatchObject({code: 'storage'});
	expect(engine.run('run_a')).toBe(before);
	rmSync(filler);
	clock.advance(5000);
	await until(() => isDone(run()));
	expect(defects).toEqual([]);
	await engine.stop();
	log.close();
	const stored = openForReading(file);
	if (stored === undefined) throw new Error('The database is gone.');
	expect(checkDatabase(stored)).toMatchObject({runs: 1, faults: []});
	stored.close();
});
