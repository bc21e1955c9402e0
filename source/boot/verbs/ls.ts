import {basename} from 'node:path';
import type {RunSummary} from '../../domain/run.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {formatUsd} from '../format-usd.ts';
import {presentSummary} from '../present.ts';
import {Problem} from '../problem.ts';
import {shownStatus} from '../shown-status.ts';
import {table} from '../table.ts';
import {print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

const summaries = (context: Context): readonly RunSummary[] => {
	try {
		return withLog(context, log => log.runs());
	} catch (error) {
		// No database yet is an empty list, not a problem.
		if (error instanceof Problem) return [];
		throw error;
	}
};

export const ls = (context: Context): ExitCode => {
	const runs = summaries(context);
	const statusOf = shownStatus(context);
	if (context.flags.json === true)
		printJson(
			context.terminal,
			runs.map(run => presentSummary(run, statusOf(run.status))),
			'page',
		);
	else if (runs.length === 0) print(context.terminal, 'No runs yet. Start one with: flotilla "<goal>"');
	else
		print(
			context.terminal,
			table([
				['RUN', 'STATE', 'STEPS', 'COST', 'STARTED', 'FOLDER', 'GOAL'],
				...runs.map(run => [
					run.id,
					`${statusOf(run.status)}${run.waiting > 0 ? ` (${run.waiting})` : ''}`,
					`${run.steps.done}/${run.steps.total}${run.steps.failed > 0 ? ` (${run.steps.failed} failed)` : ''}`,
					formatUsd(run.spent, run.estimated, run.unpriced),
					new Date(run.createdAt).toISOString().slice(0, 16).replace('T', ' '),
					basename(run.dir),
					run.goal.split('\n')[0] ?? '',
				]),
			]),
		);
	return exitCodes.done;
};
