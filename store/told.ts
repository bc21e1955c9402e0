import type {Stamped} from '../source/domain/event.ts';
import {agentOf} from '../source/domain/event.ts';
import type {AgentId} from '../source/domain/id.ts';
import {textOf} from '../source/domain/message.ts';
import {planWords} from './plan-words.ts';

/** What an agent said last, and when anything was last heard of it. */
export type Told = {
	/** The end of its last reply, or the summary of its report; empty until it has spoken. */
	readonly text: string;
	/** When its last event was stored, ms since 1970. */
	readonly at: number;
};

/** Characters kept of each agent: enough to look over its shoulder. */
const toldCharactersMax = 2000;

/** Keeps the end of what each agent has said, so that a look at any of them asks nobody. */
export type ToldTexts = {
	readonly event: (stamped: Stamped) => void;
	readonly of: (agentId: AgentId) => Told | undefined;
};

const textIn = ({event}: Stamped): string => {
	if (event.type === 'turn.finished') {
		const text = textOf(event.content).trim();
		return planWords(text, false) ?? text.slice(-toldCharactersMax);
	}
	return event.type === 'step.finished' ? event.packet.summary.slice(0, toldCharactersMax) : '';
};

export const createTold = (): ToldTexts => {
	const agents = new Map<AgentId, Told>();
	return {
		event: stamped => {
			const agentId = agentOf(stamped.event);
			if (agentId === undefined) return;
			const text = textIn(stamped);
			agents.set(agentId, {text: text === '' ? (agents.get(agentId)?.text ?? '') : text, at: stamped.at});
		},
		of: agentId => agents.get(agentId),
	};
};
