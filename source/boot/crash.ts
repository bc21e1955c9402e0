import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Writes what is known of a bug and returns the file's path; undefined when even that cannot be written. */
export const writeCrash = (folder: string, stack: string, at: number, version: string): string | undefined => {
	const file = join(folder, `crash-${new Date(at).toISOString().replaceAll(':', '-')}.txt`);
	const text = [`Flotilla ${version}, Node ${process.version}, ${process.platform}`, '', stack, ''].join('\n');
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
		writeFileSync(file, text, {mode: 0o600});
		return file;
	} catch {
		return undefined;
	}
};
