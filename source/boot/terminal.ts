import {sanitise} from '../../components/text/sanitise.ts';
import {jsonText} from './json-text.ts';

/** The three streams of the process, as far as commands need them. */
export type Terminal = {
	readonly stdin: NodeJS.ReadableStream;
	readonly stdout: NodeJS.WritableStream & {readonly columns: number; readonly rows: number};
	readonly stderr: NodeJS.WritableStream;
	/** Whether a person can see a window and type into it. */
	readonly interactive: boolean;
};

/** How many columns there are to fill; undefined where it is no terminal, or one that does not tell its size. */
export const columnsOf = ({stdout}: Terminal): number | undefined => (stdout.columns > 0 ? stdout.columns : undefined);

/** Words of models, files and commands are among the text: nothing in it may act on the terminal. */
export const print = ({stdout}: Terminal, text: string): void => void stdout.write(`${sanitise(text)}\n`);
export const complain = ({stderr}: Terminal, text: string): void => void stderr.write(`${sanitise(text)}\n`);

/** For scripts: the value exactly, on one line or as an indented page. */
export const printJson = ({stdout}: Terminal, value: unknown, form: 'line' | 'page'): void =>
	void stdout.write(`${jsonText(value, form)}\n`);

/** An error for scripts, on a line of its own. */
export const complainJson = (
	{stderr}: Terminal,
	error: {readonly code: 'usage' | 'storage' | 'bug'; readonly message: string; readonly crashFile?: string | null},
): void => void stderr.write(`${jsonText({error}, 'line')}\n`);
