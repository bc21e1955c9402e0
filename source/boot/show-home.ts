import type {HomeReturn} from '../../store/home/home-return.ts';
import {workRoles} from '../domain/work-roles.ts';
import {systemClock} from '../engine/clock.ts';
import {taskTypes} from '../planner/classify.ts';
import {folderOf} from './choices.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {findFolder} from './find-folder.ts';
import {createHomeDeeds} from './home-deeds.ts';
import {openHomeSource} from './home-source.ts';
import {readRoles} from './read-roles.ts';
import {runHome} from './run-home.ts';
import {screenOptions} from './screen-options.ts';
import {complain} from './terminal.ts';

/** How long Home is waited for without a word when the person has left it, ms. */
const leavingMs = 1000;

/** Shows the list of all runs until the person leaves it. */
export const showHome = async (
	context: Context,
	last: HomeReturn | undefined,
	defects: Defects,
): ReturnType<typeof runHome> => {
	const source = openHomeSource(context, systemClock);
	const deeds = createHomeDeeds(context, defects);
	const here = folderOf(context);
	try {
		return await runHome({
			...screenOptions(context),
			source,
			deeds,
			here,
			findFolder: typed => findFolder(typed, here, context.paths.home),
			taskTypes,
			roles: workRoles(readRoles().keys()),
			last,
			clock: systemClock,
			abort: defects.signal,
		});
	} finally {
		const callOff = systemClock.after(leavingMs, () =>
			complain(context.terminal, 'The engine has not answered yet; it is waited for. Ctrl+C ends the waiting.'),
		);
		await deeds.settled();
		callOff();
		source.close();
	}
};
