import {cut} from '../../../components/text/fit.ts';
import type {Stamped} from '../../domain/event.ts';
import {evolve} from '../../domain/evolve.ts';
import {type Run, runWord} from '../../domain/run.ts';
import type {Clock} from '../../engine/clock.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {describeStatus, presentStatus, type Standing, statusLine} from '../describe-status.ts';
import {type ExitCode, exitCodeOf, exitCodes} from '../exit-code.ts';
import {followEvents} from '../follow-events.ts';
import {createHeardOut} from '../heard-out.ts';
import {shownStatus} from '../shown-status.ts';
import {print, printJson, type Terminal} from '../terminal.ts';
import {openLog} from '../with-log.ts';

/** After so many looks at which nothing had come, it is asked whether anybody carries the run at all. */
const looksAtRest = 8;

/** Draws each screen over the one before it. */
const createScreen = ({stdout}: Terminal): ((lines: readonly string[]) => void) => {
	let drawn = 0;
	return lines => {
		// A line that broke, or one above the window, could not be gone over again.
		// Some terminals do not tell their size.
		const shown = lines.slice(0, (stdout.rows || 24) - 1).map(line => cut(line, stdout.columns || 80));
		stdout.write(`${drawn === 0 ? '' : `\u001b[${drawn}F\u001b[J`}${shown.join('\n')}\n`);
		drawn = shown.length;
	};
};

/**
 * The status of a run, again whenever something of it has changed, until it ends: one screen in a terminal, else a line
 * each time. Ends with the exit code of the run.
 */
export const watch = async (
	context: Context,
	named: string | undefined,
	clock: Clock,
	abort: AbortSignal,
): Promise<ExitCode> => {
	const {terminal, flags} = context;
	const screen = createScreen(terminal);
	const {log} = openLog(context);
	try {
		const runId = chooseRun(log, {named});
		const isHeardOut = createHeardOut(clock);
		let run: Run | undefined;
		let seq = 0;
		let told = '';
		let restingLooks = 0;

		const tell = (standing: Standing): void => {
			const shown = presentStatus(standing);
			// Every event has a number and a time; by themselves they are no news.
			const news = JSON.stringify({...shown, lastEventAt: '', lastSeq: 0});
			if (news === told) return;
			told = news;
			if (flags.json === true) printJson(terminal, shown, 'line');
			else if (terminal.interactive) screen(describeStatus(standing, clock.now()));
			else print(terminal, statusLine(standing));
		};

		const take = (events: Iterable<Stamped>): boolean => {
			const before = seq;
			for (const stamped of events) {
				run = evolve(run, stamped);
				seq = stamped.seq;
			}
			restingLooks = seq === before ? restingLooks + 1 : 0;
			if (restingLooks > 0 && restingLooks % looksAtRest !== 0) return true;
			if (run === undefined) return true;
			tell({run, seq, status: shownStatus(context)(runWord(run)), elsewhere: log.spentOn(run.today.day, [runId])});
			return !isHeardOut(run);
		};

		await followEvents({log, from: {after: 0, runId}, clock, take, abort});
		return run === undefined ? exitCodes.done : exitCodeOf(run);
	} finally {
		log.close();
	}
};
