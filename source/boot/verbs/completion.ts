import {bashCompletion} from '../completion-bash.ts';
import {fishCompletion} from '../completion-fish.ts';
import {zshCompletion} from '../completion-zsh.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';

const scripts: Readonly<Record<string, () => string>> = {
	bash: bashCompletion,
	zsh: zshCompletion,
	fish: fishCompletion,
};

/** The script that makes a shell complete the words of this program: made from its own tables. */
export const completion = ({terminal}: Context, shell: string): ExitCode => {
	terminal.stdout.write(scripts[shell]?.() ?? '');
	return exitCodes.done;
};
