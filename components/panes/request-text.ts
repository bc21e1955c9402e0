import type {Preview} from '../../source/domain/call.ts';
import type {Request} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Taken} from '../../store/facts.ts';
import {choicesOf} from '../../store/request-choices.ts';
import {askWords} from '../parts/ask-words.ts';
import {sanitiseToTake} from '../text/sanitise.ts';
import {planRows} from './plan-tree.ts';

const whats: Readonly<Record<Preview['format'], string>> = {
	command: 'the command',
	diff: 'the diff',
	text: 'what would be done',
};

const taken = (what: string, lines: readonly string[]): Taken => ({
	what,
	text: () => sanitiseToTake(lines.join('\n')),
});

/** The thing a request is about, alone and exactly: the command, the diff, the question with its answers. */
export const requestToCopy = (run: Run, request: Request): Taken => {
	const {ask} = request;
	switch (ask.kind) {
		case 'call':
		case 'unknown': {
			const {format, body, title} = ask.preview;
			return taken(whats[format], [body.trim() === '' ? title : body]);
		}
		case 'plan':
			return taken(
				'the plan',
				planRows(run.plan).map(({step, branches}) => `${branches}${step.key}  ${step.title}`),
			);
		case 'question':
			return taken('the question', [ask.question, ...choicesOf(request).map(({words}, i) => `${i + 1}. ${words}`)]);
		case 'blocker':
			return taken('the problem', [ask.problem, ...(ask.tried === '' ? [] : [`Tried: ${ask.tried}`])]);
		case 'network':
			return taken('the host', [ask.host]);
		case 'budget':
		case 'lane':
			return taken('what is asked', [askWords(run, ask)]);
		default:
			return ask satisfies never;
	}
};
