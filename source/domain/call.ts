import type {AgentId, CallId, RequestId, TurnId} from './id.ts';
import type {Packet} from './packet.ts';

/** The tool by which an agent reports: the only one it is offered in its last turn. */
export const finishTool = 'finish_step';

/** The tool by which an agent asks a person. */
export const askTool = 'ask_person';

/** The tool by which an agent says that it cannot go on. */
export const blockerTool = 'report_blocker';

/** The tool by which the engine checks a step's work. No model is offered it. */
export const checkTool = 'run_check';

/** Speaking to the fleet costs nothing of a tool budget. */
export const freeTools: ReadonlySet<string> = new Set([finishTool, askTool, blockerTool, checkTool]);

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
	| {readonly kind: 'ask'; readonly question: string; readonly choices: readonly string[]}
	| {readonly kind: 'block'; readonly problem: string; readonly tried: string}
	| {readonly kind: 'delegate'; readonly role: string; readonly title: string; readonly objective: string};

/** A check of the project, as it was found in its files or configuration. */
export type CheckPlan = {readonly name: string; readonly command: string};

export type CallOutcome = 'ok' | 'error' | 'denied' | 'cancelled' | 'unknown';

export type CallStatus =
	| {readonly kind: 'proposed'}
	| {readonly kind: 'asked'; readonly requestId: RequestId}
	| {readonly kind: 'allowed'}
	| {readonly kind: 'running'; readonly startedAt: number; readonly isCut: boolean}
	/** It was running when Flotilla stopped: a person is asked what came of it, or the agent told that nobody knows. */
	| {readonly kind: 'lost'}
	/** Another agent works on the answer. */
	| {readonly kind: 'delegated'}
	/** The agent has reported; its work is being checked. */
	| {readonly kind: 'checking'; readonly packet: Packet}
	/** `output` is kept of checks only: its end. */
	| {readonly kind: 'ended'; readonly outcome: CallOutcome; readonly output?: string};

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
	/** Of a check: others changed files since it began, so its result is of something that is no more. */
	readonly outdated?: true;
};
