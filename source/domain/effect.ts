import type {AgentId, CallId, RequestId, TurnId} from './id.ts';

/** What hands must do. Each but `abort` and `call.tell` is answered by exactly one report. */
export type Effect =
	| {readonly type: 'plan.draft'; readonly agentId: AgentId; readonly turnId: TurnId}
	| {readonly type: 'turn.ask'; readonly agentId: AgentId; readonly turnId: TurnId; readonly last: boolean}
	| {readonly type: 'call.weigh'; readonly agentId: AgentId; readonly callId: CallId}
	| {readonly type: 'call.run'; readonly agentId: AgentId; readonly callId: CallId}
	/** Write a rule to the project's configuration. */
	| {readonly type: 'rule.keep'; readonly requestId: RequestId; readonly rule: string}
	/** Tell a running call whether it may reach the host it wants. */
	| {readonly type: 'call.tell'; readonly callId: CallId; readonly host: string; readonly allowed: boolean}
	/** Cut off whatever is being done under this name. */
	| {readonly type: 'abort'; readonly of: TurnId | CallId};
