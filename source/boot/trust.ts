import {createHash} from 'node:crypto';
import {realpathSync} from 'node:fs';
import {z} from 'zod';
import type {ProjectFile} from './config.ts';
import {readOwnJson, writeOwnJson} from './own-json.ts';
import {Problem} from './problem.ts';

const schema = () =>
	z.strictObject({
		version: z.literal(1),
		/** SHA-256 of the text a person trusts, by the real path of the file. */
		files: z.record(z.string(), z.string()),
	});

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const readTrusted = (trustFile: string): Readonly<Record<string, string>> => {
	const read = readOwnJson(trustFile, schema);
	if (read === 'unclear')
		throw new Problem(
			`${trustFile} says which project files you trust, and cannot be understood. Delete it and run \`flotilla trust\` again where you need it.`,
		);
	// Whoever has trusted nothing has no such file; one that cannot be read trusts nothing either.
	return read === 'none' ? {} : read.files;
};

/** Whether this user trusts the very text that was read, at the very place it lies. */
export const isTrusted = (trustFile: string, {path, text}: Pick<ProjectFile, 'path' | 'text'>): boolean => {
	let real: string;
	try {
		real = realpathSync(path);
	} catch {
		return false;
	}
	return readTrusted(trustFile)[real] === digest(text);
};

/** From now on the rules of this text count, until the file is changed. Throws when the state folder is not writable. */
export const trust = (trustFile: string, {path, text}: Pick<ProjectFile, 'path' | 'text'>): void => {
	const files = {...readTrusted(trustFile), [realpathSync(path)]: digest(text)};
	writeOwnJson(trustFile, {version: 1, files});
};
