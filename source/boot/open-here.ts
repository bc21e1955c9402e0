import {isServed, type Lock, LockHeld} from '../../db/lock.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {openFleet} from './fleet.ts';
import {openFollowers} from './followers.ts';
import type {JoinedFleet} from './join-fleet.ts';
import {Problem} from './problem.ts';
import {takeIdleLock} from './take-idle-lock.ts';

/** The lock for an engine of this process. Who wants none in the background is told how to do without this one. */
const takeOwnLock = async (context: Context): Promise<Lock> => {
	try {
		return await takeIdleLock(context, 'start an engine', 'foreground');
	} catch (error) {
		const {state} = context.paths;
		// An engine of another command, or a command that has the folder for itself, can be asked by nobody, with or
		// without the flag.
		if (!(error instanceof LockHeld) || !isServed(state)) throw error;
		const asked = context.flags.daemon === false ? 'go without --no-daemon' : 'unset FLOTILLA_NO_DAEMON';
		throw new Problem(
			`An engine in the background is at work in ${state}${error.pid === undefined ? '' : ` (process ${error.pid})`}, and there is never more than one: ${asked} to let it do this, or end it first with \`flotilla engine stop\`.`,
		);
	}
};

/** An engine of this process, with those who follow it. Throws a StorageProblem. */
export const openHere = async (
	context: Context,
	defects: Defects,
	tell: (words: string) => void,
): Promise<Pick<JoinedFleet, 'port' | 'close'>> => {
	const fleet = await openFleet(context, await takeOwnLock(context), defects.report);
	const followers = await openFollowers(context, fleet, () => {}, tell);
	return {
		port: fleet.port,
		close: async () => {
			await fleet.engine.stop();
			await followers.close();
			await fleet.close();
		},
	};
};
