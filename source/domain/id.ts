/**
 * Names of things. An id says what it names, so a step id cannot be passed where an agent id is wanted.
 * Ids inside a run are counted, never drawn by chance: the same history always gives the same ids.
 */
export type RunId = `run_${string}`;
export type StepId = `step_${string}`;
export type AgentId = `agent_${string}`;
export type TurnId = `turn_${string}`;
export type CallId = `call_${string}`;
export type RequestId = `request_${string}`;
export type MessageId = `message_${string}`;

export type ChildKind = 'step' | 'agent' | 'turn' | 'call' | 'request' | 'message';

/** The n-th thing of a kind in a run, such as `step_k3f9a2_4`. */
export const childId = <K extends ChildKind>(run: RunId, kind: K, n: number): `${K}_${string}` =>
	`${kind}_${run.slice('run_'.length)}_${n}`;
