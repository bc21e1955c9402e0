import {agentOf, type Stamped} from '../../domain/event.ts';
import {evolve} from '../../domain/evolve.ts';
import type {AgentId, RunId} from '../../domain/id.ts';
import type {Run} from '../../domain/run.ts';
import type {Clock} from '../../engine/clock.ts';
import type {EventLog} from '../../engine/event-log.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findAgent} from '../find-subject.ts';
import {followEvents} from '../follow-events.ts';
import {narrate} from '../narrate.ts';
import {presentEvent} from '../present.ts';
import {Problem} from '../problem.ts';
import {readRun} from '../read-run.ts';
import {readSeq} from '../read-seq.ts';
import {print, printJson} from '../terminal.ts';
import {openLog} from '../with-log.ts';

type Subject = {readonly runId: RunId; readonly agentId: AgentId | undefined};

/** A bare name such as `scout-1` is that of the newest run that has one. */
const findName = (log: EventLog, name: string): Subject => {
	for (const {id} of log.runs()) {
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

/** What happened in a run, or to an agent, one line an event; with `--follow` also what is still to happen. */
export const logs = async (
	context: Context,
	said: string | undefined,
	clock: Clock,
	abort: AbortSignal,
): Promise<ExitCode> => {
	const {terminal, flags} = context;
	const after = flags.after === undefined ? 0 : readSeq('--after', flags.after);
	const {log} = openLog(context);
	try {
		const {runId, agentId} = findSubject(log, said, flags.run);
		let run: Run | undefined;
		const tell = (stamped: Stamped): void => {
			run = evolve(run, stamped);
			if (stamped.seq <= after || (agentId !== undefined && agentOf(stamped.event) !== agentId)) return;
			const line = flags.json === true ? undefined : narrate(run, stamped);
			if (flags.json === true) printJson(terminal, presentEvent(stamped), 'line');
			else if (line !== undefined) print(terminal, line);
		};
		const take = (events: Iterable<Stamped>): boolean => {
			for (const stamped of events) tell(stamped);
			return flags.follow === true && run?.status.kind !== 'ended';
		};
		await followEvents({log, runId, clock, take, abort});
		return exitCodes.done;
	} finally {
		log.close();
	}
};
