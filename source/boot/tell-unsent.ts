import {oneLine} from '../domain/one-line.ts';
import type {Context} from './context.ts';
import {complain} from './terminal.ts';

/** What was written and never sent is gone with the program. Here it stands once more, each piece on a line. */
export const tellUnsent = ({terminal, written}: Pick<Context, 'terminal' | 'written'>): void => {
	for (const [runId, {unsent}] of written)
		for (const {place, text} of unsent) complain(terminal, `Not sent ${place} of ${runId}: ${oneLine(text).trim()}`);
};
