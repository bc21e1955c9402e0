import type {Preview} from './call.ts';
import type {AgentId, CallId, RequestId, StepId} from './id.ts';
import type {NanoUsd} from './money.ts';

/** Something that waits for a person. */
export type Ask =
	| {readonly kind: 'plan'}
	| {
			readonly kind: 'call';
			readonly callId: CallId;
			readonly tool: string;
			readonly preview: Preview;
			readonly rule: string;
	  }
	| {
			readonly kind: 'question';
			readonly callId: CallId;
			readonly question: string;
			readonly choices: readonly string[];
	  }
	| {readonly kind: 'budget'; readonly limit: NanoUsd; readonly needed: NanoUsd};

export type Answer =
	| {readonly kind: 'approve'}
	| {readonly kind: 'deny'; readonly reason: string}
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'raise'; readonly limit: NanoUsd};

export type RequestStatus =
	| {readonly kind: 'open'}
	| {readonly kind: 'answered'; readonly answer: Answer; readonly by: 'person' | 'policy'; readonly at: number}
	/** What asked is gone: its agent was killed, its run stopped. */
	| {readonly kind: 'withdrawn'; readonly at: number};

export type Request = {
	readonly id: RequestId;
	readonly openedAt: number;
	readonly agentId: AgentId | undefined;
	readonly stepId: StepId | undefined;
	readonly ask: Ask;
	readonly status: RequestStatus;
};
