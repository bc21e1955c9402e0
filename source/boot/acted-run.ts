import type {RunId} from '../domain/id.ts';
import {stepsOf} from '../domain/plan.ts';
import type {EventLog} from '../engine/event-log.ts';
import {chooseRun, runHere} from './choose-run.ts';
import {readRun} from './read-run.ts';
import {requestRun} from './request-run.ts';
import type {ActingVerb} from './verb-table.ts';

/** Whether an agent or a step of the run of this folder is called so, or begins so. */
const isCalledHere = (log: EventLog, word: string): boolean => {
	const here = runHere(log);
	if (here === undefined) return false;
	const {agents, plan} = readRun(log, here);
	return [...agents.map(({name}) => name), ...stepsOf(plan).map(({key}) => key)].some(name => name.startsWith(word));
};

/** Whether a word names a run where an agent or a step could stand as well. */
const isRun = (log: EventLog, word: string): boolean =>
	word === 'last' ||
	word.startsWith('run_') ||
	(!/^\d+$/.test(word) && log.findRuns(word).length > 0 && !isCalledHere(log, word));

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
	if (named === undefined && (verb === 'approve' || verb === 'deny' || verb === 'reply')) {
		const runId = requestRun(log, verb, verb === 'reply' ? words.slice(0, 1) : words);
		if (runId !== undefined) return {runId, words};
	}
	// What a new agent is to do may begin with anything.
	return {runId: chooseRun(log, {named, subject: verb === 'create' ? undefined : word, here: true}), words};
};
