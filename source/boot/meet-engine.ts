import {lstatSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {isLocked, type LockHolder, lockHolder} from '../../db/lock.ts';
import {systemClock} from '../engine/clock.ts';
import {connect, type Meeting} from '../host/connect.ts';
import type {Context} from './context.ts';
import {Problem} from './problem.ts';

/** An engine answers, or none is there. */
export type Met = Exclude<Meeting, {kind: 'silent'}>;

/** What lies there must be ours: in a folder that others can write to, somebody else may have put it there. */
const refuseForeign = (socket: string): void => {
	const uid = process.getuid?.();
	for (const path of [dirname(socket), socket]) {
		const found = lstatSync(path, {throwIfNoEntry: false});
		if (found !== undefined && uid !== undefined && found.uid !== uid)
			throw new Problem(
				`${path} belongs to another user, so the engine behind it is not asked. Remove it, or set FLOTILLA_HOME to a folder of your own.`,
			);
	}
};

const read = (file: string): string => {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
};

/** Whoever has the state folder for itself at this moment. */
export type Holder = {readonly pid: string; readonly phase: LockHolder['phase']};

/** Undefined when nobody does. */
export const holderIn = (state: string): Holder | undefined => {
	if (!isLocked(state)) return undefined;
	const {pid, phase} = lockHolder(state) ?? {pid: 'unknown', phase: undefined};
	return {pid: String(pid), phase};
};

/** Ask for the engine of the state folder, if there is one. Throws a Problem when it cannot be asked. */
export const meetEngine = async ({paths, version}: Context): Promise<Met> => {
	const {socket, token} = paths.engine;
	refuseForeign(socket);
	for (let known = read(token); ; ) {
		if (known === '') return {kind: 'absent'};
		const meeting = await connect(socket, known, version, systemClock.after).catch((error: Error) => {
			throw new Problem(`The engine could not be asked at ${socket}: ${error.message}.`);
		});
		if (meeting.kind === 'silent')
			throw new Problem(
				`The engine in the background (process ${lockHolder(paths.state)?.pid ?? 'unknown'}) does not answer: it may be stopped or stuck. Let it go on, or end that process; what it carries is taken up again.`,
			);
		const now = read(token);
		// Another engine began in this moment.
		if (meeting.kind !== 'refused' || meeting.why !== 'token' || now === known) return meeting;
		meeting.close();
		known = now;
	}
};
