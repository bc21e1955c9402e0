import {createEventLog} from '../../db/event-log.ts';
import {openForReading} from '../../db/open.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {Context} from './context.ts';
import {Problem} from './problem.ts';

type Database = NonNullable<ReturnType<typeof openForReading>>;

/** The log, to read while perhaps an engine writes it, and the database it lies in. Whoever opens it closes it. */
export type OpenLog = {readonly database: Database; readonly log: EventLog};

/** Undefined where nothing was stored yet. */
export const openLogIfAny = ({paths}: Context): OpenLog | undefined => {
	const database = openForReading(paths.database);
	return database === undefined ? undefined : {database, log: createEventLog(database)};
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
