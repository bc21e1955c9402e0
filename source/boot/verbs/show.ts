import {stepsOf} from '../../domain/plan.ts';
import {agentsOf, openRequests, type Run, runWord, stepWord} from '../../domain/run.ts';
import {totalTokens} from '../../domain/usage.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun} from '../find-run.ts';
import {formatUsd} from '../format-usd.ts';
import {type FileUse, filesOf, presentRun} from '../present.ts';
import {readRun} from '../read-run.ts';
import {type ShownStatus, shownStatus} from '../shown-status.ts';
import {table} from '../table.ts';
import {print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

const charactersMax = 100;

const firstWords = (text: string): string => {
	const line = text.split('\n')[0] ?? '';
	return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1)}…`;
};

/** A run in words: what a person wants to know of it without a window. */
export const describeRun = (run: Run, files: readonly FileUse[], status: ShownStatus): string => {
	const {ledger} = run;
	const written = files.filter(file => file.written.length > 0);
	const produced = stepsOf(run.plan).flatMap(({key, status}) =>
		status.kind === 'done' ? status.packet.produced.map(path => `  ${path}  (${key})`) : [],
	);
	const cost = formatUsd(ledger.settled + ledger.estimated, ledger.estimated > 0, ledger.unpricedTurns > 0);
	const reason = run.status.kind === 'ended' ? ` (${run.status.reason})` : '';
	const sections = [
		`${run.id}  ${status}${reason}`,
		`goal: ${run.goal}`,
		`folder: ${run.settings.dir}`,
		`cost: ${cost}, ${totalTokens(ledger.usage)} tokens`,
		'',
		table([
			['STEP', 'STATE', 'ROLE', 'NEEDS', 'RESULT'],
			...stepsOf(run.plan).map(step => [
				step.key,
				stepWord(run, step),
				step.role,
				step.dependsOn.map(id => run.plan?.steps[id]?.key ?? id).join(', ') || '-',
				step.status.kind === 'done'
					? `${step.status.packet.status}: ${firstWords(step.status.packet.summary)}`
					: step.status.kind === 'failed'
						? firstWords(step.status.failure.message)
						: step.title,
			]),
		]),
		'',
		table([
			['AGENT', 'STATE', 'MODEL', 'TURNS', 'CALLS', 'TOKENS', 'COST', 'ID'],
			...agentsOf(run).map(agent => [
				agent.name,
				agent.status.kind,
				agent.model.id,
				String(agent.turns),
				String(agent.callsMade),
				String(totalTokens(agent.usage)),
				formatUsd(agent.settled + agent.estimated, agent.estimated > 0, agent.unpriced),
				agent.id,
			]),
		]),
	];
	if (produced.length > 0) sections.push('', 'Produced:', ...produced);
	if (written.length > 0)
		sections.push('', 'Written:', ...written.map(file => `  ${file.path}  (${file.written.join(', ')})`));
	const waiting = openRequests(run);
	if (waiting.length > 0) sections.push('', `${waiting.length} waiting for you: flotilla resume ${run.id}`);
	return sections.join('\n');
};

export const show = (context: Context, name: string | undefined): ExitCode =>
	withLog(context, log => {
		const runId = findRun(log, name);
		const run = readRun(log, runId);
		const files = filesOf(run, log.after({after: 0, runId}));
		const status = shownStatus(context)(runWord(run));
		if (context.flags.json === true) printJson(context.terminal, presentRun(run, files, status), 'page');
		else print(context.terminal, describeRun(run, files, status));
		return exitCodes.done;
	});
