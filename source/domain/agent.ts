import type {Call} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, MessageId, StepId, TurnId} from './id.ts';
import type {ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {Packet} from './packet.ts';
import type {Usage} from './usage.ts';

/** The packet of a step this agent's work builds on, or the reason why there is none. */
export type Brief =
	| {readonly kind: 'packet'; readonly key: string; readonly title: string; readonly packet: Packet}
	| {readonly kind: 'rejected'; readonly key: string; readonly title: string; readonly reason: string};

/** Everything an agent starts from; with its own events it determines its whole conversation. */
export type Assignment = {
	/** `plan` makes the plan, `step` carries out a step of it, `task` is what a person asked for beside it. */
	readonly kind: 'plan' | 'step' | 'task';
	readonly role: string;
	readonly title: string;
	readonly objective: string;
	readonly acceptance: readonly string[];
	readonly files: readonly string[];
	readonly briefs: readonly Brief[];
	readonly tools: readonly string[];
	readonly maxTurns: number;
	readonly toolBudget: number;
	readonly maxOutputTokens: number;
};

export type AgentStatus =
	/** May ask for its next turn as soon as there is a place for it. */
	| {readonly kind: 'queued'}
	| {readonly kind: 'thinking'}
	/** Its calls are being weighed, asked about or carried out. */
	| {readonly kind: 'acting'}
	| {readonly kind: 'backoff'; readonly until: number; readonly failure: Failure}
	/** Its turn was cut off by a person; it goes on when it gets a message. */
	| {readonly kind: 'interrupted'}
	| {readonly kind: 'done'}
	| {readonly kind: 'failed'; readonly failure: Failure}
	| {readonly kind: 'killed'; readonly reason: string};

/** One request to the model that is under way, with the money set aside for it. */
export type Turn = {
	readonly id: TurnId;
	readonly startedAt: number;
	readonly reserved: NanoUsd;
	readonly promptGuess: number;
	/** The agent may only report in this turn: its turns or calls are used up. */
	readonly last: boolean;
};

export type Letter = {readonly id: MessageId; readonly text: string};

export type Agent = {
	readonly id: AgentId;
	/** Short and unique in the run, such as `scout-1`. */
	readonly name: string;
	readonly stepId: StepId | undefined;
	readonly assignment: Assignment;
	readonly model: ModelFacts;
	readonly createdAt: number;
	readonly endedAt: number | undefined;
	readonly status: AgentStatus;
	/** The request under way, also after an interrupt, until its end is known. */
	readonly turn: Turn | undefined;
	/** Calls of the latest turn, in the order in which the model asked for them. */
	readonly calls: readonly Call[];
	/** Messages not yet delivered. */
	readonly mailbox: readonly Letter[];
	readonly turns: number;
	/** Failed attempts since the last good turn. */
	readonly attempts: number;
	/** Replies without a tool call, when one was owed. */
	readonly nudges: number;
	readonly callsMade: number;
	readonly usage: Usage;
	readonly settled: NanoUsd;
	/** Part of the cost that is a guess, because a turn was cut short. */
	readonly estimated: NanoUsd;
	readonly unpriced: boolean;
	/** Tokens of the last turn's prompt and reply: what the context window holds now. */
	readonly contextTokens: number;
	/** Guessed tokens of what came after the last turn: results and messages. */
	readonly freshTokens: number;
	/** What it is doing, in a few words. */
	readonly activity: string;
};

export const isEnded = (agent: Agent): boolean =>
	agent.status.kind === 'done' || agent.status.kind === 'failed' || agent.status.kind === 'killed';

export const callOf = (agent: Agent, callId: CallId): Call | undefined => agent.calls.find(call => call.id === callId);

export const asksPerson = (agent: Agent): boolean => agent.calls.some(call => call.status.kind === 'asked');

/** Whether the agent holds one of the places for parallel work. Who waits for a person, or for a place, holds none. */
export const isActive = (agent: Agent): boolean =>
	agent.turn !== undefined ||
	agent.status.kind === 'backoff' ||
	(agent.status.kind === 'acting' &&
		agent.calls.some(call => call.status.kind === 'proposed' || call.status.kind === 'running'));

/** A person's message that is still unread is a reason to take one more turn before ending, if there is one left. */
export const owesReading = (agent: Agent): boolean =>
	agent.mailbox.length > 0 && agent.turns < agent.assignment.maxTurns;

export const turnOpen = (agent: Agent | undefined, turnId: TurnId): agent is Agent & {readonly turn: Turn} =>
	agent?.turn?.id === turnId;
