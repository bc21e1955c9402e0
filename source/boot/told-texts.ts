import type {EventType, RunEvent} from '../domain/event.ts';
import {textOf} from '../domain/message.ts';
import type {Packet} from '../domain/packet.ts';
import {askWords} from './request-words.ts';

/** The events in which something is said or done that a person may look for. */
export const tellingEvents = [
	'run.created',
	'run.ended',
	'plan.proposed',
	'agent.created',
	'agent.messaged',
	'agent.blocked',
	'agent.failed',
	'turn.finished',
	'turn.failed',
	'call.proposed',
	'call.finished',
	'request.opened',
	'request.answered',
	'step.finished',
	'step.failed',
] as const satisfies readonly EventType[];

/** All texts in a value that came from a model. */
const textsIn = (value: unknown): readonly string[] => {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const packetTexts = ({summary, findings, produced, risks}: Packet): readonly string[] => [
	summary,
	...findings,
	...produced,
	...risks,
];

/** What an event tells in words, as far as no other event tells the same. */
export const toldTexts = (event: RunEvent): readonly string[] => {
	switch (event.type) {
		case 'run.created':
			return [event.goal];
		case 'run.ended':
			return [event.reason];
		case 'plan.proposed':
			return event.steps.flatMap(({title, objective, acceptance}) => [title, objective, ...acceptance]);
		case 'agent.created':
			// A step's words are in the plan.
			return event.assignment.kind === 'step' ? [] : [event.assignment.title, event.assignment.objective];
		case 'agent.messaged':
			return [event.text];
		case 'agent.blocked':
			return [event.problem];
		case 'agent.failed':
		case 'step.failed':
			return [event.failure.message];
		case 'turn.finished':
			return [textOf(event.content)];
		case 'turn.failed':
			return [event.failure.message, textOf(event.partial)];
		case 'call.proposed':
			return [event.tool, ...textsIn(event.input)];
		case 'call.finished':
			return [event.output];
		case 'request.opened':
			return [askWords(event.ask)];
		case 'request.answered':
			return 'text' in event.answer ? [event.answer.text] : 'reason' in event.answer ? [event.answer.reason] : [];
		case 'step.finished':
			return packetTexts(event.packet);
		default:
			return [];
	}
};
