import {createInterface} from 'node:readline';
import {sanitise} from '../../components/text/sanitise.ts';
import type {Terminal} from './terminal.ts';

/** What became of a question: a line, Ctrl+C (or the abort of the command), or Ctrl+D. */
export type Said =
	| {readonly kind: 'line'; readonly text: string}
	| {readonly kind: 'interrupted'}
	| {readonly kind: 'left_open'};

/** Asks for one line. Whatever the question quotes, it is shown as what it is. */
export const askLine = ({stdin, stderr}: Terminal, question: string, abort: AbortSignal): Promise<Said> =>
	new Promise(resolve => {
		const lines = createInterface({input: stdin, output: stderr});
		let said: Said = {kind: 'left_open'};
		const end = (what: Said) => (): void => {
			said = what;
			lines.close();
		};
		const interrupt = end({kind: 'interrupted'});
		abort.addEventListener('abort', interrupt);
		lines.once('SIGINT', interrupt);
		lines.once('close', () => {
			abort.removeEventListener('abort', interrupt);
			if (said.kind !== 'line') stderr.write('\n');
			resolve(said);
		});
		lines.question(sanitise(question), text => end({kind: 'line', text: text.trim()})());
		if (abort.aborted) interrupt();
	});
