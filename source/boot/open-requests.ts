import type {Request} from '../domain/request.ts';
import {openRequests, type Run} from '../domain/run.ts';
import type {EventLog} from '../engine/event-log.ts';
import {chooseRun, hasEnded} from './choose-run.ts';
import {readRun} from './read-run.ts';

export type OpenRequest = {readonly run: Run; readonly request: Request};

/** Only runs whose line says that something waits are read. */
const runsOf = (log: EventLog, named: string | undefined): readonly Run[] => {
	if (named !== undefined) return [readRun(log, chooseRun(log, {named}))];
	const unfinished = log.runs().filter(run => !hasEnded(run) && run.waiting > 0);
	return unfinished.map(({id}) => readRun(log, id));
};

/** What waits for a person in the run that is named, or in all that have not ended; the oldest first. */
export const openRequestsIn = (log: EventLog, named: string | undefined): readonly OpenRequest[] =>
	runsOf(log, named)
		.flatMap(run => openRequests(run).map(request => ({run, request})))
		.sort((a, b) => a.request.openedAt - b.request.openedAt);
