import type {Agent} from '../../domain/agent.ts';
import type {Run} from '../../domain/run.ts';
import type {EventLog} from '../../engine/event-log.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {agentTable, describeAgent, lastWordsOf, presentListedAgent, presentOneAgent} from '../describe-agent.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findAgent} from '../find-subject.ts';
import {readRun} from '../read-run.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** The agents of a run. `now` is ms since 1970. */
export const agents = (context: Context, named: string | undefined, now: number): ExitCode =>
	withLog(context, log => {
		const run = readRun(log, chooseRun(log, {named}));
		const listed = run.agents.map(agent => presentListedAgent(run, agent, now));
		if (context.flags.json === true) printJson(context.terminal, {version: 1, runId: run.id, agents: listed}, 'page');
		else if (run.agents.length === 0) print(context.terminal, `${run.id} has no agents yet.`);
		else print(context.terminal, agentTable(run, now, columnsOf(context.terminal)));
		return exitCodes.done;
	});

/** The last words are among the agent's latest events, if it has any. */
const lastWords = (log: EventLog, run: Run, agent: Agent): string | undefined =>
	lastWordsOf([...log.page({runId: run.id, agentId: agent.id, limit: Number.MAX_SAFE_INTEGER})]);

/** One agent of a run. `now` is ms since 1970. */
export const agent = (context: Context, said: string, now: number): ExitCode =>
	withLog(context, log => {
		const run = readRun(log, chooseRun(log, {named: context.flags.run, subject: said}));
		const found = findAgent(run, said);
		const words = lastWords(log, run, found);
		if (context.flags.json === true) {
			const shown = presentOneAgent(run, found, words, now);
			printJson(context.terminal, {version: 1, runId: run.id, agent: shown}, 'page');
		} else print(context.terminal, describeAgent(run, found, words, now));
		return exitCodes.done;
	});
