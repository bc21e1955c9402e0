import {agentOf} from '../../domain/event.ts';
import {evolve} from '../../domain/evolve.ts';
import type {AgentId, RunId} from '../../domain/id.ts';
import type {Run} from '../../domain/run.ts';
import type {EventLog} from '../../engine/event-log.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun} from '../find-run.ts';
import {narrate} from '../narrate.ts';
import {presentEvent} from '../present.ts';
import {Problem} from '../problem.ts';
import {readRun} from '../read-run.ts';
import {print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** An agent's id contains its run: `agent_<run>_<n>`. A bare name such as `scout-1` is that of the newest run that has one. */
const findSubject = (log: EventLog, name: string | undefined): {runId: RunId; agentId: AgentId | undefined} => {
	const inId = name === undefined ? null : /^agent_([0-9a-z]+)_\d+$/.exec(name);
	if (name !== undefined && inId !== null) {
		const runId = findRun(log, inId[1]);
		const agent = readRun(log, runId).agents.find(candidate => candidate.id === name);
		if (agent === undefined) throw new Problem(`There is no agent ${name} in ${runId}.`);
		return {runId, agentId: agent.id};
	}
	if (name !== undefined && /^[a-z_]+-\d+$/.test(name)) {
		for (const {id} of log.runs()) {
			const agent = readRun(log, id).agents.find(candidate => candidate.name === name);
			if (agent !== undefined) return {runId: id, agentId: agent.id};
		}
		throw new Problem(`There is no agent "${name}" in any run. \`flotilla show <run>\` lists the agents of a run.`);
	}
	return {runId: findRun(log, name), agentId: undefined};
};

export const logs = (context: Context, name: string | undefined): ExitCode =>
	withLog(context, log => {
		const {runId, agentId} = findSubject(log, name);
		const json = context.flags.json === true;
		let run: Run | undefined;
		for (const stamped of log.after({after: 0, runId})) {
			run = evolve(run, stamped);
			if (agentId !== undefined && agentOf(stamped.event) !== agentId) continue;
			const line = json ? undefined : narrate(run, stamped);
			if (json) printJson(context.terminal, presentEvent(stamped), 'line');
			else if (line !== undefined) print(context.terminal, line);
		}
		return exitCodes.done;
	});
