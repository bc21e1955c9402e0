import {mkdirSync} from 'node:fs';
import {createEventLog} from '../../db/event-log.ts';
import {takeLock} from '../../db/lock.ts';
import {openDatabase} from '../../db/open.ts';
import type {Rejection} from '../domain/command.ts';
import {systemClock} from '../engine/clock.ts';
import {createEngine, type Engine} from '../engine/engine.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {HostPort} from '../host/host-port.ts';
import {chooseSandbox} from '../workspace/sandbox-choice.ts';
import {sweepStrays} from '../workspace/strays.ts';
import {type Carriers, createCarriers} from './carriers.ts';
import type {Context} from './context.ts';
import {groundsSchema} from './grounds-schema.ts';
import {keepRule} from './keep-rule.ts';
import {readRoles} from './read-roles.ts';

/** An engine of this process with everything it needs. */
export type Fleet = {
	readonly engine: Engine;
	readonly log: EventLog;
	readonly port: HostPort;
	readonly carriers: Carriers;
	readonly close: () => Promise<void>;
};

const hostPortOf = (engine: Engine, carriers: Carriers): HostPort => {
	const carry: HostPort['carry'] = async (runId, given, first) => {
		const grounds = groundsSchema.parse(given);
		const known = engine.run(runId);
		if (known !== undefined && !known.suspended) {
			// One that has ended may have stood on nothing when it was stopped, and may go on now.
			if (known.status.kind === 'ended') await carriers.ground(runId, grounds);
			const answers = await Promise.all(first.map(engine.send));
			return answers.find(answer => answer !== undefined);
		}
		carriers.retain(id => engine.run(id) !== undefined);
		await carriers.ground(runId, grounds);
		const [create, ...rest] = first;
		if (create?.type !== 'run.create') return engine.open(runId, ...first);
		const answers = await Promise.all([create, ...rest].map(engine.send));
		return answers.find(answer => answer !== undefined);
	};
	let last: Promise<Rejection | undefined> = Promise.resolve(undefined);
	return {
		...engine,
		// One at a time: two who take up the same run at once must not take it up twice.
		carry: (runId, grounds, first) => {
			const next = last.then(() => carry(runId, grounds, first));
			last = next.catch(() => undefined);
			return next;
		},
	};
};

/** Build and join: the lock against a second engine, the log, the hands, the engine. Throws a StorageProblem. */
export const openFleet = async (context: Context, onDefect: (error: unknown) => void): Promise<Fleet> => {
	const {paths, childEnvironment} = context;
	const lock = takeLock(paths.state);
	const closing = new AbortController();
	try {
		const database = openDatabase(paths.database);
		const log = createEventLog(database);
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
		return {
			engine,
			log,
			port: hostPortOf(engine, carriers),
			carriers,
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
