import {realpathSync} from 'node:fs';
import type {RunId} from '../domain/id.ts';
import type {RunSummary} from '../domain/run.ts';
import type {EventLog} from '../engine/event-log.ts';
import {findRun} from './find-run.ts';
import {Problem} from './problem.ts';

/** The part of a whole id that says of which run it is, such as `k3f9a2` of `step_k3f9a2_4`. */
const runInId = (id: string): string | undefined =>
	/^(?:agent|step|request|turn|call|message)_([0-9a-z]+)_\d+$/.exec(id)?.[1];

export const hasEnded = ({status}: RunSummary): boolean =>
	status === 'done' || status === 'failed' || status === 'stopped';

/** The newest run of this folder, one that has not ended before all others. */
export const runHere = (log: EventLog): RunId | undefined => {
	const dir = realpathSync('.');
	const own = log.runs().filter(run => run.dir === dir);
	return (own.find(run => !hasEnded(run)) ?? own[0])?.id;
};

export type RunChoice = {
	/** As it was named: an id, the beginning of one, or `last`. */
	readonly named?: string | undefined;
	/** What of a run is meant: a whole id says of which. */
	readonly subject?: string | undefined;
	/** Only a run of this folder is meant by no name at all: whoever changes something must not hit another project's. */
	readonly here?: boolean;
};

/**
 * The run a command is about: the one that was named, else that of its subject's id, else the newest of this folder
 * that has not ended, else the newest of this folder, else the newest. Throws a Problem when there is none.
 */
export const chooseRun = (log: EventLog, {named, subject, here = false}: RunChoice): RunId => {
	const inId = subject === undefined ? undefined : runInId(subject);
	if (named !== undefined) return findRun(log, named);
	if (inId !== undefined) return findRun(log, `run_${inId}`);
	const own = runHere(log);
	if (here && own === undefined && log.runs().length > 0)
		throw new Problem(
			`No run works on ${realpathSync('.')}. Say which one is meant with --run; \`flotilla ls\` lists them.`,
		);
	return own ?? findRun(log, undefined);
};
