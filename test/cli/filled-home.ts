import {join} from 'node:path';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import type {RunId} from '../../source/domain/id.ts';
import {summaryOf} from '../db/sample-events.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';

/** Puts made runs into the database of a home, as an engine would have stored them. */
export const fillHome = (home: string, runs: readonly (MakeRunOptions & {readonly runId: RunId})[]): string => {
	const file = join(home, 'flotilla.db');
	const log = createEventLog(openDatabase(file));
	for (const options of runs) {
		const events = makeEvents(options);
		log.append(events, [summaryOf(events)]);
	}
	log.close();
	return file;
};
