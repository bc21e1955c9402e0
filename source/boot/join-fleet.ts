import type {HostPort} from '../host/host-port.ts';
import {type LastingPort, lastingPort} from '../host/lasting-port.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {joinEngine} from './meet-engine.ts';

/** The fleet as a command sees it: an engine of this process, or the one in the background. */
export type JoinedFleet = {
	readonly port: HostPort;
	/** Resolves when the engine in the background has ended for good; never for one of this process. */
	readonly ended: LastingPort['ended'];
	/** Whether runs go on when this command ends. */
	readonly outlives: boolean;
	/** Lets go of it; an engine of this process sets its runs down and ends. */
	readonly close: () => Promise<void>;
};

/**
 * Join the engine in the background, and start it when there is none; with `--no-daemon`, make one in this process.
 * Throws a Problem or a StorageProblem when neither can be.
 */
export const joinFleet = async (context: Context, defects: Defects): Promise<JoinedFleet> => {
	if (context.flags.daemon === false || (context.flags.daemon === undefined && context.environment.noDaemon)) {
		const {openHere} = await import('./open-here.ts');
		return {...(await openHere(context, defects)), ended: new Promise(() => {}), outlives: false};
	}
	const {port, ended, close} = lastingPort(await joinEngine(context), () => joinEngine(context));
	return {port, ended, outlives: true, close: async () => close()};
};
