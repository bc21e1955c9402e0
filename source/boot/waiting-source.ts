import {StorageProblem} from '../../db/storage-problem.ts';
import {createWaitingReader} from '../../db/waiting-requests.ts';
import {createChangeWatch} from '../../db/watch-database.ts';
import type {WaitingSource} from '../../store/waiting-source.ts';
import type {Waiting} from '../domain/waiting.ts';
import type {Clock} from '../engine/clock.ts';
import {readArchive} from './archive.ts';
import type {Context} from './context.ts';
import {Problem} from './problem.ts';
import {openLogIfAny} from './with-log.ts';

/** How often it is looked whether anything was stored, ms: what waits is to be told within half a second. */
const lookMs = 400;

type OpenSource = WaitingSource & {readonly close: () => void};

/**
 * What waits in all runs that are not out of sight. It is read from the database, which is the truth and costs the engine
 * nothing. A window lives without it: what cannot be read is looked at again when more is stored.
 */
export const openWaitingSource = (context: Context, clock: Clock): OpenSource => {
	let open:
		| {readonly hasChanged: () => boolean; readonly read: () => readonly Waiting[]; readonly close: () => void}
		| undefined;
	let waiting: readonly Waiting[] = [];
	/** Something was stored since it was read. */
	let isStale = false;

	const look = (): readonly Waiting[] => {
		if (open === undefined) {
			const found = openLogIfAny(context);
			if (found === undefined) return waiting;
			const {database, log} = found;
			open = {hasChanged: createChangeWatch(database), read: createWaitingReader(database), close: log.close};
		}
		isStale = open.hasChanged() || isStale;
		if (!isStale) return waiting;
		const all = open.read();
		isStale = false;
		const archived = all.length === 0 ? new Set() : readArchive(context.paths.archive);
		const seen = all.filter(({runId}) => !archived.has(runId));
		const isSame = seen.length === waiting.length && seen.every((one, i) => one === waiting[i]);
		return isSame ? waiting : seen;
	};

	const refresh = (): boolean => {
		const before = waiting;
		try {
			waiting = look();
		} catch (error) {
			if (!(error instanceof StorageProblem || error instanceof Problem)) throw error;
			// What lasts is not tried again and again.
			isStale &&= error instanceof StorageProblem && error.trouble === 'passing';
		}
		return waiting !== before;
	};

	refresh();
	return {
		read: () => waiting,
		watch: onChange => {
			let callOff = clock.after(lookMs, function again() {
				if (refresh()) onChange();
				callOff = clock.after(lookMs, again);
			});
			return () => callOff();
		},
		close: () => open?.close(),
	};
};
