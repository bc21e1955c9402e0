import {mkdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {z} from 'zod';
import type {RunId} from '../domain/id.ts';
import {Problem} from './problem.ts';
import {replaceFile} from './replace-file.ts';

const schema = () =>
	z.strictObject({
		version: z.literal(1),
		/** Runs that the person wants out of sight. */
		runs: z.array(z.templateLiteral(['run_', z.string()])),
	});

/** The runs that Home leaves out of its list; nothing of them is deleted. Throws a Problem. */
export const readArchive = (file: string): ReadonlySet<RunId> => {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		// Whoever has archived nothing has no such file.
		return new Set();
	}
	try {
		return new Set(schema().parse(JSON.parse(text)).runs);
	} catch {
		throw new Problem(`${file} says which runs are archived, and cannot be understood. Delete it to see all runs.`);
	}
};

/** Puts a run out of sight, or back. Throws when the state folder is not writable. */
export const writeArchive = (file: string, runId: RunId, archived: boolean): void => {
	const runs = new Set(readArchive(file));
	if (archived) runs.add(runId);
	else runs.delete(runId);
	mkdirSync(dirname(file), {recursive: true, mode: 0o700});
	replaceFile(file, `${JSON.stringify({version: 1, runs: [...runs]}, undefined, '\t')}\n`, 0o600);
};
