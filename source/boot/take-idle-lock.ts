import {type Lock, LockHeld, takeLock} from '../../db/lock.ts';
import {systemClock} from '../engine/clock.ts';
import type {Context} from './context.ts';
import {meetEngine} from './meet-engine.ts';
import {pause} from './pause.ts';

/** How long an engine that makes way may take to end, ms. */
const makeWayMs = 5000;
const lookEveryMs = 20;

/** Whether the engine in the background had nothing to do, and ends. */
const hasMadeWay = async (context: Context): Promise<boolean> => {
	const meeting = await meetEngine(context);
	if (meeting.kind === 'refused') meeting.close();
	if (meeting.kind !== 'welcome') return false;
	const {connection} = meeting;
	const isEnding = await connection.makeWay();
	connection.close();
	return isEnding;
};

/**
 * Takes the lock of the state folder for a moment; an engine in the background that carries nothing makes way. `tried`
 * says in words what for. Throws LockHeld when one is at work.
 */
export const takeIdleLock = async (context: Context, tried: string): Promise<Lock> => {
	const {state} = context.paths;
	try {
		return takeLock(state, tried);
	} catch (error) {
		if (!(error instanceof LockHeld) || !(await hasMadeWay(context))) throw error;
	}
	const before = systemClock.now() + makeWayMs;
	for (;;) {
		try {
			return takeLock(state, tried);
		} catch (error) {
			if (!(error instanceof LockHeld) || systemClock.now() > before) throw error;
			await pause(lookEveryMs);
		}
	}
};
