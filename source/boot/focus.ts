import {createTerminalMode, type TerminalMode} from './terminal-mode.ts';

/** What a terminal says of its focus, whether it says such things at all, and the ends of a paste. */
const reports = /\u001b\[(?:([IO])|\?1004;(\d)\$y|20[01]~)/g;
const pasteStart = '\u001b[200~';

/** Focus reports on, and whether they are; off. */
const codes = {enter: '\u001b[?1004h\u001b[?1004$p', leave: '\u001b[?1004l'};

/** Whether the person looks at this terminal, as far as it tells. */
export type Focus = Pick<TerminalMode, 'turn' | 'without'> & {
	/** Undefined while the terminal has not said anything of it. */
	readonly has: () => boolean | undefined;
	/** Gives back what was typed, without what the terminal says of its focus. What is pasted is left as it is. */
	readonly read: (chunk: string) => string;
};

export const createFocus = (write: (code: string) => void): Focus => {
	let has: boolean | undefined;
	let pasting = false;
	const {turn, without} = createTerminalMode(write, codes);
	return {
		has: () => has,
		read: chunk =>
			chunk.replaceAll(reports, (report: string, focus?: string, mode?: string) => {
				if (focus === undefined && mode === undefined) {
					pasting = report === pasteStart;
					return report;
				}
				if (pasting) return report;
				if (focus !== undefined) has = focus === 'I';
				// Who has just opened the window looks at it; a terminal that does not know the mode says 0.
				else if (mode !== '0') has ??= true;
				return '';
			}),
		turn,
		without,
	};
};
