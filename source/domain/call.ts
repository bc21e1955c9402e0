import type {AgentId, CallId, RequestId, TurnId} from './id.ts';
import type {Packet} from './packet.ts';

/** The tool by which an agent reports: the only one it is offered in its last turn. */
export const finishTool = 'finish_step';

/** The tool by which an agent asks a person. */
export const askTool = 'ask_person';

/** What a call can do to the world, weakest first. `control` speaks to the engine only. */
export const callEffects = ['control', 'read', 'write', 'run', 'network'] as const;
export type CallEffect = (typeof callEffects)[number];

/** What a person sees before saying yes. `body` may be a unified diff or a command. */
export type Preview = {
	readonly title: string;
	readonly body: string;
	readonly format: 'text' | 'diff' | 'command';
};

export type Verdict = {
	readonly kind: 'allow' | 'ask' | 'deny';
	/** The rule that decided, in words a person can look up. */
	readonly rule: string;
};

export type FileTouch = {readonly path: string; readonly how: 'read' | 'written'};

/** What a control tool says to the engine. */
export type ControlAct =
	| {readonly kind: 'finish'; readonly packet: Packet}
	| {readonly kind: 'ask'; readonly question: string; readonly choices: readonly string[]};

export type CallOutcome = 'ok' | 'error' | 'denied' | 'cancelled' | 'unknown';

export type CallStatus =
	| {readonly kind: 'proposed'}
	| {readonly kind: 'asked'; readonly requestId: RequestId}
	| {readonly kind: 'allowed'}
	| {readonly kind: 'running'; readonly startedAt: number}
	| {readonly kind: 'ended'; readonly outcome: CallOutcome};

/** One tool call of the agent's present turn. */
export type Call = {
	readonly id: CallId;
	readonly useId: string;
	readonly agentId: AgentId;
	readonly turnId: TurnId;
	readonly tool: string;
	readonly input: unknown;
	readonly effect: CallEffect | undefined;
	readonly preview: Preview | undefined;
	readonly status: CallStatus;
};
