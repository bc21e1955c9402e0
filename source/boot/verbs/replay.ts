import {evolve} from '../../domain/evolve.ts';
import {type Run, runWord} from '../../domain/run.ts';
import type {Clock} from '../../engine/clock.ts';
import type {Context} from '../context.ts';
import {describeRun} from '../describe-run.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun} from '../find-run.ts';
import {narrate} from '../narrate.ts';
import {filesOf, presentRun} from '../present.ts';
import {Problem} from '../problem.ts';
import {readSeq} from '../read-seq.ts';
import {shownStatus} from '../shown-status.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

const readSpeed = (text: string | undefined): number | undefined => {
	if (text === undefined) return undefined;
	const factor = Number(text);
	if (Number.isFinite(factor) && factor > 0) return factor;
	throw new Problem(`--speed is a factor such as 8; "${text}" is not.`);
};

/** No pause of a replay is longer, however long the run waited for its person. */
const longestPauseMs = 3000;

/** Fold a stored run again, event by event, to its end or to an event, and show the state it leads to. Nothing is asked, run or written. */
export const replay = async (context: Context, name: string | undefined, clock: Clock): Promise<ExitCode> => {
	const speed = readSpeed(context.flags.speed);
	const json = context.flags.json === true;
	const until = context.flags.until === undefined ? undefined : readSeq('--until', context.flags.until);
	const all = withLog(context, log => [...log.after({after: 0, runId: findRun(log, name)})]);
	const events = until === undefined ? all : all.filter(({seq}) => seq <= until);
	let run: Run | undefined;
	for (const stamped of events) {
		const pauseMs = run === undefined || speed === undefined ? 0 : (stamped.at - run.lastEventAt) / speed;
		if (pauseMs > 0) await new Promise<void>(resolve => clock.after(Math.min(pauseMs, longestPauseMs), resolve));
		const before = run;
		run = evolve(before, stamped);
		const line = json ? undefined : narrate(run, stamped, before);
		if (line !== undefined) print(context.terminal, line);
	}
	if (run === undefined)
		throw new Problem(until === undefined ? 'The run has no events.' : `The run has no event up to ${until}.`);
	const {id, today} = run;
	const surroundings = {
		files: filesOf(run, events),
		status: shownStatus(context)(runWord(run)),
		elsewhere: withLog(context, log => log.spentOn(today.day, [id])),
	};
	if (json) printJson(context.terminal, presentRun(run, surroundings), 'page');
	else print(context.terminal, `\n${describeRun(run, surroundings, clock.now(), columnsOf(context.terminal))}`);
	return exitCodes.done;
};
