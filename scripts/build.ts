import {spawnSync} from 'node:child_process';
import {rename, rm} from 'node:fs/promises';
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
await rm(dist, {recursive: true, force: true});
await rename(fresh, dist);

const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
process.exitCode = spawnSync(tsc, ['-p', 'tsconfig.build.json'], {cwd: root, stdio: 'inherit'}).status ?? 1;
