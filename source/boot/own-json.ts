import {mkdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import type {z} from 'zod';
import {replaceFile} from './replace-file.ts';

/**
 * What stands in a small file of ours. `none`: there is no such file, or it cannot be read; `unclear`: it cannot be
 * understood. The schema is made only for a file that is there: most windows open without.
 */
export const readOwnJson = <T>(file: string, schema: () => z.ZodType<T>): T | 'none' | 'unclear' => {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		return 'none';
	}
	try {
		return schema().parse(JSON.parse(text));
	} catch {
		return 'unclear';
	}
};

/** Puts a value in the place of what stood there. Throws when the state folder is not writable. */
export const writeOwnJson = (file: string, value: object): void => {
	mkdirSync(dirname(file), {recursive: true, mode: 0o700});
	replaceFile(file, `${JSON.stringify(value, undefined, '\t')}\n`, 0o600);
};
