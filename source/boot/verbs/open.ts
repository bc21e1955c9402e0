import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import type {ExitCode} from '../exit-code.ts';
import {Problem} from '../problem.ts';
import {run} from './run.ts';

/** `flotilla` and a goal. In a terminal it may be left out: then Home asks for one, and lists what was begun. */
export const open = async (
	context: Context,
	goal: string | undefined,
	window: boolean,
	defects: Defects,
): Promise<ExitCode> => {
	if (goal === undefined || goal.trim() === '')
		throw new Problem('Say what is to be reached: flotilla "<goal>". `flotilla --help` lists all there is.');
	return run(context, goal, window, defects);
};
