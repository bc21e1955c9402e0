import {closeSync, fstatSync, openSync, readSync, writeFileSync} from 'node:fs';
import {setTimeout as pass} from 'node:timers/promises';

/** The file in which a program's witness tells of keys, read as it grows. */
export type Witnessed = {
	/** What a program needs in its environment to be watched. */
	readonly env: Readonly<Record<string, string>>;
	/** Lines that have come since the last call. */
	readonly read: () => readonly string[];
	/** Resolves once nothing more comes, for then all keys have arrived; or after a while. */
	readonly untilQuiet: () => Promise<void>;
	readonly close: () => void;
};

const quietMs = 20;
const longestMs = 1000;

export const openWitnessed = (path: string): Witnessed => {
	writeFileSync(path, '');
	const file = openSync(path, 'r');
	let at = 0;
	let rest = '';
	return {
		env: {
			NODE_OPTIONS: `--import=${new URL('keys-witness.ts', import.meta.url).href}`,
			FLOTILLA_TEST_KEYS: path,
		},
		read: () => {
			const chunk = Buffer.alloc(fstatSync(file).size - at);
			at += readSync(file, chunk, 0, chunk.length, at);
			const lines = (rest + chunk.toString('utf8')).split('\n');
			rest = lines.pop() ?? '';
			return lines;
		},
		untilQuiet: async () => {
			const end = performance.now() + longestMs;
			for (let size = -1; size !== fstatSync(file).size && performance.now() < end; ) {
				({size} = fstatSync(file));
				await pass(quietMs);
			}
		},
		close: () => closeSync(file),
	};
};
