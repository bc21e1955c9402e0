import {createEventLog} from '../../db/event-log.ts';
import {openForReading} from '../../db/open.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import type {StepHistory} from '../domain/settings.ts';
import type {Context} from './context.ts';

/** What steps have cost before in this state folder, for estimates; nothing when there is no database of today's form yet. */
export const stepHistory = ({paths}: Context): readonly StepHistory[] => {
	try {
		const database = openForReading(paths.database);
		if (database === undefined) return [];
		const log = createEventLog(database);
		try {
			return log.stepHistory();
		} finally {
			log.close();
		}
	} catch (error) {
		// Whoever opens it for writing says what is wrong with it, or mends it.
		if (error instanceof StorageProblem) return [];
		throw error;
	}
};
