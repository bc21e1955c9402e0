import type {RunId} from '../domain/id.ts';
import type {Run, RunAt} from '../domain/run.ts';
import type {EventLog} from '../engine/event-log.ts';
import {readStored} from '../engine/read-stored.ts';
import {Problem} from './problem.ts';

/** The number of the newest event of a run. */
export const lastSeqOf = (log: EventLog, runId: RunId): number =>
	log.page({runId, newest: true, limit: 1}).at(-1)?.seq ?? 0;

/** A stored run, folded from its events, as few as must be. Throws a Problem when there are none. */
export const readRun = (log: EventLog, runId: RunId, read?: RunAt): Run => {
	const stored = readStored(log, runId, read ?? log.snapshot(runId));
	if (stored === undefined)
		throw new Problem(`The run ${runId} has no events. \`flotilla doctor\` checks the database.`);
	return stored.run;
};
