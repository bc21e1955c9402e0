import type {EventType} from '../source/domain/event.ts';

/** What an event is about, as a person asks for it. */
export const logKinds = ['run', 'plan', 'agent', 'turn', 'call', 'request', 'money', 'lane'] as const;
export type LogKind = (typeof logKinds)[number];

type Prefix<Type> = Type extends `${infer Noun}.${string}` ? Noun : never;

const kinds: Readonly<Record<Prefix<EventType>, LogKind>> = {
	run: 'run',
	plan: 'plan',
	step: 'plan',
	agent: 'agent',
	turn: 'turn',
	call: 'call',
	request: 'request',
	grant: 'request',
	budget: 'money',
	lane: 'lane',
};

const isPrefix = (noun: string): noun is Prefix<EventType> => Object.hasOwn(kinds, noun);

export const logKindOf = (type: EventType): LogKind => {
	const noun = type.slice(0, type.indexOf('.'));
	return isPrefix(noun) ? kinds[noun] : 'run';
};
