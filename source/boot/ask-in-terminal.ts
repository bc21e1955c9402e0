import type {Command} from '../domain/command.ts';
import type {Request} from '../domain/request.ts';
import type {Run} from '../domain/run.ts';
import {askLine} from './ask-line.ts';
import type {Context} from './context.ts';
import {print, type Terminal} from './terminal.ts';
import {questionFor, readAnswer} from './terminal-question.ts';

/** Whether a person sits at this terminal and may be asked in lines of text. */
export const mayAsk = ({terminal, flags}: Context): boolean =>
	terminal.interactive && flags.nonInteractive !== true && flags.json !== true;

/** Ask one request in lines of text. Left open, the run goes on waiting for its person. */
export const askInTerminal = async (
	terminal: Terminal,
	run: Run,
	request: Request,
	now: number,
	abort: AbortSignal,
): Promise<Command | 'interrupted' | 'left_open'> => {
	for (;;) {
		const said = await askLine(terminal, questionFor(run, request, now), abort);
		if (said.kind === 'interrupted') return said.kind;
		const answer = said.kind === 'line' ? readAnswer(request.ask, said.text) : undefined;
		if (answer === undefined) {
			print(terminal, 'Left open. `flotilla resume` asks again.');
			return 'left_open';
		}
		if (answer.kind !== 'again') return {type: 'request.answer', runId: run.id, requestId: request.id, answer};
		print(terminal, answer.words);
	}
};
