import {sanitiseLine} from '../../components/text/sanitise.ts';
import type {Command} from '../domain/command.ts';
import {fromUsd, toUsd} from '../domain/money.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Answer, Request} from '../domain/request.ts';
import type {Run} from '../domain/run.ts';
import {askLine} from './ask-line.ts';
import {print, type Terminal} from './terminal.ts';

/** What others wrote keeps to its line: a title with a line break could pass for a question of ours. */
const describe = (run: Run, {ask, agentId}: Request): string => {
	const who = agentId === undefined ? '' : `${run.agents[agentId]?.name ?? agentId} `;
	switch (ask.kind) {
		case 'plan':
			return [
				'The plan:',
				...stepsOf(run.plan).map(step => sanitiseLine(`  ${step.key}: ${step.title} (${step.role})`)),
				'Approve it? [y/n] ',
			].join('\n');
		case 'call':
			return `${sanitiseLine(`${who}asks for ${ask.tool}: ${ask.preview.title}`)}\n${ask.preview.body}\nAllow it? [y/n, or the reason why not] `;
		case 'question':
			return `${who}asks: ${ask.question}${ask.choices.length > 0 ? sanitiseLine(` (${ask.choices.join(' / ')})`) : ''}\n> `;
		case 'budget':
			return `The budget of $${toUsd(ask.limit).toFixed(2)} is spent; the next turn may need $${toUsd(ask.needed).toFixed(2)} in all.\nNew budget in dollars, or n to stop: `;
		default:
			return ask satisfies never;
	}
};

const answerOf = ({ask}: Request, text: string): Answer | undefined => {
	const yes = /^y(es)?$/i.test(text);
	const no = /^(no?)?$/i.test(text);
	switch (ask.kind) {
		case 'plan':
			return yes ? {kind: 'approve'} : undefined;
		case 'call':
			return yes ? {kind: 'approve'} : {kind: 'deny', reason: no ? '' : text};
		case 'question':
			return text === '' ? undefined : {kind: 'text', text};
		case 'budget': {
			const usd = Number(text.replace(/^\$/, ''));
			return no || !Number.isFinite(usd) ? {kind: 'deny', reason: ''} : {kind: 'raise', limit: fromUsd(usd)};
		}
		default:
			return ask satisfies never;
	}
};

/** Ask one request in lines of text. Left open, the run goes on waiting for its person. */
export const askInTerminal = async (
	terminal: Terminal,
	run: Run,
	request: Request,
	abort: AbortSignal,
): Promise<Command | 'interrupted' | 'left_open'> => {
	const said = await askLine(terminal, describe(run, request), abort);
	if (said.kind === 'interrupted') return said.kind;
	const answer = said.kind === 'line' ? answerOf(request, said.text) : undefined;
	if (answer !== undefined) return {type: 'request.answer', runId: run.id, requestId: request.id, answer};
	print(terminal, 'Left open. `flotilla resume` asks again.');
	return 'left_open';
};
