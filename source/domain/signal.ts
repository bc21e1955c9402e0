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
