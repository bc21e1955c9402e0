import {stepsOf} from '../../domain/plan.ts';
import {agentsOf, openRequests, type Run, runWord, stepWord} from '../../domain/run.ts';
import {totalTokens} from '../../domain/usage.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun} from '../find-run.ts';
import {formatUsd} from '../format-usd.ts';
import {type FileUse, filesOf, presentRun} from '../present.ts';
import {readRun} from '../read-run.ts';
import {table} from '../table.ts';
import {print} from '../terminal.ts';
import {withLog} from '../with-log.ts';

const charactersMax = 100;

const firstWords = (text: string): string => {
	const line = text.split('\n')[0] ?? '';
	return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1)}…`;
};

/** A run in words: what a person wants to know of it without a window. */
export const describeRun = (run: Run, files: readonly FileUse[]): string => {
	const {ledger} = run;
	const written = files.filter(file => file.written.length > 0);
	const cost = formatUsd(ledger.settled + ledger.estimated, ledger.estimated > 0, ledger.unpricedTurns > 0);
	const reason = run.status.kind === 'ended' ? ` (${run.status.reason})` : '';
	const sections = [
		`${run.id}  ${runWord(run)}${reason}`,
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
		if (context.flags.json === true) print(context.terminal, JSON.stringify(presentRun(run, files), undefined, 2));
		else print(context.terminal, describeRun(run, files));
		return exitCodes.done;
	});
