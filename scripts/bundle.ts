import {cp, glob} from 'node:fs/promises';
import path from 'node:path';
import {build, type Plugin} from 'rolldown';

const root = path.join(import.meta.dirname, '..');
const source = path.join(root, 'source');

/** A package made leaner for the bundle: what it would load and we never use. */
const without = (name: string, file: RegExp, ...parts: readonly (readonly [from: string, to: string])[]): Plugin => ({
	name,
	transform: {
		filter: {id: file},
		handler(code) {
			let leaner = code;
			for (const [from, to] of parts) {
				if (!leaner.includes(from)) this.error(`${name}: the package does this in another way now. Look again.`);
				leaner = leaner.replace(from, to);
			}
			return leaner;
		},
	},
});

/**
 * Meow can describe a program from its package.json, and prepares for that whenever it is loaded: lists of licences and
 * of hosts, forty patterns for versions. We say who we are, so this is never asked for; it was a sixth of the time that
 * a verb takes.
 */
const meow = without(
	'meow without manifests',
	/meow\/build\/dependencies\.js$/,
	['= requireNormalize();', '= {default() {}};'],
	// With this it would run Git.
	['promisify(execFile)', 'undefined'],
);

/** Yoga carries its program as text, but asks the network stack to decode it, which has to be loaded for that. */
const yoga = without(
	'yoga without fetch',
	/yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
	['"function"!=typeof fetch?Promise', 'true?Promise'],
);

/**
 * Packages import `node:process`, for which Node looks at all that it could hold, also what has to be loaded first. It
 * is the same object that is there anyway.
 */
const processAsIs: Plugin = {
	name: 'process as it is',
	resolveId: {filter: {id: /^node:process$/}, handler: () => '\0process'},
	load: {
		filter: {id: /^\0process$/},
		handler: () => 'export default process; export const {cwd, env, execArgv, execPath, hrtime, platform} = process;',
	},
};

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
		// The first brings a native file, which it looks for beside itself.
		external: packagesBeside ? /^[^./]/ : [/^better-sqlite3/, /^@opentelemetry\//],
		// Ink imports it only when DEV is set, but the bundle would need it to be installed.
		resolve: {alias: {'react-devtools-core': path.join(root, 'scripts', 'no-devtools.ts')}},
		transform: {target: 'node22', define: {'process.env.NODE_ENV': '"production"'}},
		plugins: packagesBeside ? [] : [meow, yoga, processAsIs],
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
