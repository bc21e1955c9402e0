import type {ShellCommand} from './shell-line.ts';
import type {ShellWord} from './shell-word.ts';

/**
 * Why a command may not simply run. `denied` holds in every mode. `unclear` means that nobody can say beforehand what
 * it does: no rule allows it, and a person is asked.
 */
export type Risk = {readonly kind: 'denied' | 'unclear'; readonly words: string};

export const denied = (words: string): Risk => ({kind: 'denied', words});
export const unclear = (words: string): Risk => ({kind: 'unclear', words});

/** A command as the tables of risks take it. */
export type Suspect = {
	readonly command: ShellCommand;
	/** The program's name, without its folder. */
	readonly name: string;
	readonly args: readonly ShellWord[];
	/** The values of `args`. */
	readonly values: readonly string[];
	/** Whether the operating system keeps commands from what is protected. */
	readonly isConfined: boolean;
	/** The project's folder and the outputs folder. */
	readonly folders: readonly string[];
};
