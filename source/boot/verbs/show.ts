import {runWord} from '../../domain/run.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {describeRun} from '../describe-run.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {filesOf, presentRun} from '../present.ts';
import {readRun} from '../read-run.ts';
import {shownStatus} from '../shown-status.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** `now` is ms since 1970. */
export const show = (context: Context, name: string | undefined, now: number): ExitCode =>
	withLog(context, log => {
		const runId = chooseRun(log, {named: name});
		const run = readRun(log, runId);
		const surroundings = {
			files: filesOf(run, log.after({after: 0, runId})),
			status: shownStatus(context)(runWord(run)),
			elsewhere: log.spentOn(run.today.day, [runId]),
		};
		if (context.flags.json === true) printJson(context.terminal, presentRun(run, surroundings), 'page');
		else print(context.terminal, describeRun(run, surroundings, now, columnsOf(context.terminal)));
		return exitCodes.done;
	});
