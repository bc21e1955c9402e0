import {agentOf, type Stamped} from '../../domain/event.ts';
import {evolve} from '../../domain/evolve.ts';
import type {AgentId, RunId} from '../../domain/id.ts';
import {isOver, type Run} from '../../domain/run.ts';
import type {Clock} from '../../engine/clock.ts';
import type {EventLog} from '../../engine/event-log.ts';
import type {Cursor} from '../../engine/port.ts';
import {chooseRun, runHere} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findAgent} from '../find-subject.ts';
import {followEvents} from '../follow-events.ts';
import {createHeardOut} from '../heard-out.ts';
import {narrate} from '../narrate.ts';
import {presentEvent} from '../present.ts';
import {Problem} from '../problem.ts';
import {readRun} from '../read-run.ts';
import {readSeq} from '../read-seq.ts';
import {print, printJson} from '../terminal.ts';
import {openLog} from '../with-log.ts';

type Subject = {readonly runId: RunId; readonly agentId: AgentId | undefined};

/** A bare name such as `scout-1` is that of the run of this folder, or else of the newest that has one. */
const findName = (log: EventLog, name: string): Subject => {
	const here = runHere(log);
	const others = log.runs().filter(({id}) => id !== here);
	for (const {id} of [...(here === undefined ? [] : [{id: here}]), ...others]) {
		const agent = readRun(log, id).agents.find(candidate => candidate.name === name);
		if (agent !== undefined) return {runId: id, agentId: agent.id};
	}
	throw new Problem(`There is no agent "${name}" in any run. \`flotilla agents <run>\` lists the agents of a run.`);
};

const findSubject = (log: EventLog, said: string | undefined, named: string | undefined): Subject => {
	if (said === undefined) return {runId: chooseRun(log, {named}), agentId: undefined};
	if (named === undefined && /^[a-z_]+-\d+$/.test(said)) return findName(log, said);
	if (named === undefined && !said.startsWith('agent_'))
		return {runId: chooseRun(log, {named: said}), agentId: undefined};
	const runId = chooseRun(log, {named, subject: said});
	return {runId, agentId: findAgent(readRun(log, runId), said).id};
};

type Telling = {readonly context: Context; readonly log: EventLog; readonly after: number};

const tellEvent = ({terminal, flags}: Context, stamped: Stamped, line: () => string | undefined): void => {
	if (flags.json === true) printJson(terminal, presentEvent(stamped), 'line');
	else {
		const words = line();
		if (words !== undefined) print(terminal, words);
	}
};

/** The run before an event of it. */
const runBefore = (log: EventLog, {runId, seq}: Stamped): Run | undefined => {
	let run: Run | undefined;
	for (const stamped of log.after({after: 0, runId})) {
		if (stamped.seq >= seq) break;
		run = evolve(run, stamped);
	}
	return run;
};

/** What tells an event of any run: for words, a run is folded from where it is met first. */
const tellAny = ({context, log}: Telling): ((stamped: Stamped) => void) => {
	const runs = new Map<RunId, Run>();
	return stamped => {
		const {runId} = stamped;
		tellEvent(context, stamped, () => {
			const before = runs.get(runId) ?? runBefore(log, stamped);
			const run = evolve(before, stamped);
			// There may be thousands of runs. One that is taken up again is folded anew.
			if (isOver(run)) runs.delete(runId);
			else runs.set(runId, run);
			const line = narrate(run, stamped, before);
			return line === undefined ? undefined : `${runId}  ${line}`;
		});
	};
};

/** What tells an event of one run, or only of one of its agents; of what is told before, it only learns. */
const tellOne = (
	{context, after}: Telling,
	agentId: AgentId | undefined,
	isHeardOut: (run: Run | undefined) => boolean,
): {readonly tell: (stamped: Stamped) => void; readonly hasEnded: () => boolean} => {
	let run: Run | undefined;
	return {
		tell: stamped => {
			const before = run;
			const now = evolve(before, stamped);
			run = now;
			if (stamped.seq > after && (agentId === undefined || agentOf(stamped.event) === agentId))
				tellEvent(context, stamped, () => narrate(now, stamped, before));
		},
		hasEnded: () => isHeardOut(run),
	};
};

/**
 * What happened in a run, to an agent, or in all runs, one line an event; with `--follow` also what is still to happen.
 */
export const logs = async (
	context: Context,
	said: string | undefined,
	clock: Clock,
	abort: AbortSignal,
): Promise<ExitCode> => {
	const {flags} = context;
	const isAll = flags.all === true;
	if (isAll && (said ?? flags.run) !== undefined)
		throw new Problem(`--all tells of every run, and "${said ?? flags.run}" names one. Leave one of them out.`);
	const after = flags.after === undefined ? 0 : readSeq('--after', flags.after);
	const {log} = openLog(context);
	const telling: Telling = {context, log, after};
	const follow = (from: Cursor, tell: (stamped: Stamped) => void, hasEnded: () => boolean): Promise<void> =>
		followEvents({
			log,
			from,
			clock,
			abort,
			take: events => {
				for (const stamped of events) tell(stamped);
				return flags.follow === true && !hasEnded();
			},
		});
	try {
		if (isAll) await follow({after}, tellAny(telling), () => false);
		else {
			const {runId, agentId} = findSubject(log, said, flags.run);
			const learns = flags.json !== true || flags.follow === true || agentId !== undefined;
			// Without words to find and an end to wait for, nothing has to be folded.
			const {tell, hasEnded} = learns
				? tellOne(telling, agentId, createHeardOut(clock))
				: {tell: tellAny(telling), hasEnded: () => true};
			await follow({after: learns ? 0 : after, runId}, tell, hasEnded);
		}
		return exitCodes.done;
	} finally {
		log.close();
	}
};
