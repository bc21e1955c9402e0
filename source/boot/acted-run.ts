import type {RunId} from '../domain/id.ts';
import type {EventLog} from '../engine/event-log.ts';
import {chooseRun} from './choose-run.ts';
import type {ActingVerb} from './verb-table.ts';

/** Whether a word names a run where an agent or a step could stand as well. */
const isRun = (log: EventLog, word: string): boolean =>
	word === 'last' || word.startsWith('run_') || (!/^\d+$/.test(word) && log.findRuns(word).length > 0);

/** The run that an order is about, and what else was said. */
export type Acted = {readonly runId: RunId; readonly words: readonly string[]};

/** Which run is meant, by the words, or by the name that `--run` gives. Throws a Problem when there is none. */
export const actedRun = (
	log: EventLog,
	verb: ActingVerb,
	words: readonly string[],
	named: string | undefined,
): Acted => {
	const [word, ...rest] = words;
	const mayBeRun = verb === 'pause' || verb === 'continue';
	if (word !== undefined && (verb === 'stop' || (mayBeRun && isRun(log, word))))
		return {runId: chooseRun(log, {named: word}), words: rest};
	// What a new agent is to do may begin with anything.
	return {runId: chooseRun(log, {named, subject: verb === 'create' ? undefined : word, here: true}), words};
};
