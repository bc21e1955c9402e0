import {basename} from 'node:path';
import {sumMoney} from '../../../components/parts/money.ts';
import {stepsToDo} from '../../../components/parts/steps-to-do.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {localMinute} from '../local-minute.ts';
import {presentSummary} from '../present.ts';
import {shownStatus} from '../shown-status.ts';
import {table} from '../table.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLogIfAny} from '../with-log.ts';

export const ls = (context: Context): ExitCode => {
	const runs = withLogIfAny(context, log => log.runs()) ?? [];
	const statusOf = shownStatus(context);
	if (context.flags.json === true)
		printJson(context.terminal, {version: 1, runs: runs.map(run => presentSummary(run, statusOf(run.status)))}, 'page');
	else if (runs.length === 0) print(context.terminal, 'No runs yet. Start one with: flotilla "<goal>"');
	else
		print(
			context.terminal,
			table(
				[
					['RUN', 'STATE', 'STEPS', 'COST', 'STARTED', 'FOLDER', 'GOAL'],
					...runs.map(run => [
						run.id,
						`${statusOf(run.status)}${run.waiting > 0 ? ` (${run.waiting})` : ''}`,
						`${run.steps.done}/${stepsToDo(run.status, run.steps)}${run.steps.failed > 0 ? ` (${run.steps.failed} failed)` : ''}`,
						sumMoney(run),
						localMinute(run.createdAt),
						basename(run.dir),
						run.goal.split('\n')[0] ?? '',
					]),
				],
				{
					columns: columnsOf(context.terminal),
					cut: {GOAL: 12, FOLDER: 8, STATE: 8},
					spare: ['STARTED', 'FOLDER', 'COST', 'STEPS'],
				},
			),
		);
	return exitCodes.done;
};
