import type {AgentId, CallId, RunId, TurnId} from './id.ts';

/** Passing weather: what is seen while something happens. Never stored, may be dropped. */
export type Signal =
	| {
			readonly type: 'turn.delta';
			readonly runId: RunId;
			readonly agentId: AgentId;
			readonly turnId: TurnId;
			readonly kind: 'text' | 'thinking' | 'tool_input';
			readonly text: string;
	  }
	/** What a turn under way has said before: to those who come only now, in place of its pieces. */
	| {
			readonly type: 'turn.said';
			readonly runId: RunId;
			readonly agentId: AgentId;
			readonly turnId: TurnId;
			readonly text: string;
			readonly thinking: string;
			readonly toolInput: string;
	  }
	| {
			readonly type: 'call.output';
			readonly runId: RunId;
			readonly agentId: AgentId;
			readonly callId: CallId;
			readonly text: string;
	  }
	/** Nothing can be stored at present, so nothing moves; or it can again. Of the whole fleet, so everybody hears it. */
	| {
			readonly type: 'storage';
			readonly runId?: RunId;
			readonly state: 'waiting' | 'well';
			readonly message: string;
	  };
