import {mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';

/** A folder of this test alone, by its real path, gone when the test is over. */
export const temporaryFolder = (): string => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flotilla-boot-')));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};
