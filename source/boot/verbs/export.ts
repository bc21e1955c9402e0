import {once} from 'node:events';
import {closeSync, fsyncSync, openSync, rmSync, writeSync} from 'node:fs';
import {resolve} from 'node:path';
import {createEventLog} from '../../../db/event-log.ts';
import {openForReading} from '../../../db/open.ts';
import {storedEvents} from '../../../db/stored-events.ts';
import {stepsOf} from '../../domain/plan.ts';
import type {Run} from '../../domain/run.ts';
import {writeRunFile} from '../../records/run-file.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun} from '../find-run.ts';
import {jsonText} from '../json-text.ts';
import {Problem} from '../problem.ts';
import {readRun} from '../read-run.ts';
import {print, printJson} from '../terminal.ts';

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const deliverablesOf = (run: Run): readonly string[] =>
	stepsOf(run.plan).flatMap(({status}) => (status.kind === 'done' ? status.packet.produced : []));

/** Writes a new file for the user alone; nothing is left behind when that fails. */
const writeNew = (file: string, lines: Iterable<string>): void => {
	let descriptor: number;
	try {
		descriptor = openSync(file, 'wx', 0o600);
	} catch (error) {
		throw new Problem(`Could not make ${file}: ${words(error)}. Name a new file; nothing is overwritten.`);
	}
	try {
		for (const line of lines) writeSync(descriptor, line);
		fsyncSync(descriptor);
	} catch (error) {
		rmSync(file, {force: true});
		throw new Problem(`Could not write ${file}: ${words(error)}. Mend that, or name another file.`);
	} finally {
		closeSync(descriptor);
	}
};

/** Write a run with all its events into a file that `flotilla import` reads, or to the output (`-`). */
export const exportRun = async (
	context: Context,
	given: string | undefined,
	where: string | undefined,
): Promise<ExitCode> => {
	// A dash names no run: the newest goes to the output.
	const [name, target] = given === '-' && where === undefined ? [undefined, '-'] : [given, where];
	const {paths, terminal, flags} = context;
	if (target === '-' && flags.json === true)
		throw new Problem('--json has no effect when the run itself goes to the output. Leave it out.');
	const database = openForReading(paths.database);
	if (database === undefined) throw new Problem(`There are no runs yet in ${paths.state}; nothing to export.`);
	try {
		// All in one transaction, which ends when the database is closed: the engine may be writing more of it.
		database.exec('BEGIN');
		const log = createEventLog(database);
		const run = readRun(log, findRun(log, name));
		const lines = writeRunFile({
			runId: run.id,
			goal: run.goal,
			deliverables: deliverablesOf(run),
			events: () => storedEvents(database, run.id),
			lineOf: value => jsonText(value, 'line'),
		});
		if (target === '-') {
			// A pipe takes as much as its reader does; what is written beyond that would wait in memory.
			for (const line of lines) if (!terminal.stdout.write(line)) await once(terminal.stdout, 'drain');
			return exitCodes.done;
		}
		const file = resolve(target ?? `${run.id}.flotilla.jsonl`);
		writeNew(file, lines);
		if (flags.json === true) printJson(terminal, {version: 1, run: run.id, file}, 'page');
		else print(terminal, `Exported ${run.id} to ${file}. Files that the run made or read are named in it, not packed.`);
	} finally {
		database.close();
	}
	return exitCodes.done;
};
