import {agentOf, type RunEvent, type Stamped} from '../source/domain/event.ts';
import type {AgentId, CallId} from '../source/domain/id.ts';
import {countUpTo} from './count-up-to.ts';

/** Where things are in the whole history of an agent, by the numbers of their events, in order. */
export type TranscriptIndex = {
	readonly turns: readonly number[];
	readonly calls: readonly number[];
	/** Calls that went wrong, by the event that proposed them, and failures of turns and of the agent. */
	readonly failures: readonly number[];
	/** Which model the agent has from an event on. */
	readonly models: readonly {readonly seq: number; readonly id: string}[];
	/** How many things there are to read. */
	readonly items: number;
};

const upTo = (numbers: readonly number[], last: number): readonly number[] =>
	numbers.slice(0, countUpTo(numbers, last));

/** What it was after an event. */
export const indexUpTo = (index: TranscriptIndex, last: number): TranscriptIndex => ({
	turns: upTo(index.turns, last),
	calls: upTo(index.calls, last),
	failures: upTo(index.failures, last),
	models: index.models.filter(({seq}) => seq <= last),
	items: index.items,
});

/** The place of a number among others that are in order, from 0; -1 when it is not there. */
export const placeOfNumber = (numbers: readonly number[], wanted: number): number => {
	const place = countUpTo(numbers, wanted) - 1;
	return numbers[place] === wanted ? place : -1;
};

type Growing = {
	readonly turns: number[];
	readonly calls: number[];
	readonly failures: number[];
	readonly models: {seq: number; id: string}[];
	items: number;
	/** Calls under way. */
	readonly open: Map<CallId, number>;
};

const insert = (numbers: number[], value: number): void => {
	const behind = countUpTo(numbers, value - 1);
	if (numbers[behind] !== value) numbers.splice(behind, 0, value);
};

const add = (index: Growing, seq: number, event: RunEvent): void => {
	switch (event.type) {
		case 'agent.created':
			index.models.push({seq, id: event.model.id});
			index.items++;
			return;
		case 'agent.changed':
			if (event.model !== undefined) index.models.push({seq, id: event.model.id});
			index.items++;
			return;
		case 'turn.finished':
			index.turns.push(seq);
			index.items++;
			return;
		case 'call.proposed':
			index.calls.push(seq);
			index.open.set(event.callId, seq);
			index.items++;
			return;
		case 'call.finished':
			if (event.outcome === 'error') insert(index.failures, index.open.get(event.callId) ?? seq);
			index.open.delete(event.callId);
			return;
		case 'turn.failed':
		case 'agent.failed':
		case 'agent.killed':
			index.failures.push(seq);
			index.items++;
			return;
		case 'agent.messaged':
		case 'agent.interrupted':
		case 'agent.continued':
		case 'agent.paused':
		case 'agent.blocked':
		case 'agent.limited':
		case 'agent.finished':
			index.items++;
			return;
		default:
			return;
	}
};

/** Indexes of all agents, from all events of a run in order: only numbers are kept, so nothing is too long for it. */
export const createTranscriptIndexes = () => {
	const agents = new Map<AgentId, Growing>();
	const growing = (agentId: AgentId): Growing => {
		const known = agents.get(agentId) ?? {turns: [], calls: [], failures: [], models: [], items: 0, open: new Map()};
		agents.set(agentId, known);
		return known;
	};
	return {
		event: ({seq, event}: Stamped): void => {
			const agentId = agentOf(event);
			if (agentId !== undefined) add(growing(agentId), seq, event);
		},
		/** It goes on growing. */
		of: (agentId: AgentId): TranscriptIndex => growing(agentId),
	};
};
