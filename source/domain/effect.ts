import type {AgentId, CallId, TurnId} from './id.ts';

/** What hands must do. Each but `abort` is answered by exactly one report. */
export type Effect =
	| {readonly type: 'plan.draft'; readonly agentId: AgentId; readonly turnId: TurnId}
	| {readonly type: 'turn.ask'; readonly agentId: AgentId; readonly turnId: TurnId; readonly last: boolean}
	| {readonly type: 'call.weigh'; readonly agentId: AgentId; readonly callId: CallId}
	| {readonly type: 'call.run'; readonly agentId: AgentId; readonly callId: CallId}
	/** Cut off whatever is being done under this name. */
	| {readonly type: 'abort'; readonly of: TurnId | CallId};
