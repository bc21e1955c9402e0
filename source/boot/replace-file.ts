import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs';

/**
 * Put a text in the place of a file, wholly or not at all, even when the machine stops in between. Throws the error of
 * the file system, and then leaves what was there.
 */
export const replaceFile = (path: string, text: string, mode: number): void => {
	const draft = `${path}.${process.pid}.new`;
	// What a process of the same number left behind, or a link somebody put there, is not written through.
	rmSync(draft, {force: true});
	try {
		const file = openSync(draft, 'wx', mode);
		try {
			writeFileSync(file, text);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		renameSync(draft, path);
	} catch (error) {
		rmSync(draft, {force: true});
		throw error;
	}
};
