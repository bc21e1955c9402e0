import {summarize} from '../domain/run.ts';
import type {Occasion} from '../hooks/create-hooks.ts';
import {jsonText} from './json-text.ts';
import {presentEvent, presentSummary} from './present.ts';

/** What a hook reads on standard input: one line of JSON, in the form of docs/hooks.md. */
export const hookText = ({on, stamped, run}: Occasion): string => {
	const summary = summarize(run);
	const value = {version: 1, on, event: presentEvent(stamped), run: presentSummary(summary, summary.status)};
	return `${jsonText(value, 'line')}\n`;
};
