import {cp, glob} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'rolldown';
import {leaner} from './leaner.ts';
import {packagesLater} from './packages-later.ts';

const root = path.join(import.meta.dirname, '..');
const source = path.join(root, 'source');

export type Bundle = {
	/** Files of the project by the names that their programs get. */
	readonly programs: Readonly<Record<string, string>>;
	/** The folder they are put into. */
	readonly dir: string;
	/** A file that stays in one with all that it always loads, for what it does is to start at once. */
	readonly quick?: string;
	/** Packages are loaded from beside, as they were installed. */
	readonly packagesBeside?: boolean;
};

/**
 * Programs as they are published: few files, for loading hundreds costs half a second at every start; production React;
 * and beside them the markdown that the model reads, which lies beside the code that sends it.
 */
export const bundle = async ({programs, dir, quick, packagesBeside = false}: Bundle): Promise<void> => {
	await build({
		cwd: root,
		input: programs,
		platform: 'node',
		// Better-sqlite3 brings a native file, which it looks for beside itself; oxc's runtime lies in the bundler.
		external: packagesBeside ? /^(?!\0|@oxc-project\/)[^./]/ : [/^better-sqlite3/, /^@opentelemetry\//],
		// Ink imports it only when DEV is set, but the bundle would need it to be installed.
		resolve: {alias: {'react-devtools-core': path.join(root, 'scripts', 'no-devtools.ts')}},
		transform: {target: 'node22', define: {'process.env.NODE_ENV': '"production"'}},
		plugins: packagesBeside ? [] : [await packagesLater(dir), ...leaner],
		output: {
			dir,
			format: 'esm',
			entryFileNames: '[name].js',
			// All code lies at the top: that is where it looks for the markdown.
			chunkFileNames: '[name]-[hash].js',
			codeSplitting: {groups: quick === undefined ? [] : [{name: 'quick', test: id => id === path.join(root, quick)}]},
			// Names stay as they are, so that crash files can be read; shortening them would not make the start quicker.
			minify: {compress: true, mangle: false, codegen: {removeWhitespace: true}},
		},
	});
	for await (const file of glob('**/*.md', {cwd: source})) await cp(path.join(source, file), path.join(dir, file));
};
