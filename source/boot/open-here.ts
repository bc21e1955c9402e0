import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {openFleet} from './fleet.ts';
import {openFollowers} from './followers.ts';
import type {JoinedFleet} from './join-fleet.ts';
import {takeIdleLock} from './take-idle-lock.ts';

/** An engine of this process, with those who follow it. Throws a StorageProblem. */
export const openHere = async (
	context: Context,
	defects: Defects,
	tell: (words: string) => void,
): Promise<Pick<JoinedFleet, 'port' | 'close'>> => {
	const fleet = await openFleet(context, await takeIdleLock(context, 'start an engine', 'foreground'), defects.report);
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
