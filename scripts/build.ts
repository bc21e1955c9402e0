import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFile, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {bundle} from './bundle.ts';

/** Bundles the program into `dist/`, with the types of the library. */
const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const fresh = path.join(root, 'dist.new');

// A build that fails leaves the one before it in place.
await rm(fresh, {recursive: true, force: true});
await bundle({
	programs: {cli: 'source/cli.ts', library: 'source/library.ts'},
	dir: fresh,
	quick: 'source/boot/main.ts',
});
/** What is loaded by a name that says what is in it. */
const isChunk = (name: string): boolean => /-[\w-]{8}\.c?js$/.test(name);

const chunksOf = async (build: string): Promise<readonly string[]> => {
	const facts: {readonly chunks?: readonly string[]} = JSON.parse(
		await readFile(path.join(build, 'build.json'), 'utf8').catch(() => '{}'),
	);
	return facts.chunks ?? [];
};

/** An engine knows by this whether a client is of another build than itself. */
const names = (await readdir(fresh, {recursive: true, withFileTypes: true}))
	.filter(entry => entry.isFile())
	.map(entry => path.relative(fresh, path.join(entry.parentPath, entry.name)))
	.sort();
const hash = createHash('sha256');
for (const name of names) hash.update(name).update(await readFile(path.join(fresh, name)));
const build = {id: hash.digest('hex').slice(0, 16), at: Date.now(), chunks: names.filter(isChunk)};
await writeFile(path.join(fresh, 'build.json'), `${JSON.stringify(build)}\n`);

// Engines and windows of the build before this one may still load what they have not needed yet. What is published
// holds nothing of the kind.
if (process.env['npm_lifecycle_event'] !== 'prepare')
	for (const name of await chunksOf(dist))
		if (!names.includes(name)) await copyFile(path.join(dist, name), path.join(fresh, name)).catch(() => {});

await rm(dist, {recursive: true, force: true});
await rename(fresh, dist);

const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
process.exitCode = spawnSync(tsc, ['-p', 'tsconfig.build.json'], {cwd: root, stdio: 'inherit'}).status ?? 1;
