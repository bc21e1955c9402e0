import {drawOfRun} from '../../source/domain/budget.ts';
import type {Command} from '../../source/domain/command.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {RunId} from '../../source/domain/id.ts';
import {addSpend, type Draw, dayOf, noDraw, noSpend} from '../../source/domain/limits.ts';
import type {Report} from '../../source/domain/report.ts';
import type {Run} from '../../source/domain/run.ts';
import {type Core, soundCore} from './core.ts';
import {createLife, type Life} from './life.ts';
import {createPerson} from './person.ts';
import {createRandom} from './random.ts';
import {makeScenario} from './scenario.ts';
import {Violation} from './violation.ts';

export type Outcome = {
	readonly seed: number;
	readonly log: readonly Stamped[];
	/** What was wrong; undefined when all rules held and every run ended. */
	readonly problem: string | undefined;
	readonly crashes: number;
	/** How the first run ended at last. */
	readonly end: string | undefined;
	/** How many things happened: messages, visits and alarms. */
	readonly happenings: number;
};

export type Happening =
	| {readonly kind: 'report'; readonly report: Report; readonly of: string}
	| {readonly kind: 'alarm'}
	| {readonly kind: 'person'};

export type Due = {readonly at: number; readonly nth: number; readonly of: RunId; readonly what: Happening};

/** More happenings than any run needs: beyond them it is taken to hang. */
const happeningsMax = 5000;

const msPerDay = 86_400_000;

const createWorld = (seed: number, core: Core) => {
	const random = createRandom(seed);
	const {settings, trouble, ...scenario} = makeScenario(random, seed);
	const person = createPerson(random);
	const log: Stamped[] = [];
	/** How long the world has lasted, which no clock can change, and how far the clock is ahead of it, ms. */
	let lasted = 0;
	let ahead = 20_000 * msPerDay - scenario.beforeMidnightMs;
	let nth = 0;
	let dues: Due[] = [];
	let crashes = 0;
	let happenings = 0;
	const lives = new Map<RunId, Life>();
	const left = new Map<RunId, {meddlings: number; revivals: number}>();

	const elsewhere = (runId: RunId): Draw => {
		const day = dayOf(lasted + ahead);
		let sum = noDraw;
		for (const [id, life] of lives) {
			const run = life.run();
			if (id === runId || run === undefined) continue;
			const used = run.today.day === day ? run.today : noSpend;
			sum = {used: addSpend(sum.used, used), held: addSpend(sum.held, drawOfRun(run).held)};
		}
		return sum;
	};

	const lifeOf = (runId: RunId): Life => {
		const life = lives.get(runId);
		if (life === undefined) throw new Violation('The run is gone.');
		return life;
	};

	const begin = (runId: RunId): void => {
		const life = createLife({
			core,
			random,
			trouble,
			runId,
			log,
			now: () => lasted + ahead,
			elsewhere: () => elsewhere(runId),
			later: (afterMs, what) => void dues.push({at: lasted + afterMs, nth: nth++, of: runId, what}),
			dues: () => dues.filter(due => due.of === runId),
			drop: dropped => {
				dues = dues.filter(due => !dropped.includes(due));
			},
		});
		lives.set(runId, life);
		left.set(runId, {meddlings: scenario.meddlings, revivals: scenario.revivals});
		life.post({type: 'run.create', runId, goal: 'Survey this project', settings});
		dues.push({
			at: lasted + random.between(1, scenario.pauseMs),
			nth: nth++,
			of: runId,
			what: {kind: 'person'},
		});
	};

	/** The process dies with all it had in memory. What hands had in the works mostly never arrives. */
	const crash = (): void => {
		crashes++;
		if (random.chance(0.3)) for (const life of lives.values()) life.leave();
		dues = dues.filter(({what}) => what.kind === 'person' || (what.kind === 'report' && random.chance(0.15)));
		lasted += random.between(1, 5000);
		for (const life of lives.values()) life.recover();
	};

	const take = (life: Life, message: Parameters<Life['post']>[0]): void => {
		// Somebody sets the clock, or the machine sleeps.
		if (random.chance(trouble.clockJumps)) ahead += random.between(-2 * 3_600_000, 3 * 3_600_000);
		if (crashes >= trouble.crashesMax || !random.chance(trouble.crash)) {
			life.post(message);
			return;
		}
		life.post(message, random.pick(['before', 'after']));
		crash();
	};

	const visit = (life: Life, run: Run): void => {
		const plans = left.get(run.id) ?? {meddlings: 0, revivals: 0};
		let commands: readonly Command[];
		if (run.status.kind === 'ended') {
			if (run.status.outcome === 'done' || plans.revivals === 0) return;
			plans.revivals--;
			commands = [person.revive(run)];
		} else if (plans.meddlings > 0) {
			plans.meddlings--;
			commands = [person.meddle(run)];
		} else commands = person.attend(run);
		for (const command of commands) take(life, command);
		const pauseMs = random.between(1, plans.meddlings > 0 ? scenario.pauseMs : 10_000);
		// Now and then they are away for longer than anybody should wait.
		const awayMs = random.chance(0.05) ? 700_000 : 0;
		dues.push({at: lasted + pauseMs + awayMs, nth: nth++, of: run.id, what: {kind: 'person'}});
	};

	const next = (): Due | undefined => {
		let first: Due | undefined;
		for (const due of dues)
			if (first === undefined || due.at < first.at || (due.at === first.at && due.nth < first.nth)) first = due;
		if (first === undefined) return undefined;
		dues = dues.filter(due => due !== first);
		lasted = Math.max(lasted, first.at);
		return first;
	};

	const live = (): void => {
		for (let i = 0; i < scenario.runs; i++) begin(`run_s${seed}${['', 'b', 'c'][i]}`);
		for (let due = next(); due !== undefined; due = next()) {
			if (++happenings > happeningsMax * scenario.runs)
				throw new Violation(`The run does not end within ${happeningsMax} happenings.`);
			const life = lifeOf(due.of);
			const run = life.run();
			if (run === undefined) throw new Violation('The run is gone.');
			if (due.what.kind === 'report') take(life, due.what.report);
			else if (due.what.kind === 'person') visit(life, run);
			else take(life, {type: 'tick'});
		}
		for (const life of lives.values()) life.end();
	};

	const outcome = (problem: string | undefined): Outcome => {
		const status = lives.values().next().value?.run()?.status;
		return {seed, log, problem, crashes, happenings, end: status?.kind === 'ended' ? status.outcome : undefined};
	};

	return {live, outcome};
};

/** Live through one seed. The same seed and the same core always give the same history. */
export const simulate = (seed: number, core: Core = soundCore): Outcome => {
	const world = createWorld(seed, core);
	try {
		world.live();
		return world.outcome(undefined);
	} catch (error) {
		if (error instanceof Violation) return world.outcome(error.message);
		return world.outcome(`It throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	}
};
