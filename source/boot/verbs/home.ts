import {StorageProblem} from '../../../db/storage-problem.ts';
import type {WindowPlace} from '../../../store/action.ts';
import type {HomeExit} from '../../../store/home/home-action.ts';
import {type HomeReturn, withoutGoal} from '../../../store/home/home-return.ts';
import {firstHomeUi} from '../../../store/home/home-ui.ts';
import type {RunId} from '../../domain/id.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import type {Flags} from '../flags.ts';
import {Problem} from '../problem.ts';
import {tellUnsentGoal} from '../tell-unsent-goal.ts';

/** Opens a window, with a way to Home in the context. */
type Work = (context: Context) => Promise<ExitCode>;

/** The window on a run that may be carried already. */
const windowOn =
	({runId, place}: Omit<WindowPlace, 'goal'>, defects: Defects): Work =>
	async context => {
		const {attach} = await import('./attach.ts');
		return attach({...context, ...(place === undefined ? {} : {place})}, runId, true, defects);
	};

/** The same for a person who comes from another one, and may not notice. */
const windowOnAnother =
	(to: WindowPlace, defects: Defects): Work =>
	context =>
		windowOn(to, defects)({...context, arrivedAt: to.goal});

const workOf = (exit: Extract<HomeExit, {kind: 'open' | 'start'}>, defects: Defects): Work => {
	switch (exit.kind) {
		case 'open':
			if (!exit.goOn) return windowOn(exit, defects);
			return async context => (await import('./resume.ts')).resume(context, exit.runId, true, defects);
		case 'start': {
			const {goal, dir, taskType, role, mode, budget} = exit.order;
			return async context => {
				const {run} = await import('./run.ts');
				const {flags} = context;
				const said = {
					dir: dir ?? flags.dir,
					taskType: taskType ?? flags.taskType,
					role: role ?? flags.role,
					mode: mode ?? flags.mode,
					budget: budget ?? flags.budget,
				};
				return run({...context, flags: {...flags, ...said}}, goal, true, defects);
			};
		}
		default:
			return exit satisfies never;
	}
};

/** Flags that are said of one goal. What forbids is none of them: it holds for all that is begun here. */
const saidOfOne = [
	'taskType',
	'role',
	'mode',
	'maxParallel',
	'verify',
	'permissions',
	'allow',
	'budget',
	'limit',
] as const satisfies readonly (keyof Flags)[];

const forOthers = (context: Context): Context => ({
	...context,
	flags: {...context.flags, ...Object.fromEntries(saidOfOne.map(name => [name, undefined]))},
});

/**
 * The list of all runs, and the windows that are opened from it, until the person leaves one of them for good. With
 * `first` it begins in that window.
 */
export const home = async (context: Context, defects: Defects, first?: Work): Promise<ExitCode> => {
	let work = first;
	const later = first === undefined ? context : forOthers(context);
	/** What was asked for there is answered there. */
	let wasAsked = false;
	let last: HomeReturn | undefined;
	for (;;) {
		/** Home as it is found again once the window has opened. */
		let done = last?.left ?? firstHomeUi;
		if (work === undefined) {
			const {showHome} = await import('../show-home.ts');
			const {exit, left} = await showHome(later, last, defects);
			defects.signal.throwIfAborted();
			if (exit.kind === 'quit' || exit.kind === 'signal' || exit.kind === 'aborted') {
				tellUnsentGoal(context.terminal, left);
				return exit.kind === 'quit' ? exitCodes.done : exitCodes.interrupted;
			}
			work = workOf(exit, defects);
			wasAsked = true;
			done = exit.kind === 'start' ? withoutGoal(left) : left;
			last = {left, from: undefined, problem: undefined};
		}
		let next: {readonly to: WindowPlace | undefined; readonly from: RunId} | undefined;
		try {
			const code = await work({
				...(work === first ? context : later),
				home: (to, from) => {
					next = {to, from};
				},
			});
			if (next === undefined) {
				tellUnsentGoal(context.terminal, done);
				return code;
			}
			last = {left: done, from: next.from, problem: undefined};
		} catch (error) {
			if (!wasAsked || last === undefined || !(error instanceof Problem || error instanceof StorageProblem))
				throw error;
			last = {...last, problem: error.message};
		}
		// Where a run that was gone on to cannot be opened, the list of all runs says why.
		work = next?.to === undefined ? undefined : windowOnAnother(next.to, defects);
		wasAsked = work !== undefined;
	}
};
