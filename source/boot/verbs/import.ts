import {existsSync, readFileSync} from 'node:fs';
import {sanitiseLine} from '../../../components/text/sanitise.ts';
import {importRun as importInto} from '../../../db/import-run.ts';
import {openDatabase} from '../../../db/open.ts';
import {runWord} from '../../domain/run.ts';
import type {Clock} from '../../engine/clock.ts';
import {createRedactor} from '../../policy/redact.ts';
import {type RunFile, RunFileProblem, readRunFile} from '../../records/run-file.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {Problem} from '../problem.ts';
import {takeIdleLock} from '../take-idle-lock.ts';
import {print, printJson} from '../terminal.ts';

const read = (file: string): RunFile => {
	let bytes: Buffer;
	try {
		bytes = readFileSync(file);
	} catch (error) {
		throw new Problem(`Could not read ${file}: ${error instanceof Error ? error.message : String(error)}.`);
	}
	try {
		return readRunFile(bytes);
	} catch (error) {
		if (error instanceof RunFileProblem)
			throw new Problem(`Could not import ${file}: ${error.message} Nothing has been imported.`);
		throw error;
	}
};

/** Take in a run that `flotilla export` wrote. It is checked whole before anything is stored, and it stays set down. */
export const importRun = async (context: Context, file: string, clock: Clock): Promise<ExitCode> => {
	const {paths, terminal} = context;
	const {runId, events} = read(file);
	// What another Flotilla wrote may hold what this one would not have stored.
	const redactor = createRedactor(context.secrets);
	const lock = await takeIdleLock(context, `import ${file}`);
	try {
		const database = openDatabase(paths.database);
		try {
			const run = importInto(database, runId, redactor.value(events), clock.now());
			const status = runWord(run);
			const {dir, permissionMode} = run.settings;
			if (context.flags.json === true)
				printJson(
					terminal,
					{version: 1, run: runId, events: events.length, status, dir, permissions: permissionMode},
					'page',
				);
			else {
				// The words are a stranger's: none of them may pass for a line of ours.
				print(terminal, sanitiseLine(`Imported ${runId}: events ${events.length}, ${status}. Goal: ${run.goal}`));
				print(terminal, 'Nothing of it runs by itself, and nothing is approved in advance.');
				print(
					terminal,
					sanitiseLine(
						`\`flotilla resume ${runId}\` would take it up in ${dir}${existsSync(dir) ? '' : ', which is not here'}, with the permissions "${permissionMode}".`,
					),
				);
			}
		} finally {
			database.close();
		}
	} finally {
		lock.release();
	}
	return exitCodes.done;
};
