import {createEventLog} from '../../db/event-log.ts';
import {takeLock} from '../../db/lock.ts';
import {openDatabase, openForReading} from '../../db/open.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {Context} from './context.ts';
import {Problem} from './problem.ts';

type Database = NonNullable<ReturnType<typeof openForReading>>;

/** The log, to read while perhaps an engine writes it, and the database it lies in. Whoever opens it closes it. */
export type OpenLog = {readonly database: Database; readonly log: EventLog};

/** What an older Flotilla left is brought up to date first, unless its engine is still at work on it. */
const openUpToDate = ({paths}: Context): Database | undefined => {
	try {
		return openForReading(paths.database);
	} catch (error) {
		if (!(error instanceof StorageProblem) || error.code !== 'OLDER_SCHEMA') throw error;
		const lock = takeLock(paths.state, 'bring the database up to date');
		try {
			openDatabase(paths.database).close();
		} finally {
			lock.release();
		}
		return openForReading(paths.database);
	}
};

/** Undefined where nothing was stored yet. */
export const openLogIfAny = (context: Context): OpenLog | undefined => {
	const database = openUpToDate(context);
	return database === undefined ? undefined : {database, log: createEventLog(database, context.build?.id)};
};

/** Reading creates nothing: throws a Problem where nothing was stored yet. */
export const openLog = (context: Context): OpenLog => {
	const open = openLogIfAny(context);
	if (open === undefined)
		throw new Problem(`There are no runs yet in ${context.paths.state}. Start one with \`flotilla run "<goal>"\`.`);
	return open;
};

type Reading<T> = (log: EventLog, database: Database) => T;

const closedAfter = <T>({database, log}: OpenLog, read: Reading<T>): T => {
	try {
		return read(log, database);
	} finally {
		log.close();
	}
};

/** Read the log while perhaps an engine writes it. */
export const withLog = <T>(context: Context, read: Reading<T>): T => closedAfter(openLog(context), read);

/** The same, or undefined where nothing was stored yet: that is an empty list, not a problem. */
export const withLogIfAny = <T>(context: Context, read: Reading<T>): T | undefined => {
	const open = openLogIfAny(context);
	return open === undefined ? undefined : closedAfter(open, read);
};
