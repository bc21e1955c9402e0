import {z} from 'zod';
import type {RunId} from '../domain/id.ts';
import {readOwnJson, writeOwnJson} from './own-json.ts';
import {Problem} from './problem.ts';

const schema = () =>
	z.strictObject({
		version: z.literal(1),
		/** Runs that the person wants out of sight. */
		runs: z.array(z.templateLiteral(['run_', z.string()])),
	});

/** The runs that Home leaves out of its list; nothing of them is deleted. Throws a Problem. */
export const readArchive = (file: string): ReadonlySet<RunId> => {
	const read = readOwnJson(file, schema);
	if (read === 'unclear')
		throw new Problem(`${file} says which runs are archived, and cannot be understood. Delete it to see all runs.`);
	// Whoever has archived nothing has no such file.
	return new Set(read === 'none' ? [] : read.runs);
};

/** Puts a run out of sight, or back. Throws when the state folder is not writable. */
export const writeArchive = (file: string, runId: RunId, archived: boolean): void => {
	const runs = new Set(readArchive(file));
	if (archived) runs.add(runId);
	else runs.delete(runId);
	writeOwnJson(file, {version: 1, runs: [...runs]});
};
