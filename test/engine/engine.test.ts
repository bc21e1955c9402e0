import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {noLimits} from '../../source/domain/limits.ts';
import {costOf} from '../../source/domain/model.ts';
import type {PlanDraft} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {nothingStanding} from '../../source/domain/settings.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {systemClock} from '../../source/engine/clock.ts';
import {createEngine} from '../../source/engine/engine.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import type {Hands} from '../../source/engine/hands.ts';
import {makeRun} from '../support/make-run.ts';
import {finishing, type Rule, scriptedHands} from '../support/scripted-hands.ts';

const twoSteps: PlanDraft = {
	taskType: 'analysis',
	steps: ['first', 'second'].map(key => ({
		key,
		title: key,
		role: 'analyst',
		objective: key,
		files: [],
		acceptance: ['done'],
		dependsOn: key === 'second' ? ['first'] : [],
		tier: 'sonnet' as const,
		toolBudget: 5,
	})),
};

const planning: Rule = work =>
	work.type !== 'plan.draft'
		? undefined
		: {
				type: 'plan.drafted',
				agentId: work.agentId,
				turnId: work.turnId,
				reply: {kind: 'done', content: [{type: 'text', text: '{}'}], stopReason: 'end_turn', usage: noUsage},
				draft: twoSteps,
				problems: [],
				template: twoSteps,
			};

const standing = {plan: true, edits: true, calls: true};

const openLog = (file = join(mkdtempSync(join(tmpdir(), 'flotilla-engine-')), 'flotilla.db')): EventLog =>
	createEventLog(openDatabase(file));

const start = (hands: Hands, log = openLog(), defects: unknown[] = []) => {
	const engine = createEngine({
		log,
		hands,
		clock: systemClock,
		redact: message => message,
		onDefect: error => defects.push(error),
	});
	const until = (met: (run: Run) => boolean): Promise<Run> =>
		new Promise(resolve => {
			let run: Run | undefined;
			const leave = engine.subscribe(
				{after: 0, runId: 'run_a'},
				{
					onEvents: batch => {
						for (const stamped of batch) run = evolve(run, stamped);
						if (run !== undefined && met(run)) {
							queueMicrotask(() => leave());
							resolve(run);
						}
					},
					onSignal: () => {},
				},
			);
		});
	const create = () =>
		engine.send({
			type: 'run.create',
			runId: 'run_a',
			goal: 'a goal',
			settings: {...makeRun().settings, standing, limits: noLimits},
		});
	return {engine, log, until, create, defects};
};

const ended = (run: Run): boolean => run.status.kind === 'ended';

/** An engine that stands still in the middle of a run, as one that was killed, and the file it has written. */
const leftBehind = async () => {
	const file = join(mkdtempSync(join(tmpdir(), 'flotilla-engine-')), 'flotilla.db');
	const never: Rule = work => (work.type === 'turn.ask' ? new Promise<never>(() => {}) : undefined);
	const first = start(scriptedHands(planning, never), openLog(file));
	await first.create();
	await first.until(run => run.plan !== undefined);
	return {file, first};
};

describe('engine', () => {
	it('carries a run from its goal to its end, and memory equals the fold of the stored events', async () => {
		const {engine, log, until, create} = start(scriptedHands(planning, finishing));
		expect(await create()).toBeUndefined();
		const run = await until(ended);
		expect(run.status).toMatchObject({kind: 'ended', outcome: 'done'});
		const stored = [...log.after({after: 0, runId: 'run_a'})];
		expect(stored.map(event => event.seq)).toEqual(stored.map((_, i) => i + 1));
		const folded = stored.reduce<Run | undefined>((sofar, event) => evolve(sofar, event), undefined);
		expect(folded).toEqual(engine.run('run_a'));
		expect(log.runs()).toMatchObject([{id: 'run_a', status: 'done', steps: {total: 2, done: 2, failed: 0}}]);
	});

	it('answers a command for a run that does not exist with a rejection', async () => {
		const {engine} = start(scriptedHands());
		const rejection = await engine.send({type: 'plan.approve', runId: 'run_missing'});
		expect(rejection).toMatchObject({code: 'unknown'});
	});

	it('turns hands that throw into a failure of the agent, and tells of the defect', async () => {
		const throwing: Rule = work => {
			if (work.type === 'turn.ask') throw new Error('a bug in the hands');
			return undefined;
		};
		const {until, create, defects} = start(scriptedHands(planning, throwing));
		await create();
		const run = await until(ended);
		expect(run.status).toMatchObject({kind: 'ended', outcome: 'failed'});
		expect(defects).toHaveLength(1);
	});

	it('changes nothing in memory when the batch cannot be stored, and says so', async () => {
		const log = openLog();
		let broken = false;
		const breaking: EventLog = {
			...log,
			append: (batch, changed) => {
				if (broken) throw new Error('the disk is full');
				return log.append(batch, changed);
			},
		};
		const never: Rule = () => new Promise<never>(() => {});
		const {engine, create, defects} = start(scriptedHands(planning, never), breaking);
		await create();
		const before = engine.run('run_a');
		broken = true;
		const rejection = await engine.send({type: 'run.pause', runId: 'run_a'});
		expect(rejection).toMatchObject({code: 'storage', message: expect.stringContaining('the disk is full')});
		expect(engine.run('run_a')).toEqual(before);
		expect(defects).toHaveLength(1);
	});

	it.each([
		{how: 'left in good order', stops: true, lostTurns: 0},
		{how: 'died in', stops: false, lostTurns: 1},
	])('takes up a run that another engine $how, and does no finished step again', async ({stops, lostTurns}) => {
		const file = join(mkdtempSync(join(tmpdir(), 'flotilla-engine-')), 'flotilla.db');
		let asked = 0;
		// The second agent's turn ends only when it is cut off; the vendor had said by then what it used.
		const stuck: Rule = (work, bench) => {
			if (work.type !== 'turn.ask' || ++asked !== 2) return undefined;
			const reply = {
				kind: 'failed',
				failure: {kind: 'aborted', message: 'cut off'},
				partial: [],
				usage: {...noUsage, input: 1000},
			} as const;
			const report = {type: 'turn.replied', agentId: work.agentId, turnId: work.turnId, reply} as const;
			return new Promise(resolve => {
				if (bench.abort.aborted) resolve(report);
				else bench.abort.addEventListener('abort', () => resolve(report));
			});
		};
		const first = start(scriptedHands(planning, stuck, finishing), openLog(file));
		await first.create();
		await first.until(run => run.agents.some(agent => agent.name === 'analyst-2' && agent.turn !== undefined));
		if (stops) {
			await first.engine.stop();
			const left = first.engine.run('run_a');
			expect(left?.ledger).toMatchObject({
				reserved: 0,
				estimated: costOf({...noUsage, input: 1000}, left?.settings.models.sonnet.price),
			});
			expect(first.log.runs()).toMatchObject([{status: 'paused'}]);
			first.log.close();
		}

		const second = start(scriptedHands(planning, finishing), openLog(file));
		expect(await second.engine.open('run_a')).toBeUndefined();
		const run = await second.until(ended);
		expect(run.status).toMatchObject({outcome: 'done'});
		const events = [...second.log.after({after: 0, runId: 'run_a'})].map(({event}) => event);
		expect(events.filter(event => event.type === 'step.started')).toHaveLength(2);
		expect(events.filter(event => event.type === 'run.recovered')).toMatchObject([{lostTurns, lostCalls: 0}]);
		// Whoever reads the history later learns whether the first engine had set the run down.
		const died = lostTurns > 0;
		expect(events.filter(event => event.type === 'run.suspended')).toEqual([
			died ? {type: 'run.suspended', engineDied: true} : {type: 'run.suspended'},
		]);
		expect(run.ledger.reserved).toBe(0);
	});

	it('tells whoever comes in the middle of a turn what was said in it, and nothing once it has ended', async () => {
		const {promise: released, resolve: release} = Promise.withResolvers<void>();
		const spoken = Promise.withResolvers<void>();
		const speaking: Rule = (work, bench) => {
			const {run, signal} = bench;
			if (work.type !== 'turn.ask') return undefined;
			const {agentId, turnId} = work;
			for (const text of ['I am', ' at work'])
				signal({type: 'turn.delta', runId: run.id, agentId, turnId, kind: 'text', text});
			spoken.resolve();
			return released.then(() => finishing(work, bench) ?? new Promise<never>(() => {}));
		};
		const {engine, until, create} = start(scriptedHands(planning, speaking, finishing));
		await create();
		await spoken.promise;
		const heard = (): readonly Signal[] => {
			const signals: Signal[] = [];
			engine.subscribe({after: 0, runId: 'run_a'}, {onEvents: () => {}, onSignal: signal => signals.push(signal)})();
			return signals;
		};
		expect(heard()).toMatchObject([{type: 'turn.said', text: 'I am at work', thinking: ''}]);
		release();
		await until(ended);
		expect(heard()).toEqual([]);
	});

	it('lets what is under way end for another engine, begins nothing more, and waits no longer than it is told to', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'flotilla-engine-')), 'flotilla.db');
		const {promise: released, resolve: release} = Promise.withResolvers<void>();
		/** A turn that is asked ends when the test says so, or never. */
		const held =
			(until: Promise<void>): Rule =>
			(work, bench) =>
				work.type === 'turn.ask' ? until.then(() => finishing(work, bench) ?? new Promise<never>(() => {})) : undefined;
		const first = start(scriptedHands(planning, held(released), finishing), openLog(file));
		await first.create();
		await first.until(run => run.agents.some(agent => agent.name === 'analyst-1' && agent.turn !== undefined));
		const signals: Signal[] = [];
		first.engine.subscribe({after: 0}, {onEvents: () => {}, onSignal: signal => signals.push(signal)});
		const finished = first.engine.finish(new AbortController().signal);
		expect(signals).toMatchObject([{type: 'storage', message: expect.stringContaining('the turn or call under way')}]);
		const {settings} = first.engine.run('run_a') ?? makeRun();
		expect(await first.engine.send({type: 'run.create', runId: 'run_b', goal: 'x', settings})).toMatchObject({
			code: 'not_now',
		});
		expect(await first.engine.open('run_a')).toMatchObject({code: 'not_now'});
		expect(
			await first.engine.send({type: 'run.permit', runId: 'run_a', standing: nothingStanding, budget: undefined}),
		).toBeUndefined();
		release();
		await finished;
		await first.engine.stop();
		const types = [...first.log.after({after: 0, runId: 'run_a'})].map(({event}) => event.type);
		expect(types.slice(types.indexOf('run.suspended'))).toEqual([
			'run.suspended',
			'run.permitted',
			'turn.finished',
			'call.proposed',
			'call.weighed',
			'call.finished',
			'step.finished',
			'agent.finished',
		]);
		first.log.close();

		const second = start(scriptedHands(planning, held(new Promise(() => {})), finishing), openLog(file));
		await second.engine.open('run_a', {type: 'run.permit', runId: 'run_a', standing, budget: undefined});
		await second.until(run => run.agents.some(agent => agent.name === 'analyst-2' && agent.turn !== undefined));
		expect(second.engine.atWork()).toBe(1);
		await second.engine.finish(AbortSignal.abort());
		expect(second.engine.atWork()).toBe(1);
	});

	it('decides what is said on opening before anything starts', async () => {
		const {file} = await leftBehind();

		const second = start(scriptedHands(planning, finishing), openLog(file));
		const permit = {type: 'run.permit', runId: 'run_a', standing: nothingStanding, budget: 1} as const;
		expect(await second.engine.open('run_a', permit)).toBeUndefined();
		expect(second.engine.run('run_a')?.status).toEqual({kind: 'paused', by: 'budget'});
	});

	it('sets down what a killed engine carried, so that listings say so, and lets go of it', async () => {
		const {file, first} = await leftBehind();
		expect([first.engine.isQuiet(), first.engine.atWork(), first.engine.carried().length]).toEqual([false, 1, 1]);

		const second = start(scriptedHands(planning, finishing), openLog(file));
		expect(second.log.runs()).toMatchObject([{status: 'running'}]);
		expect(await second.engine.setDown('run_a')).toBeUndefined();
		expect(second.log.runs()).toMatchObject([{status: 'paused'}]);
		expect([second.engine.run('run_a'), second.engine.isQuiet()]).toEqual([undefined, true]);
		expect(await second.engine.setDown('run_missing')).toMatchObject({code: 'unknown'});
		expect(await second.engine.open('run_a')).toBeUndefined();
		expect((await second.until(ended)).status).toMatchObject({outcome: 'done'});
	});

	it('does not let a run go on when what was said first is refused', async () => {
		const {file} = await leftBehind();

		const second = start(scriptedHands(planning, finishing), openLog(file));
		const unknown = {type: 'step.approve', runId: 'run_a', stepId: 'step_none'} as const;
		expect(await second.engine.open('run_a', unknown)).toMatchObject({code: 'unknown'});
		expect(second.engine.run('run_a')).toBeUndefined();
		expect(second.log.runs()).toMatchObject([{status: 'paused'}]);
		expect(await second.engine.open('run_a')).toBeUndefined();
		expect((await second.until(ended)).status).toMatchObject({outcome: 'done'});
	});

	it('answers a command that cannot even be decided, and goes on', async () => {
		const {engine, create, until, defects} = start(scriptedHands(planning, finishing));
		const settings = {...makeRun().settings, models: {}};
		const malformed: unknown = {type: 'run.create', runId: 'run_b', goal: 'x', settings};
		expect(await engine.send(malformed as never)).toMatchObject({
			code: 'invalid',
			message: expect.stringContaining('nothing was done'),
		});
		expect(defects).toEqual([]);
		expect(await create()).toBeUndefined();
		expect((await until(ended)).status).toMatchObject({outcome: 'done'});
	});

	it('keeps the runs that ended last, and reads the others again when they are opened', async () => {
		const {engine, create, until, log} = start(scriptedHands(planning, finishing));
		await create();
		const {settings} = await until(ended);
		for (let n = 0; n < 21; n++) await engine.send({type: 'run.create', runId: `run_n${n}`, goal: 'x', settings});
		await expect.poll(() => log.runs().every(({status}) => status === 'done'), {timeout: 20_000}).toBe(true);
		expect(engine.run('run_a')).toBeUndefined();
		expect(engine.run('run_n20')).toBeDefined();
		expect(await engine.open('run_a')).toBeUndefined();
		expect(engine.run('run_a')).toBeDefined();
	});

	it('gives a late listener the stored events first, then the new ones, without gap or double', async () => {
		const {engine, until, create} = start(scriptedHands(planning, finishing));
		await create();
		const seen: Stamped[] = [];
		engine.subscribe({after: 3}, {onEvents: batch => seen.push(...batch), onSignal: () => {}});
		await until(ended);
		expect(seen.map(event => event.seq)).toEqual(seen.map((_, i) => i + 4));
	});
});
