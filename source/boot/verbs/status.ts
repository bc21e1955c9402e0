import {runWord} from '../../domain/run.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {describeStatus, presentStatus} from '../describe-status.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {lastSeqOf, readRun} from '../read-run.ts';
import {shownStatus} from '../shown-status.ts';
import {print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** How a run stands, on one screen. `now` is ms since 1970. */
export const status = (context: Context, named: string | undefined, now: number): ExitCode =>
	withLog(context, log => {
		const run = readRun(log, chooseRun(log, {named}));
		const standing = {
			run,
			seq: lastSeqOf(log, run.id),
			status: shownStatus(context)(runWord(run)),
			elsewhere: log.spentOn(run.today.day, [run.id]),
		};
		if (context.flags.json === true) printJson(context.terminal, presentStatus(standing), 'page');
		else print(context.terminal, describeStatus(standing, now).join('\n'));
		return exitCodes.done;
	});
