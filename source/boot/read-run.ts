import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import type {EventLog} from '../engine/event-log.ts';
import {Problem} from './problem.ts';

/** The number of the newest event of a run. */
export const lastSeqOf = (log: EventLog, runId: RunId): number =>
	log.page({runId, newest: true, limit: 1}).at(-1)?.seq ?? 0;

/** A run as it was after an event, and the number of that event. */
export type RunAt = {readonly run: Run; readonly seq: number};

/** A stored run, folded from its events; from those on that were not read before. */
export const readRun = (log: EventLog, runId: RunId, read?: RunAt): Run => {
	let run = read?.run;
	for (const stamped of log.after({after: read?.seq ?? 0, runId})) run = evolve(run, stamped);
	if (run === undefined) throw new Problem(`The run ${runId} has no events. \`flotilla doctor\` checks the database.`);
	return run;
};
