import type {Call} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, MessageId, StepId, TurnId} from './id.ts';
import type {Limits} from './limits.ts';
import type {ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {Packet} from './packet.ts';
import type {Pages} from './pages.ts';
import type {Usage} from './usage.ts';

/** The packet of a step this agent's work builds on, or the reason why there is none. */
export type Brief =
	| {readonly kind: 'packet'; readonly key: string; readonly title: string; readonly packet: Packet}
	| {readonly kind: 'rejected'; readonly key: string; readonly title: string; readonly reason: string};

/** Everything an agent starts from; with its own events it determines its whole conversation. */
export type Assignment = {
	/**
	 * `plan` makes the plan, `step` carries out a step of it, `task` is what a person asked for beside it, `part` is
	 * what another agent handed on.
	 */
	readonly kind: 'plan' | 'step' | 'task' | 'part';
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
	| {readonly kind: 'backoff'; readonly since: number; readonly until: number; readonly failure: Failure}
	/** Its turn was cut off by a person; it goes on when it gets a message. */
	| {readonly kind: 'interrupted'}
	/** It was stopped because it cannot go on by itself; an answer or a message lets it go on. */
	| {readonly kind: 'blocked'; readonly problem: string}
	/** A limit of its own or of its step is reached; a person is asked. */
	| {readonly kind: 'limited'}
	| {readonly kind: 'done'}
	| {readonly kind: 'failed'; readonly failure: Failure}
	| {readonly kind: 'killed'; readonly reason: string};

/** What the model has not read yet: guessed tokens, and bytes, of which there are at least as many as tokens. */
export type Fresh = {readonly tokens: number; readonly bytes: number};

/** One request to the model that is under way, with the money set aside for it. */
export type Turn = {
	readonly id: TurnId;
	readonly startedAt: number;
	readonly reserved: NanoUsd;
	/** Tokens set aside: the largest possible prompt and reply. */
	readonly reservedTokens: number;
	readonly promptGuess: number;
	/** The model that was asked: the agent may have another one from its next turn on. */
	readonly model: ModelFacts;
	/** What of the agent's fresh tokens and bytes this turn brings to the model. */
	readonly reads: Fresh;
	/** Why it was cut off by the engine; undefined while it may go on. */
	readonly cut: Failure | undefined;
	/** The agent may only report in this turn: its turns or calls are used up. */
	readonly last: boolean;
};

/** A message to an agent, with its receipt: it is acted on when the turn that brought it has its reply. */
export type Letter = {
	readonly id: MessageId;
	readonly text: string;
	readonly from: 'person' | 'engine';
	readonly sentAt: number;
	readonly state: 'queued' | 'delivered' | 'acted_on';
};

/** Who handed this work on, and the call that waits for its report; no call when the engine handed it on. */
export type Parent = {readonly agentId: AgentId; readonly callId: CallId | undefined};

/** The agent and the turn after which this one's conversation parts from it. */
export type Fork = {readonly agentId: AgentId; readonly turnId: TurnId};

/** How often in a row the same thing was done. */
export type Streak = {readonly key: string; readonly count: number};

export type Agent = {
	readonly id: AgentId;
	/** Short and unique in the run, such as `scout-1`. */
	readonly name: string;
	/** The step it works on, itself or for another agent. */
	readonly stepId: StepId | undefined;
	readonly parent: Parent | undefined;
	/** 1 for agents of the plan and of a person. */
	readonly depth: number;
	readonly fork: Fork | undefined;
	readonly assignment: Assignment;
	/** What a person added to its prompt since. */
	readonly instructions: readonly string[];
	readonly model: ModelFacts;
	/** Its own limits, over those that every agent has. */
	readonly limits: Pick<Limits, 'turn' | 'agent'>;
	readonly createdAt: number;
	readonly endedAt: number | undefined;
	readonly status: AgentStatus;
	/** A person paused it, or whom it works for: what runs may end, nothing new starts. */
	readonly paused: boolean;
	/** The next turn must report: its money is nearly used up. */
	readonly windsUp: boolean;
	/** It has ended and is out of sight; its history is kept. */
	readonly retired: boolean;
	/** The request under way, also after an interrupt, until its end is known. */
	readonly turn: Turn | undefined;
	/** Its turns that have their reply, oldest first. */
	readonly turnIds: Pages<TurnId>;
	/** Calls of the latest turn, in the order in which the model asked for them. */
	readonly calls: readonly Call[];
	/** Messages not yet delivered. */
	readonly mailbox: readonly Letter[];
	/** The latest messages that were delivered, with their receipts. */
	readonly read: readonly Letter[];
	readonly turns: number;
	/** Turns in a row in which it could only report, since somebody last let it go on. */
	readonly lastTurns: number;
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
	/** Part of its usage is a guess, for the same reason. */
	readonly guessed: boolean;
	/** Tokens of the last turn's prompt and reply: what the context window holds now. */
	readonly contextTokens: number;
	/** What came after the last turn: results and messages. */
	readonly fresh: Fresh;
	/** Time spent in turns and calls, ms. */
	readonly workedMs: number;
	readonly sameCalls: Streak;
	readonly sameReplies: Streak;
	/** It changed files of the person, or ran something that may have. */
	readonly unchecked: boolean;
	/** How often its checks failed. */
	readonly checkFailures: number;
	/** What it is doing, in a few words. */
	readonly activity: string;
};

export const isEnded = (agent: Agent): boolean =>
	agent.status.kind === 'done' || agent.status.kind === 'failed' || agent.status.kind === 'killed';

export const callOf = (agent: Agent, callId: CallId): Call | undefined => agent.calls.find(call => call.id === callId);

export const asksPerson = (agent: Agent): boolean =>
	agent.calls.some(call => call.status.kind === 'asked' || call.status.kind === 'lost');

/** Whether the step's outcome is this agent's to report; others work for it. */
export const ownsStep = (agent: Agent): agent is Agent & {readonly stepId: StepId} =>
	agent.assignment.kind === 'step' && agent.stepId !== undefined;

/** Whether it has waited long enough after a failure; also when the clock has been set back since. */
export const isRested = ({status}: Agent, now: number): boolean =>
	status.kind === 'backoff' && (status.until <= now || now < status.since);

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
