import {StorageProblem} from '../../db/storage-problem.ts';
import type {StepHistory} from '../domain/settings.ts';
import type {Context} from './context.ts';
import {withLogIfAny} from './with-log.ts';

/** What steps have cost before in this state folder, for estimates; nothing when there is no database of today's form yet. */
export const stepHistory = (context: Context): readonly StepHistory[] => {
	try {
		return withLogIfAny(context, log => log.stepHistory()) ?? [];
	} catch (error) {
		// Whoever opens it for writing says what is wrong with it, or mends it.
		if (error instanceof StorageProblem) return [];
		throw error;
	}
};
