import {existsSync, mkdirSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {backUp} from '../../../db/back-up.ts';
import type {Clock} from '../../engine/clock.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {Problem} from '../problem.ts';
import {print, printJson} from '../terminal.ts';

/** Copy the database of all runs, also while Flotilla works, into a file that is checked and never overwritten. */
export const backup = async (context: Context, name: string | undefined, clock: Clock): Promise<ExitCode> => {
	const {paths, terminal} = context;
	if (!existsSync(paths.database)) throw new Problem(`There are no runs yet in ${paths.state}; nothing to back up.`);
	const folder = join(paths.state, 'backups');
	if (name === undefined) mkdirSync(folder, {recursive: true, mode: 0o700});
	const at = new Date(clock.now()).toISOString().replaceAll(':', '-');
	const file = name === undefined ? join(folder, `flotilla-${at}.db`) : resolve(name);
	const {runs, events, bytes} = await backUp(paths.database, file);
	if (context.flags.json === true) printJson(terminal, {version: 1, file, runs, events, bytes}, 'page');
	else {
		print(terminal, `Backed up to ${file}: runs ${runs}, events ${events}, ${Math.ceil(bytes / 1024)} KiB, checked.`);
		const {database} = paths;
		print(
			terminal,
			`To go back to it, end Flotilla, move ${database} and those named like it (-wal, -shm) aside, and copy it there.`,
		);
	}
	return exitCodes.done;
};
