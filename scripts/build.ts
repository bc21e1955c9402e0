import {spawnSync} from 'node:child_process';
import {cp, glob, mkdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';

/**
 * Bundles the program into `dist/`: loading hundreds of files costs half a second at every start. Chunks are split
 * where the program imports later, so that a listing loads neither Ink nor React.
 */
const root = path.join(import.meta.dirname, '..');
const source = path.join(root, 'source');
const dist = path.join(root, 'dist');

const {outputFiles} = await build({
	absWorkingDir: root,
	entryPoints: {cli: 'source/cli.ts', library: 'source/library.ts'},
	outdir: dist,
	// A build that fails leaves the one before it in place.
	write: false,
	bundle: true,
	splitting: true,
	// All code lies at the top of dist/: that is where it looks for the markdown below.
	chunkNames: '[name]-[hash]',
	format: 'esm',
	platform: 'node',
	target: 'node22',
	define: {'process.env.NODE_ENV': '"production"'},
	// It brings a native file, which it looks for beside itself.
	external: ['better-sqlite3', '@opentelemetry/*'],
	// Ink imports it only when DEV is set, but the bundle would need it to be installed.
	alias: {'react-devtools-core': path.join(root, 'scripts', 'no-devtools.ts')},
	// Dependencies in the old module format ask for `require` at run time.
	banner: {js: "import {createRequire as requireFrom} from 'node:module';const require=requireFrom(import.meta.url);"},
	// Names stay as they are, so that crash files can be read; shortening them would not make the start quicker.
	minifyWhitespace: true,
	minifySyntax: true,
	logLevel: 'warning',
}).catch(() => process.exit(1));

await rm(dist, {recursive: true, force: true});
await mkdir(dist);
for (const {path: file, contents} of outputFiles) await writeFile(file, contents);

// What the model reads lies as markdown beside the code that sends it.
for await (const file of glob('**/*.md', {cwd: source})) await cp(path.join(source, file), path.join(dist, file));

const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
process.exitCode = spawnSync(tsc, ['-p', 'tsconfig.build.json'], {cwd: root, stdio: 'inherit'}).status ?? 1;
