import {execFileSync} from 'node:child_process';
import {globSync, statSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..', '..');

const modifiedAt = (file: string): number => statSync(join(root, file), {throwIfNoEntry: false})?.mtimeMs ?? 0;

/** Tests of the command line run the program as it is published: build it when the sources are newer. */
export const setup = (): void => {
	const sources = globSync(
		[
			'{source,components,store,db}/**/*.{ts,tsx,md}',
			'scripts/{build,bundle,leaner,packages-later}.ts',
			'package.json',
		],
		{
			cwd: root,
		},
	);
	const newest = Math.max(...sources.map(modifiedAt));
	if (modifiedAt('dist/cli.js') < newest)
		execFileSync(process.execPath, ['scripts/build.ts'], {cwd: root, stdio: 'inherit'});
};
