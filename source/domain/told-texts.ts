import type {EventType, PlannedStep, RunEvent} from './event.ts';
import {textOf} from './message.ts';
import type {Packet} from './packet.ts';
import type {Answer, Ask} from './request.ts';
import type {StepFields} from './step.ts';

/** The events in which something is said or done that a person may look for. */
export const tellingEvents = [
	'run.created',
	'run.ended',
	'plan.proposed',
	'agent.created',
	'agent.messaged',
	'agent.blocked',
	'agent.changed',
	'agent.failed',
	'agent.killed',
	'turn.finished',
	'turn.failed',
	'call.proposed',
	'call.weighed',
	'call.finished',
	'request.opened',
	'request.answered',
	'step.edited',
	'step.added',
	'step.split',
	'step.rejected',
	'step.skipped',
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

const stepTexts = ({title, objective, acceptance}: Partial<StepFields>): readonly string[] => [
	...(title === undefined ? [] : [title]),
	...(objective === undefined ? [] : [objective]),
	...(acceptance ?? []),
];

const plannedTexts = (steps: readonly PlannedStep[]): readonly string[] => steps.flatMap(stepTexts);

/** A call that is asked for was told by the event that proposed it. */
const askTexts = (ask: Ask): readonly string[] => {
	switch (ask.kind) {
		case 'question':
			return [ask.question, ...ask.choices];
		case 'blocker':
			return [ask.problem, ask.tried];
		case 'network':
			return [ask.host];
		case 'lane':
			return [ask.lane, ask.failure.message];
		case 'plan':
		case 'call':
		case 'budget':
		case 'unknown':
			return [];
		default:
			return ask satisfies never;
	}
};

const answerTexts = (answer: Answer): readonly string[] => {
	switch (answer.kind) {
		case 'text':
			return [answer.text];
		case 'deny':
			return [answer.reason];
		case 'approve':
		case 'raise':
		case 'finish':
			return [];
		default:
			return answer satisfies never;
	}
};

/** What an event tells in words, as far as no other event tells the same. */
export const toldTexts = (event: RunEvent): readonly string[] => {
	switch (event.type) {
		case 'run.created':
			return [event.goal];
		case 'run.ended':
			return [event.reason];
		case 'plan.proposed':
			return plannedTexts(event.steps);
		case 'agent.created':
			// A step's words are in the plan.
			return event.assignment.kind === 'step' ? [] : [event.assignment.title, event.assignment.objective];
		case 'agent.messaged':
			return [event.text];
		case 'agent.blocked':
			return [event.problem];
		case 'agent.changed':
			return event.instructions === undefined ? [] : [event.instructions];
		case 'agent.killed':
		case 'step.rejected':
		case 'step.skipped':
			return [event.reason];
		case 'step.edited':
			return stepTexts(event.patch);
		case 'step.added':
			return stepTexts(event.step);
		case 'step.split':
			return plannedTexts(event.into);
		case 'agent.failed':
		case 'step.failed':
			return [event.failure.message];
		case 'turn.finished':
			return [textOf(event.content)];
		case 'turn.failed':
			return [event.failure.message, textOf(event.partial)];
		case 'call.proposed':
			return [event.tool, ...textsIn(event.input)];
		case 'call.weighed':
			return event.preview.format === 'diff' ? [event.preview.body] : [];
		case 'call.finished':
			return [event.output];
		case 'request.opened':
			return askTexts(event.ask);
		case 'request.answered':
			return answerTexts(event.answer);
		case 'step.finished':
			return packetTexts(event.packet);
		default:
			return [];
	}
};
