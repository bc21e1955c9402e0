import {mkdirSync} from 'node:fs';
import {createEventLog} from '../../db/event-log.ts';
import type {Lock} from '../../db/lock.ts';
import {openDatabase} from '../../db/open.ts';
import type {Rejection} from '../domain/command.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import {systemClock} from '../engine/clock.ts';
import {createEngine, type Engine} from '../engine/engine.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {HostPort} from '../host/host-port.ts';
import {chooseSandbox} from '../workspace/sandbox-choice.ts';
import {sweepStrays} from '../workspace/strays.ts';
import {type Carriers, createCarriers} from './carriers.ts';
import type {Context} from './context.ts';
import type {Grounds} from './grounds.ts';
import {groundsSchema} from './grounds-schema.ts';
import {keepRule} from './keep-rule.ts';
import {readRoles} from './read-roles.ts';
import {readRun} from './read-run.ts';

/** An engine of this process with everything it needs. */
export type Fleet = {
	readonly engine: Engine;
	readonly log: EventLog;
	readonly port: HostPort;
	readonly carriers: Carriers;
	/**
	 * Take up a run that nobody has set down, on these grounds; one that cannot be taken up is set down. Resolves with
	 * why it was not taken up; without anything to do, it is well.
	 */
	readonly takeUp: (runId: RunId, isLeft: (run: Run) => boolean, groundsOf: (run: Run) => Grounds) => Promise<unknown>;
	readonly close: () => Promise<void>;
};

const nobodyCarries: Rejection = {code: 'unknown', message: 'Nobody carries this run.'};

/** Taking up runs, one at a time: two who take up the same run at once must not take it up twice. */
const carryingOf = (
	engine: Engine,
	carriers: Carriers,
	log: EventLog,
): Pick<Fleet, 'takeUp'> & Pick<HostPort, 'carry'> => {
	const carry: HostPort['carry'] = async (runId, given, first) => {
		const grounds = given === undefined ? undefined : groundsSchema.parse(given);
		const known = engine.run(runId);
		const isCarried = known !== undefined && !known.suspended;
		if (grounds === undefined && !isCarried) return nobodyCarries;
		carriers.retain(id => engine.run(id) !== undefined);
		// Whoever comes with other keys means them.
		if (grounds !== undefined) await carriers.ground(runId, grounds);
		if (!isCarried && first[0]?.type !== 'run.create') return engine.open(runId, ...first);
		const answers = await Promise.all(first.map(engine.send));
		return answers.find(answer => answer !== undefined);
	};
	const takeUp: Fleet['takeUp'] = async (runId, isLeft, groundsOf) => {
		if (engine.run(runId) !== undefined) return undefined;
		const run = readRun(log, runId);
		if (run.status.kind === 'ended' || !isLeft(run)) return undefined;
		try {
			await carriers.ground(runId, groundsOf(run));
			return await engine.open(runId);
		} catch (error) {
			await engine.setDown(runId);
			return error;
		}
	};
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const next = last.then(work);
		last = next.catch(() => undefined);
		return next;
	};
	return {
		carry: (runId, grounds, first) => inTurn(() => carry(runId, grounds, first)),
		takeUp: (runId, isLeft, groundsOf) => inTurn(() => takeUp(runId, isLeft, groundsOf)),
	};
};

/** Build and join, under the lock against a second engine: the log, the hands, the engine. Throws a StorageProblem. */
export const openFleet = async (context: Context, lock: Lock, onDefect: (error: unknown) => void): Promise<Fleet> => {
	const {paths, childEnvironment} = context;
	const closing = new AbortController();
	try {
		const database = openDatabase(paths.database);
		const log = createEventLog(database, context.build?.id);
		// What an engine left running when it was itself killed: the lock says that no living one's are among them.
		await sweepStrays(log.runs().map(({id}) => `${id}/`));
		const choice = {env: childEnvironment, home: paths.home, hidden: [paths.state], abort: closing.signal};
		const sandbox = chooseSandbox(choice);
		const carriers = createCarriers({
			roles: readRoles(),
			sandbox,
			clock: systemClock,
			keepRule: (dir, rule) => keepRule(dir, rule, paths),
		});
		const {hands, redact} = carriers;
		const engine = createEngine({log, hands, clock: systemClock, redact, onDefect});
		mkdirSync(paths.runs, {recursive: true, mode: 0o700});
		const {carry, takeUp} = carryingOf(engine, carriers, log);
		return {
			engine,
			log,
			port: {...engine, carry},
			carriers,
			takeUp,
			close: async () => {
				await engine.stop();
				closing.abort();
				// A sandbox that is being tried must not outlive us.
				await sandbox;
				log.close();
				lock.release();
			},
		};
	} catch (error) {
		closing.abort();
		lock.release();
		throw error;
	}
};
