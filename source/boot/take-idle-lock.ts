import {type Lock, LockHeld, type LockPhase, lockHolder, takeLock} from '../../db/lock.ts';
import {systemClock} from '../engine/clock.ts';
import type {Context} from './context.ts';
import {endingMs} from './engine-process.ts';
import {meetEngine} from './meet-engine.ts';
import {pause} from './pause.ts';

const lookEveryMs = 20;

/** Whether the engine in the background had nothing to do, and ends; or ends already. */
const hasMadeWay = async (context: Context): Promise<boolean> => {
	if (lockHolder(context.paths.state)?.phase === 'ending') return true;
	const meeting = await meetEngine(context);
	if (meeting.kind === 'refused') meeting.close();
	if (meeting.kind !== 'welcome') return false;
	const {connection} = meeting;
	const isEnding = await connection.makeWay();
	connection.close();
	return isEnding;
};

/**
 * Takes the lock of the state folder; an engine in the background that carries nothing makes way. `tried` says in words
 * what for. Throws LockHeld when one is at work.
 */
export const takeIdleLock = async (context: Context, tried: string, phase: LockPhase = 'briefly'): Promise<Lock> => {
	const {state} = context.paths;
	try {
		return takeLock(state, tried, phase);
	} catch (error) {
		if (!(error instanceof LockHeld) || !(await hasMadeWay(context))) throw error;
	}
	const before = systemClock.now() + endingMs;
	for (;;) {
		try {
			return takeLock(state, tried, phase);
		} catch (error) {
			if (!(error instanceof LockHeld) || systemClock.now() > before) throw error;
			await pause(lookEveryMs);
		}
	}
};
