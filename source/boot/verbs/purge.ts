import {createEventLog} from '../../../db/event-log.ts';
import {openDatabase} from '../../../db/open.ts';
import {rewriteEvents} from '../../../db/rewrite-events.ts';
import type {AgentId, RunId} from '../../domain/id.ts';
import type {EventLog} from '../../engine/event-log.ts';
import {purgeHistory} from '../../records/purge-history.ts';
import {askLine} from '../ask-line.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun} from '../find-run.ts';
import {Problem} from '../problem.ts';
import {readRun} from '../read-run.ts';
import {takeIdleLock} from '../take-idle-lock.ts';
import {complain, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

type Subject = {readonly runId: RunId; readonly agentId: AgentId | undefined; readonly words: string};

/** Full ids of agents only: what is purged cannot be had back. */
const findSubject = (log: EventLog, name: string): Subject => {
	const ofAgent = /^agent_([0-9a-z]+)_\d+$/.exec(name);
	const runId = findRun(log, ofAgent?.[1] ?? name);
	if (ofAgent === null) return {runId, agentId: undefined, words: runId};
	const agent = readRun(log, runId).agents.find(candidate => candidate.id === name);
	if (agent === undefined)
		throw new Problem(`There is no agent ${name} in ${runId}. \`flotilla show ${runId}\` lists them.`);
	return {runId, agentId: agent.id, words: `${agent.name} (${agent.id})`};
};

/** Resolves with an exit code when the person does not want it. */
const confirm = async ({terminal, flags}: Context, what: string, abort: AbortSignal): Promise<ExitCode | undefined> => {
	if (flags.yes === true) return undefined;
	if (!terminal.interactive || flags.nonInteractive === true)
		throw new Problem(`What is purged cannot be had back. To purge ${what}, add --yes.`);
	const question = `All words of ${what} will be gone for ever: what it was told, said and did; amounts and states stay.\nPurge them? [y/n] `;
	const said = await askLine(terminal, question, abort);
	if (said.kind === 'interrupted') return exitCodes.interrupted;
	if (said.kind === 'line' && /^y(es)?$/i.test(said.text)) return undefined;
	complain(terminal, 'Nothing was purged.');
	return said.kind === 'line' ? exitCodes.done : exitCodes.waiting;
};

/** Remove what was said in a run, or by and to one agent, for good. States, amounts and paths stay. */
export const purge = async (context: Context, name: string, abort: AbortSignal): Promise<ExitCode> => {
	const {paths, terminal} = context;
	const subject = withLog(context, log => findSubject(log, name));
	const left = await confirm(context, subject.words, abort);
	if (left !== undefined) return left;
	const {runId, agentId} = subject;
	const lock = await takeIdleLock(context, `purge ${subject.words}`);
	try {
		const database = openDatabase(paths.database);
		try {
			const history = [...createEventLog(database).after({after: 0, runId})];
			const replaced = purgeHistory(history, agentId);
			rewriteEvents(database, runId, replaced);
			if (context.flags.json === true)
				printJson(terminal, {version: 1, run: runId, agent: agentId ?? null, events: replaced.length}, 'page');
			else {
				print(terminal, `Purged ${subject.words}: events ${replaced.length}.`);
				print(terminal, 'Not touched: backups and exports made before, files the agents wrote, and crash files.');
			}
		} finally {
			database.close();
		}
	} finally {
		lock.release();
	}
	return exitCodes.done;
};
