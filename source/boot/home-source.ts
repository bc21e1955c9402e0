import {isLocked} from '../../db/lock.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {createWaitingReader} from '../../db/waiting-requests.ts';
import {createChangeWatch} from '../../db/watch-database.ts';
import type {HomeSource} from '../../store/home/home.ts';
import type {HomeFacts} from '../../store/home/home-runs.ts';
import type {Waiting} from '../domain/waiting.ts';
import type {Clock} from '../engine/clock.ts';
import {readArchive, writeArchive} from './archive.ts';
import {dayLimitFor} from './choices.ts';
import type {Context} from './context.ts';
import {type OpenLog, openLogIfAny} from './with-log.ts';

/** How often Home looks whether anything was stored, ms. To look costs some microseconds. */
const lookMs = 500;

/** An engine that ends stores nothing then: so often it is looked for, ms. */
const engineMs = 3000;

type OpenSource = HomeSource & {readonly close: () => void};

/** Home reads what is stored, which is the truth with or without an engine, and looks again as it is changed. */
export const openHomeSource = (context: Context, clock: Clock): OpenSource => {
	const {paths} = context;
	let open: (OpenLog & {readonly hasChanged: () => boolean; readonly waiting: () => readonly Waiting[]}) | undefined;
	let facts: HomeFacts | undefined;
	let lookedAt = 0;
	/** Something was stored since the runs were read. */
	let isStale = false;

	const log = (): typeof open => {
		if (open === undefined) {
			const found = openLogIfAny(context);
			if (found !== undefined) {
				const {database} = found;
				open = {...found, hasChanged: createChangeWatch(database), waiting: createWaitingReader(database)};
			}
		}
		return open;
	};

	const look = (): HomeFacts => {
		const from = log();
		isStale = from?.hasChanged() === true || isStale;
		const now = clock.now();
		if (facts !== undefined && !isStale && now - lookedAt < engineMs) return facts;
		lookedAt = now;
		const isCarried = isLocked(paths.state);
		const known = facts;
		if (known !== undefined && !isStale && known.isCarried === isCarried) return known;
		const isRead = known !== undefined && !isStale;
		facts = {
			runs: isRead ? known.runs : (from?.log.runs() ?? []),
			isCarried,
			archived: known?.archived ?? readArchive(paths.archive),
			waiting: isRead ? known.waiting : (from?.waiting() ?? []),
			dayLimit: known === undefined ? dayLimitFor(context) : known.dayLimit,
		};
		isStale = false;
		return facts;
	};

	/** What passes, such as a lock, is waited out: it is looked at again soon. */
	const read = (): HomeFacts => {
		try {
			return look();
		} catch (error) {
			if (facts !== undefined && error instanceof StorageProblem && error.trouble === 'passing') return facts;
			throw error;
		}
	};

	return {
		read,
		watch: onChange => {
			let callOff = clock.after(lookMs, function again() {
				onChange();
				callOff = clock.after(lookMs, again);
			});
			return () => callOff();
		},
		archive: (runId, archived) => {
			try {
				writeArchive(paths.archive, runId, archived);
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
			const known = read();
			facts = {...known, archived: readArchive(paths.archive)};
			return undefined;
		},
		search: async query => log()?.log.search(query) ?? {hits: [], isWhole: true},
		close: () => open?.log.close(),
	};
};
