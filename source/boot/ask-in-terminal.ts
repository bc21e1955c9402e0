import {createInterface} from 'node:readline/promises';
import type {Command} from '../domain/command.ts';
import {fromUsd, toUsd} from '../domain/money.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Answer, Request} from '../domain/request.ts';
import type {Run} from '../domain/run.ts';
import {print, type Terminal} from './terminal.ts';

const describe = (run: Run, {ask, agentId}: Request): string => {
	const who = agentId === undefined ? '' : `${run.agents[agentId]?.name ?? agentId} `;
	switch (ask.kind) {
		case 'plan':
			return [
				'The plan:',
				...stepsOf(run.plan).map(step => `  ${step.key}: ${step.title} (${step.role})`),
				'Approve it? [y/n] ',
			].join('\n');
		case 'call':
			return `${who}asks for ${ask.tool}: ${ask.preview.title}\n${ask.preview.body}\nAllow it? [y/n, or the reason why not] `;
		case 'question':
			return `${who}asks: ${ask.question}${ask.choices.length > 0 ? ` (${ask.choices.join(' / ')})` : ''}\n> `;
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

/** Ask one request in lines of text. Undefined: the person leaves it open, and the run goes on waiting. */
export const askInTerminal = async (
	terminal: Terminal,
	run: Run,
	request: Request,
	signal: AbortSignal,
): Promise<Command | undefined> => {
	const lines = createInterface({input: terminal.stdin, output: terminal.stderr});
	try {
		const text = (await lines.question(describe(run, request), {signal})).trim();
		const answer = answerOf(request, text);
		if (answer !== undefined) return {type: 'request.answer', runId: run.id, requestId: request.id, answer};
		print(terminal, 'Left open. `flotilla resume` asks again.');
		return undefined;
	} catch (error) {
		if (signal.aborted) return undefined;
		throw error;
	} finally {
		lines.close();
	}
};
