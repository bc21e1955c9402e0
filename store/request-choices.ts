import type {Answer, Request} from '../source/domain/request.ts';
import {agentIn, type Run} from '../source/domain/run.ts';

/** An answer that one key gives. */
export type Choice = {readonly words: string; readonly answer: Answer};

const says = (words: string, text = words): Choice => ({words, answer: {kind: 'text', text}});

/** The answers that stand ready for a request, to be given by their number; mostly none. */
export const choicesOf = ({ask}: Request): readonly Choice[] => {
	switch (ask.kind) {
		case 'question':
			return ask.choices.slice(0, 9).map(choice => says(choice));
		case 'unknown':
			return [
				says('It was done.', 'It was done. Do not repeat it.'),
				says('It was not done: do it again.', 'It was not done. Do it again.'),
			];
		default:
			return [];
	}
};

/** The project's own configuration, to which a rule for always is written. */
const configurationOf = ({settings: {dir}}: Run): string => `${dir}/.flotilla/config.yaml`;

/** The rule that a yes for more than once would add; undefined when there is no safe one. */
export const grantOf = ({ask}: Request): string | undefined =>
	ask.kind === 'call' || ask.kind === 'network' ? ask.grant : undefined;

/** How far a yes may reach beyond this once, nearest first. */
export const reachesOf = (run: Run, request: Request): readonly Choice[] => {
	if (grantOf(request) === undefined) return [];
	const name = agentIn(run, request.agentId)?.name;
	return [
		{words: `for ${name ?? 'this agent'} only`, answer: {kind: 'approve', reach: 'agent'}},
		{words: 'for every agent of this run', answer: {kind: 'approve', reach: 'run'}},
		{words: `always; written to ${configurationOf(run)}`, answer: {kind: 'approve', reach: 'always'}},
	];
};
