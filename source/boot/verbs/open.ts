import {basename} from 'node:path';
import type {RunId} from '../../domain/id.ts';
import type {RunSummary} from '../../domain/run.ts';
import {askLine} from '../ask-line.ts';
import {hasEnded} from '../choose-run.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {meetEngine} from '../meet-engine.ts';
import {Problem} from '../problem.ts';
import {realFolder} from '../real-folder.ts';
import {shownStatus} from '../shown-status.ts';
import {table} from '../table.ts';
import {columnsOf, print} from '../terminal.ts';
import {withLogIfAny} from '../with-log.ts';
import {attach} from './attach.ts';
import {resume} from './resume.ts';
import {run} from './run.ts';

/** So many runs are offered; `flotilla ls` lists them all. */
const offeredMax = 9;

/** What has not ended, that of this folder first, each newest first. */
const unfinished = (context: Context): readonly RunSummary[] => {
	const runs = withLogIfAny(context, log => log.runs().filter(run => !hasEnded(run))) ?? [];
	const dir = realFolder('.', context.paths.home);
	return [...runs.filter(one => one.dir === dir), ...runs.filter(one => one.dir !== dir)];
};

/** The runs that go on in the background at this moment. */
const carried = async (context: Context): Promise<readonly RunId[]> => {
	const meeting = await meetEngine(context);
	if (meeting.kind === 'refused') meeting.close();
	if (meeting.kind !== 'welcome') return [];
	const {carries} = await meeting.connection.status();
	meeting.connection.close();
	return carries;
};

/** Offer what was begun, and ask for a goal. Resolves with a number of the list, or with a goal. */
const askWhat = async (
	context: Context,
	runs: readonly RunSummary[],
	defects: Defects,
): Promise<RunSummary | string | ExitCode> => {
	const {terminal} = context;
	const statusOf = shownStatus(context);
	if (runs.length > 0)
		print(
			terminal,
			table(
				[
					['', 'RUN', 'STATE', 'STEPS', 'FOLDER', 'GOAL'],
					...runs.map(({id, status, steps, goal, dir}, i) => [
						`${i + 1}`,
						id,
						statusOf(status),
						`${steps.done}/${steps.total}`,
						basename(dir),
						goal.split('\n')[0] ?? '',
					]),
				],
				{columns: columnsOf(terminal), cut: {GOAL: 16, FOLDER: 8}, spare: ['FOLDER']},
			),
		);
	const question =
		runs.length === 0
			? 'What is to be reached? '
			: 'Enter goes on with 1, a number with another one, q leaves; anything else is a new goal: ';
	const said = await askLine(terminal, question, defects.signal);
	if (said.kind !== 'line') return said.kind === 'interrupted' ? exitCodes.interrupted : exitCodes.waiting;
	const text = said.text.trim();
	if (text === 'q') return exitCodes.done;
	const chosen = runs[text === '' ? 0 : Number(text) - 1];
	// Nobody's goal is a number, or a single sign.
	if (chosen === undefined && runs.length > 0 && (/^\d+$/.test(text) || text.length === 1)) {
		print(terminal, `There is no ${text} among them.`);
		return askWhat(context, runs, defects);
	}
	return chosen ?? text;
};

/**
 * `flotilla` and perhaps a goal. Without one: the window on what goes on in this folder, or the choice among what was
 * begun and did not end, such as before the machine was started anew.
 */
export const open = async (
	context: Context,
	goal: string | undefined,
	window: boolean,
	defects: Defects,
): Promise<ExitCode> => {
	const needsGoal = new Problem('Say what is to be reached: flotilla "<goal>". `flotilla --help` lists all there is.');
	if (goal?.trim() === '' || (goal === undefined && !window)) throw needsGoal;
	if (goal !== undefined) return run(context, goal, window, defects);
	const runs = unfinished(context);
	const going = await carried(context);
	const [first] = runs;
	if (first !== undefined && first.dir === realFolder('.', context.paths.home) && going.includes(first.id))
		return attach(context, first.id, window, defects);
	const what = await askWhat(context, runs.slice(0, offeredMax), defects);
	if (typeof what === 'number') return what;
	if (typeof what !== 'string')
		return going.includes(what.id)
			? attach(context, what.id, window, defects)
			: resume(context, what.id, window, defects);
	if (what === '') throw needsGoal;
	return run(context, what, window, defects);
};
