import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, realpathSync} from 'node:fs';
import {dirname} from 'node:path';
import {z} from 'zod';
import type {ProjectFile} from './config.ts';
import {Problem} from './problem.ts';
import {replaceFile} from './replace-file.ts';

const schema = () =>
	z.strictObject({
		version: z.literal(1),
		/** SHA-256 of the text a person trusts, by the real path of the file. */
		files: z.record(z.string(), z.string()),
	});

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const readTrusted = (trustFile: string): Readonly<Record<string, string>> => {
	let text: string;
	try {
		text = readFileSync(trustFile, 'utf8');
	} catch {
		// Whoever has trusted nothing has no such file; one that cannot be read trusts nothing either.
		return {};
	}
	try {
		return schema().parse(JSON.parse(text)).files;
	} catch {
		throw new Problem(
			`${trustFile} says which project files you trust, and cannot be understood. Delete it and run \`flotilla trust\` again where you need it.`,
		);
	}
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
	mkdirSync(dirname(trustFile), {recursive: true, mode: 0o700});
	replaceFile(trustFile, `${JSON.stringify({version: 1, files}, undefined, '\t')}\n`, 0o600);
};
