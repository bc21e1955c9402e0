import {systemClock} from '../engine/clock.ts';
import type {HostPort} from '../host/host-port.ts';
import {type LastingPort, lastingPort} from '../host/lasting-port.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {joinEngine, joinNext} from './join-engine.ts';
import {type StoredPort, storedPort} from './stored-port.ts';
import {complain} from './terminal.ts';
import {openLogIfAny} from './with-log.ts';

/** The fleet as a command sees it: an engine of this process, or the one in the background. */
export type JoinedFleet = {
	readonly port: HostPort;
	/** Resolves when the engine in the background has ended for good; never for one of this process. */
	readonly ended: LastingPort['ended'];
	/** Whether runs go on when this command ends. */
	readonly outlives: boolean;
	/** Lets go of it, once; an engine of this process sets its runs down and ends. */
	readonly close: () => Promise<void>;
};

const once = (close: () => Promise<void>): (() => Promise<void>) => {
	let closed: Promise<void> | undefined;
	return () => {
		closed ??= close();
		return closed;
	};
};

/**
 * Join the engine in the background, and start it when there is none; with `--no-daemon`, make one in this process.
 * `tell` says what is waited for. Throws a Problem or a StorageProblem when neither can be.
 */
export const joinFleet = async (
	context: Context,
	defects: Defects,
	tell: (words: string) => void = words => complain(context.terminal, words),
): Promise<JoinedFleet> => {
	const reading = (port: HostPort): StoredPort => storedPort(port, () => openLogIfAny(context)?.log, systemClock);
	if (context.flags.daemon === false || (context.flags.daemon === undefined && context.environment.noDaemon)) {
		const {openHere} = await import('./open-here.ts');
		const here = await openHere(context, defects, tell);
		const {port, close} = reading(here.port);
		return {
			port,
			ended: new Promise(() => {}),
			outlives: false,
			close: once(async () => {
				try {
					await here.close();
				} finally {
					close();
				}
			}),
		};
	}
	const again = (...[why, say]: Parameters<Parameters<typeof lastingPort>[1]>) => joinNext(context, why, say);
	const first = await joinEngine(context, tell);
	const lasting = lastingPort(first, again, systemClock.now);
	const {port, close} = reading(lasting.port);
	return {
		port,
		ended: lasting.ended,
		outlives: true,
		close: once(async () => {
			lasting.close();
			close();
		}),
	};
};

/** Join the fleet for a piece of work, and let go of it when that fails. Work that is done lets go by itself. */
export const withFleet = async <T>(
	context: Context,
	defects: Defects,
	work: (fleet: JoinedFleet) => Promise<T>,
): Promise<T> => {
	const fleet = await joinFleet(context, defects);
	try {
		return await work(fleet);
	} catch (error) {
		await fleet.close();
		throw error;
	}
};
