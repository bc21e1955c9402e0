import {setTimeout as sleep} from 'node:timers/promises';
import type {PtyTerminal} from '../test/support/pty-terminal.ts';

export const keysTyped = 100;
export const keysAtOnce = 40;
/** A key that is not on the screen by then is lost, and counts as long. */
const lostMs = 2000;

export type KeyFigures = {
	/** ms from key to screen, of each key that was typed by itself. */
	readonly latencies: readonly number[];
	readonly lost: number;
	/** Of keys that arrived all at once. */
	readonly lostAtOnce: number;
};

const letterAt = (i: number): string => String.fromCharCode(97 + ((i * 7) % 26));

const shows = (terminal: PtyTerminal, text: string): Promise<boolean> =>
	terminal
		.until(screen => screen.includes(`❯ ${text}`), lostMs)
		.then(() => true)
		.catch(() => false);

/** So many columns of the line are not for what is typed. */
const labelColumns = 20;

/**
 * Types letters into a message to an agent, each once the one before is on the screen, then many at once. Where the
 * line is full it is emptied, for the beginning of a longer one would not be on the screen.
 */
export const measureKeys = async (terminal: PtyTerminal, columns: number): Promise<KeyFigures> => {
	terminal.press('2');
	await sleep(300);
	terminal.press('m');
	await sleep(500);
	const latencies: number[] = [];
	let typed = '';
	let lost = 0;
	const makeRoom = async (letters: number): Promise<void> => {
		if (typed.length + letters <= columns - labelColumns) return;
		terminal.press('\u0015');
		await terminal.until(screen => !screen.includes(`❯ ${typed}`), lostMs).catch(() => {});
		typed = '';
	};
	for (let i = 0; i < keysTyped; i++) {
		await makeRoom(1);
		const letter = letterAt(i);
		const began = performance.now();
		terminal.press(letter);
		if (await shows(terminal, typed + letter)) {
			typed += letter;
			latencies.push(performance.now() - began);
		} else {
			lost++;
			latencies.push(lostMs);
		}
		await sleep(20 + ((i * 13) % 60));
	}
	await makeRoom(keysAtOnce);
	const burst = Array.from({length: keysAtOnce}, (_, i) => letterAt(i)).join('');
	for (const letter of burst) terminal.press(letter);
	const missing = (): number => {
		const line = terminal.screen().find(text => text.includes(`❯ ${typed}`)) ?? '';
		const seen = /^[a-z]*/.exec(line.slice(line.indexOf(`❯ ${typed}`) + 2))?.[0].length ?? 0;
		return Math.max(1, typed.length + burst.length - seen);
	};
	const lostAtOnce = (await shows(terminal, typed + burst)) ? 0 : missing();
	terminal.press('\u001b');
	return {latencies, lost, lostAtOnce};
};
