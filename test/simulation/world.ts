import {isDeepStrictEqual} from 'node:util';
import {wakeAt} from '../../source/domain/advance.ts';
import type {Command} from '../../source/domain/command.ts';
import type {Message} from '../../source/domain/decide.ts';
import type {Effect} from '../../source/domain/effect.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {Report} from '../../source/domain/report.ts';
import type {Run} from '../../source/domain/run.ts';
import {type Core, soundCore} from './core.ts';
import {createFalseHands, type Work} from './false-hands.ts';
import {createOnlooker} from './onlooker.ts';
import {createPerson} from './person.ts';
import {createRandom} from './random.ts';
import {makeScenario} from './scenario.ts';
import {Violation} from './violation.ts';

export type Outcome = {
	readonly seed: number;
	readonly log: readonly Stamped[];
	/** What was wrong; undefined when all rules held and the run ended. */
	readonly problem: string | undefined;
	readonly crashes: number;
	/** How the run ended at last. */
	readonly end: string | undefined;
};

type Happening =
	| {readonly kind: 'report'; readonly report: Report; readonly of: string}
	| {readonly kind: 'alarm'}
	| {readonly kind: 'person'};

type Due = {readonly at: number; readonly nth: number; readonly what: Happening};

/** More happenings than any run needs: beyond them it is taken to hang. */
const happeningsMax = 5000;

const isReport = (message: Message): message is Report =>
	message.type === 'turn.replied' ||
	message.type === 'plan.drafted' ||
	message.type === 'call.weighed' ||
	message.type === 'call.ended';

const nameOf = (work: Work): string => ('turnId' in work ? work.turnId : work.callId);

/** What the log gives back: what is not JSON does not last. */
const asStored = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

const createWorld = (seed: number, core: Core) => {
	const random = createRandom(seed);
	const {settings, trouble, ...scenario} = makeScenario(random);
	const hands = createFalseHands(random, trouble);
	const person = createPerson(random);
	const onlooker = createOnlooker();
	const runId: RunId = `run_s${seed}`;
	const log: Stamped[] = [];
	let run: Run | undefined;
	let now = 0;
	let nth = 0;
	let dues: Due[] = [];
	let alarmAt: number | undefined;
	let crashes = 0;
	let {meddlings, revivals} = scenario;

	const later = (afterMs: number, what: Happening): void => {
		dues.push({at: now + afterMs, nth: nth++, what});
	};

	const fold = (events: readonly Stamped[]): Run | undefined => {
		let folded: Run | undefined;
		for (const stamped of events) folded = core.evolve(folded, stamped);
		return folded;
	};

	const compareReplay = (): Run | undefined => {
		const replayed = fold(asStored(log));
		if (!isDeepStrictEqual(asStored(replayed), asStored(run))) throw new Violation('The replay is not the live run.');
		return replayed;
	};

	const abort = (of: string): void => {
		for (const due of dues) {
			if (due.what.kind !== 'report' || due.what.of !== of || !random.chance(trouble.abortIsHeeded)) continue;
			const {report} = due.what;
			dues = dues.filter(other => other !== due);
			if (report.type !== 'turn.replied' && report.type !== 'plan.drafted') continue;
			const partial = random.chance(0.5) ? [{type: 'text', text: 'As far as I'} as const] : [];
			const failure = {kind: 'aborted', message: 'Cut off.'} as const;
			const reply = {kind: 'failed', failure, partial, usage: undefined} as const;
			later(random.below(50), {kind: 'report', of, report: {...report, reply}});
		}
	};

	const perform = (at: Run, effect: Effect): void => {
		onlooker.onEffect(effect);
		if (effect.type === 'abort') {
			abort(effect.of);
			return;
		}
		const what = {kind: 'report', of: nameOf(effect), report: hands.perform(at, effect)} as const;
		const slow = random.chance(trouble.reportIsLate) ? 60_000 : 0;
		later(random.between(1, 3000) + slow, what);
		if (random.chance(trouble.reportDoubles)) later(random.between(1, 9000), what);
	};

	const setAlarm = (): void => {
		const at = run === undefined ? undefined : wakeAt(run);
		if (at === undefined || at === alarmAt) return;
		alarmAt = at;
		later(Math.max(0, at - now), {kind: 'alarm'});
	};

	/** Take one message, as the engine does: decide, append, evolve, perform. */
	const post = (message: Message, dies: 'no' | 'before' | 'after' = 'no'): void => {
		const stale = isReport(message) && onlooker.isStale(message);
		const decision = core.decide(run, message, now);
		if (dies === 'before') return;
		if (decision.kind === 'rejection') {
			if (decision.rejection.message === '') throw new Violation(`${message.type} is rejected without a word.`);
			if (isReport(message) && !stale) throw new Violation(`A report that counts is refused: ${message.type}.`);
			return;
		}
		if (stale) throw new Violation(`A stale report is accepted: ${message.type}.`);
		const effects: (readonly [Run, Effect])[] = [];
		for (const event of decision.events) {
			const stamped: Stamped = {seq: log.length + 1, at: now, runId, cause: message.type, event};
			log.push(stamped);
			onlooker.onEvent(stamped);
			const after = core.evolve(run, stamped);
			effects.push(...core.effectsOf(after, event).map(effect => [after, effect] as const));
			run = after;
		}
		if (run === undefined) throw new Violation(`${message.type} was accepted and made no run.`);
		onlooker.afterBatch(run, now);
		if (message.type === 'tick' && decision.events.length === 0 && (wakeAt(run) ?? Infinity) <= now)
			throw new Violation('A tick that was due moved nothing and is due again: the clock would spin.');
		if (dies === 'after') return;
		for (const [at, effect] of effects) perform(at, effect);
		setAlarm();
	};

	/** The process is left in good order: work is cut off, and what comes of that is still taken in. */
	const leave = (): void => {
		post({type: 'suspension'});
		for (const {what} of dues) {
			if (what.kind !== 'report') continue;
			const {report} = what;
			if (report.type !== 'turn.replied' && report.type !== 'plan.drafted') continue;
			const failure = {kind: 'aborted', message: 'Cut off.'} as const;
			const reply = {kind: 'failed', failure, partial: [], usage: undefined} as const;
			if (random.chance(0.8)) post({...report, reply});
		}
	};

	/** The process dies with all it had in memory. What hands had in the works mostly never arrives. */
	const crash = (): void => {
		crashes++;
		if (run !== undefined && random.chance(0.3)) leave();
		dues = dues.filter(due => due.what.kind === 'person' || (due.what.kind === 'report' && random.chance(0.15)));
		alarmAt = undefined;
		run = compareReplay();
		now += random.between(1, 5000);
		if (run === undefined) return;
		// The engine sets a run down before it takes it up, so that what is said first comes before anything starts.
		if (random.chance(0.5)) post({type: 'suspension'});
		post({type: 'recovery'});
	};

	const take = (message: Message): void => {
		if (crashes >= trouble.crashesMax || !random.chance(trouble.crash)) {
			post(message);
			return;
		}
		post(message, random.pick(['before', 'after']));
		crash();
	};

	const visit = (at: Run): void => {
		let commands: readonly Command[];
		if (at.status.kind === 'ended') {
			if (at.status.outcome === 'done' || revivals === 0) return;
			revivals--;
			commands = [person.revive(at)];
		} else if (meddlings > 0) {
			meddlings--;
			commands = [person.meddle(at)];
		} else commands = person.attend(at);
		for (const command of commands) take(command);
		later(random.between(1, meddlings > 0 ? scenario.pauseMs : 10_000), {kind: 'person'});
	};

	const next = (): Happening | undefined => {
		let first: Due | undefined;
		for (const due of dues)
			if (first === undefined || due.at < first.at || (due.at === first.at && due.nth < first.nth)) first = due;
		if (first === undefined) return undefined;
		dues = dues.filter(due => due !== first);
		now = Math.max(now, first.at);
		return first.what;
	};

	const live = (): void => {
		post({type: 'run.create', runId, goal: 'Survey this project', settings});
		later(random.between(1, scenario.pauseMs), {kind: 'person'});
		let happenings = 0;
		for (let what = next(); what !== undefined; what = next()) {
			if (++happenings > happeningsMax) throw new Violation(`The run does not end within ${happeningsMax} happenings.`);
			if (run === undefined) throw new Violation('The run is gone.');
			if (what.kind === 'report') take(what.report);
			else if (what.kind === 'person') visit(run);
			else {
				alarmAt = undefined;
				take({type: 'tick'});
			}
		}
		compareReplay();
		onlooker.atEnd();
	};

	const outcome = (problem: string | undefined): Outcome => {
		const status = run?.status;
		return {seed, log, problem, crashes, end: status?.kind === 'ended' ? status.outcome : undefined};
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
