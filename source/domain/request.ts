import type {Preview} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, RequestId, StepId} from './id.ts';
import type {LimitName} from './limits.ts';

/** Something that waits for a person. */
export type Ask =
	| {readonly kind: 'plan'}
	| {
			readonly kind: 'call';
			readonly callId: CallId;
			readonly tool: string;
			readonly preview: Preview;
			readonly rule: string;
			/** The rule that a yes for more than this once would add; undefined when there is no safe one. */
			readonly grant?: string;
	  }
	| {
			readonly kind: 'question';
			readonly callId: CallId;
			readonly question: string;
			readonly choices: readonly string[];
	  }
	/** An agent cannot go on. `callId` is the call by which it said so; undefined when the engine stopped it. */
	| {
			readonly kind: 'blocker';
			readonly callId: CallId | undefined;
			readonly problem: string;
			readonly tried: string;
	  }
	/**
	 * A limit leaves no room for the next turn: of the run or the day for all, of a turn, agent or step for the agent of the
	 * request.
	 */
	| ({
			readonly kind: 'budget';
			readonly limit: number;
			readonly needed: number;
			/** Whose limit it is, when it is an agent's. */
			readonly of: AgentId | undefined;
	  } & LimitName)
	/** What came of a writing or running call is not known. */
	| {readonly kind: 'unknown'; readonly callId: CallId; readonly tool: string; readonly preview: Preview}
	/** A running command wants to reach a host. */
	| {readonly kind: 'network'; readonly callId: CallId; readonly host: string; readonly grant: string}
	/** A provider's lane is closed: waiting by itself does not help. */
	| {readonly kind: 'lane'; readonly lane: string; readonly failure: Failure};

/** How far a yes reaches. `always` adds a rule to the project's configuration. */
export const reaches = ['once', 'agent', 'run', 'always'] as const;
export type Reach = (typeof reaches)[number];

export type Answer =
	/** Without `reach`: once. */
	| {readonly kind: 'approve'; readonly reach?: Reach}
	| {readonly kind: 'deny'; readonly reason: string}
	| {readonly kind: 'text'; readonly text: string}
	/** A new limit, in the unit of the quantity. */
	| {readonly kind: 'raise'; readonly limit: number}
	/** Let those at work report, and start nothing more. */
	| {readonly kind: 'finish'};

export type RequestStatus =
	| {readonly kind: 'open'}
	| {readonly kind: 'answered'; readonly answer: Answer; readonly by: 'person' | 'policy'; readonly at: number}
	/** What asked is gone: its agent was killed, its run stopped. */
	| {readonly kind: 'withdrawn'; readonly at: number};

export type Request = {
	readonly id: RequestId;
	readonly openedAt: number;
	/** When a person first had it before their eyes. */
	readonly seenAt: number | undefined;
	/** When nobody had answered for so long that the default action was taken. */
	readonly overdueAt: number | undefined;
	readonly agentId: AgentId | undefined;
	readonly stepId: StepId | undefined;
	readonly ask: Ask;
	readonly status: RequestStatus;
};
