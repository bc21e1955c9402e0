import {mkdirSync} from 'node:fs';
import {createEventLog} from '../../db/event-log.ts';
import {takeLock} from '../../db/lock.ts';
import {openDatabase} from '../../db/open.ts';
import type {Roles} from '../agents/roles.ts';
import {systemClock} from '../engine/clock.ts';
import {createEngine, type Engine} from '../engine/engine.ts';
import type {EventLog} from '../engine/event-log.ts';
import {createIdSource, type IdSource} from '../engine/id-source.ts';
import {pacedOutput} from '../engine/paced-output.ts';
import {createRedactor} from '../policy/redact.ts';
import {redactMessage} from '../policy/redact-messages.ts';
import {chooseSandbox} from '../workspace/sandbox-choice.ts';
import {sweepStrays} from '../workspace/strays.ts';
import type {LaneChoice} from './choose-provider.ts';
import type {Context} from './context.ts';
import {createFleetHands} from './fleet-hands.ts';
import {keepRule} from './keep-rule.ts';
import {readRoles} from './read-roles.ts';
import {redactingHands} from './redacting-hands.ts';
import {openTransports} from './transport.ts';

/** An engine of this process with everything it needs. */
export type Fleet = {
	readonly engine: Engine;
	readonly log: EventLog;
	readonly ids: IdSource;
	readonly roles: Roles;
	readonly close: () => Promise<void>;
};

/** Build and join: the lock against a second engine, the log, the hands, the engine. */
export const openFleet = async (
	context: Context,
	lanes: readonly LaneChoice[],
	watched: boolean,
	onDefect: (error: unknown) => void,
): Promise<Fleet> => {
	const {paths, childEnvironment, secrets} = context;
	const lock = takeLock(paths.state);
	const closing = new AbortController();
	try {
		const database = openDatabase(paths.database);
		const log = createEventLog(database);
		// What an engine left running when it was itself killed: the lock says that no living one's are among them.
		await sweepStrays(log.runs().map(({id}) => `${id}/`));
		const roles = readRoles();
		const keys = lanes.flatMap(lane => (lane.kind === 'messages' ? [{name: 'key', value: lane.apiKey}] : []));
		const redactor = createRedactor([...secrets, ...keys]);
		const choice = {env: childEnvironment, home: paths.home, hidden: [paths.state], abort: closing.signal};
		const sandbox = chooseSandbox(choice);
		const hands = createFleetHands({
			providers: await openTransports(lanes, systemClock, watched),
			roles,
			childEnvironment,
			sandbox,
			clock: systemClock,
			redactor,
			keepRule: (dir, rule) => keepRule(dir, rule, paths),
		});
		const engine = createEngine({
			log,
			hands: redactingHands(pacedOutput(hands, systemClock), redactor),
			clock: systemClock,
			redact: message => redactMessage(redactor, message),
			onDefect,
		});
		mkdirSync(paths.runs, {recursive: true, mode: 0o700});
		return {
			engine,
			log,
			ids: createIdSource(systemClock),
			roles,
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
