import {createEventLog} from '../../db/event-log.ts';
import {openForReading} from '../../db/open.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {Context} from './context.ts';
import {Problem} from './problem.ts';

/** Read the log while perhaps an engine writes it. Reading creates nothing. */
export const withLog = <T>({paths}: Context, read: (log: EventLog) => T): T => {
	const database = openForReading(paths.database);
	if (database === undefined)
		throw new Problem(`There are no runs yet in ${paths.state}. Start one with \`flotilla run "<goal>"\`.`);
	const log = createEventLog(database);
	try {
		return read(log);
	} finally {
		log.close();
	}
};
