import {appendFileSync, renameSync, rmSync, statSync} from 'node:fs';

/** A full file is put away; so many that were put away are kept. */
const fullBytes = 1024 * 1024;
const kept = 3;

/** The engine's own words, one line each with the time: when it started and ended, who came, what went wrong. */
export type EngineLog = {readonly say: (text: string) => void};

const putAway = (file: string): void => {
	rmSync(`${file}.${kept}`, {force: true});
	for (let n = kept - 1; n >= 0; n--) {
		const from = n === 0 ? file : `${file}.${n}`;
		if (statSync(from, {throwIfNoEntry: false}) !== undefined) renameSync(from, `${file}.${n + 1}`);
	}
};

/** `now` is ms since 1970. What cannot be written is lost: an engine does not stop because its diary is full. */
export const openEngineLog = (file: string, now: () => number): EngineLog => ({
	say: text => {
		const line = `${new Date(now()).toISOString()} ${text.replaceAll('\n', '\n  ')}\n`;
		try {
			if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) > fullBytes) putAway(file);
			appendFileSync(file, line, {mode: 0o600});
		} catch {
			// Nobody could be told.
		}
	},
});
