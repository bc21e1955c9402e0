import {mkdirSync} from 'node:fs';
import {createEventLog} from '../../db/event-log.ts';
import {takeLock} from '../../db/lock.ts';
import {openDatabase} from '../../db/open.ts';
import type {Roles} from '../agents/roles.ts';
import {systemClock} from '../engine/clock.ts';
import {createEngine, type Engine} from '../engine/engine.ts';
import type {EventLog} from '../engine/event-log.ts';
import {createIdSource, type IdSource} from '../engine/id-source.ts';
import type {Context} from './context.ts';
import {createFleetHands} from './fleet-hands.ts';
import {readRoles} from './read-roles.ts';
import type {ProviderChoice} from './settle-settings.ts';
import {chooseTransport} from './transport.ts';

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
	provider: ProviderChoice,
	watched: boolean,
	onDefect: (error: unknown) => void,
): Promise<Fleet> => {
	const {paths} = context;
	const lock = takeLock(paths.state);
	try {
		const database = openDatabase(paths.database);
		const log = createEventLog(database);
		const roles = readRoles();
		const transport = await chooseTransport(provider, systemClock, watched);
		const hands = createFleetHands({provider: transport, roles, childEnvironment: context.childEnvironment});
		const engine = createEngine({log, hands, clock: systemClock, onDefect});
		mkdirSync(paths.runs, {recursive: true, mode: 0o700});
		return {
			engine,
			log,
			ids: createIdSource(systemClock),
			roles,
			close: async () => {
				await engine.stop();
				log.close();
				lock.release();
			},
		};
	} catch (error) {
		lock.release();
		throw error;
	}
};
