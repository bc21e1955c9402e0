import {readFileSync} from 'node:fs';
import {setTimeout as pass} from 'node:timers/promises';
import type {PtyTerminal} from '../support/pty-terminal.ts';

const settleMs = 60;
/** So often in a row the screen must look the same: keys may still be on their way. */
const settleTimes = 12;
const headerRows = 2;

/** A row of the chart of the plan: it moves with the time. */
const passing = /[◐·█▒░⏸┄~]{3,}|▾now|now▾/;

/** What moves by itself is alike for this: figures, spinners, bars, curves, and what is measured over time. */
const still = (screen: readonly string[]): string =>
	screen
		// Its figures grow with the time, and what else fits beside them follows.
		.slice(headerRows)
		.map(line => (passing.test(line) ? line.replace(/^│.*?(?=││(?!│)|│$)/, '│') : line))
		.join('\n')
		.replaceAll(/\brate .*/g, 'rate')
		.replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏▁▂▃▄▅▆▇█░▒▓]/g, '#')
		.replaceAll(/\d+/g, '#')
		// What was seconds ago is minutes ago by the time.
		.replaceAll(/#[smhd](?!\w)/g, '#');

/** What the programs below a process have used of the processor; the same twice when they wait for something. */
const usedBy = (pid: number): string => {
	try {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
		return children
			.filter(child => child !== '')
			.map(child => readFileSync(`/proc/${child}/stat`, 'utf8').split(' ').slice(13, 15).join(' '))
			.join();
	} catch {
		// It has ended, or the system tells nothing.
		return '';
	}
};

/** Resolves with the screen once it stands still; undefined when it does not. */
export const settledScreen = async (terminal: PtyTerminal): Promise<string | undefined> => {
	const look = (): string => `${still(terminal.screen())}\n${usedBy(terminal.pid)}`;
	let last = look();
	let alike = 0;
	for (let i = 0; i < 150; i++) {
		await pass(settleMs);
		const next = look();
		alike = next === last ? alike + 1 : 0;
		if (alike === settleTimes) return still(terminal.screen());
		last = next;
	}
	return undefined;
};

/** The past is played, an answer leaves in a moment, or a word does: the screen changes by itself, for good reason. */
const soonAnother = /▶\d+x|takesitback|PressCtrl\+Conce/;

/** What stands on a screen without its blanks and edges: where there is little room a line is broken anywhere. */
const unbroken = (screen: readonly string[]): string => screen.join('').replaceAll(/[\s│]/g, '');

export const movesByTime = (screen: readonly string[]): boolean => soonAnother.test(unbroken(screen));

/** The key for a text was refused, and letters that follow are none of the window's keys. */
export const takesNoLetters = (screen: readonly string[]): boolean => unbroken(screen).includes('nottakenaskeys');

/** Whether two screens say the same: nine seconds take another column than ten, and a line may break elsewhere for it. */
export const saysTheSame = (one: string, other: string): boolean => {
	// Where a line is cut moves with what stands before.
	const words = (screen: string): string => screen.replaceAll(/\S*…/g, '…').replaceAll(/[\s│]/g, '');
	const edges = (screen: string): number => screen.split('│').length;
	return words(one) === words(other) && edges(one) === edges(other);
};
