import type {Stamped} from '../source/domain/event.ts';
import type {AgentId, CallId, TurnId} from '../source/domain/id.ts';
import type {Signal} from '../source/domain/signal.ts';

/** The end of what an agent has said in the turn under way, and the end of what its running calls have printed. */
export type LiveAgent = {
	readonly turnId: TurnId | undefined;
	readonly thinking: string;
	readonly text: string;
	readonly toolInput: string;
	readonly outputs: ReadonlyMap<CallId, string>;
	/** Goes up with every change. */
	readonly version: number;
};

/** What comes from an agent. */
type AgentSignal = Exclude<Signal, {type: 'storage'}>;

type Buffer = {
	turnId: TurnId | undefined;
	/** The turn that ended last: what still comes of it comes too late. */
	endedId: TurnId | undefined;
	thinking: string;
	text: string;
	toolInput: string;
	readonly outputs: Map<CallId, string>;
	version: number;
};

/** Characters kept of each text. What was cut off comes back with the event that ends the turn or the call. */
export const liveCharactersMax = 64_000;

/** Cutting costs a copy, so it is done for many pieces at once. */
const grown = (text: string, piece: string): string => {
	const longer = text + piece;
	return longer.length > 2 * liveCharactersMax ? longer.slice(-liveCharactersMax) : longer;
};

/**
 * What agents are saying right now. Plain buffers that nobody is told about: at 50 agents there are thousands of
 * pieces a second, and readers look once per frame.
 */
export type Live = {
	readonly signal: (signal: AgentSignal) => void;
	/** Facts end what was only passing. */
	readonly event: (stamped: Stamped) => void;
	readonly of: (agentId: AgentId) => LiveAgent | undefined;
	/** Goes up with every change of any agent. */
	readonly version: () => number;
	/** Characters that all models have written since the beginning. */
	readonly characters: () => number;
};

export const createLive = (): Live => {
	const agents = new Map<AgentId, Buffer>();
	/** Agents that have ended, until one of them begins another turn. */
	const gone = new Set<AgentId>();
	let version = 0;
	let characters = 0;

	const bufferOf = (agentId: AgentId): Buffer => {
		let buffer = agents.get(agentId);
		if (buffer === undefined) {
			buffer = {
				turnId: undefined,
				endedId: undefined,
				thinking: '',
				text: '',
				toolInput: '',
				outputs: new Map(),
				version: 0,
			};
			agents.set(agentId, buffer);
		}
		return buffer;
	};

	const clearTurn = (buffer: Buffer, turnId: TurnId | undefined): void => {
		buffer.turnId = turnId;
		buffer.thinking = '';
		buffer.text = '';
		buffer.toolInput = '';
		buffer.version = ++version;
	};

	const addDelta = (buffer: Buffer, signal: Extract<Signal, {type: 'turn.delta'}>): void => {
		// A piece of a turn that begins may come before its event.
		if (buffer.turnId !== signal.turnId) clearTurn(buffer, signal.turnId);
		characters += signal.text.length;
		if (signal.kind === 'text') buffer.text = grown(buffer.text, signal.text);
		else if (signal.kind === 'thinking') buffer.thinking = grown(buffer.thinking, signal.text);
		else buffer.toolInput = grown(buffer.toolInput, signal.text);
	};

	return {
		signal: signal => {
			if (gone.has(signal.agentId)) return;
			const buffer = bufferOf(signal.agentId);
			if ('turnId' in signal && signal.turnId === buffer.endedId) return;
			switch (signal.type) {
				case 'turn.delta':
					addDelta(buffer, signal);
					break;
				case 'turn.said':
					clearTurn(buffer, signal.turnId);
					buffer.text = signal.text;
					buffer.thinking = signal.thinking;
					buffer.toolInput = signal.toolInput;
					break;
				case 'call.output':
					buffer.outputs.set(signal.callId, grown(buffer.outputs.get(signal.callId) ?? '', signal.text));
					break;
				default:
					signal satisfies never;
			}
			buffer.version = ++version;
		},
		event: ({event}) => {
			switch (event.type) {
				case 'turn.started': {
					gone.delete(event.agentId);
					const buffer = bufferOf(event.agentId);
					buffer.endedId = undefined;
					clearTurn(buffer, event.turnId);
					return;
				}
				case 'turn.finished':
				case 'turn.failed': {
					const buffer = agents.get(event.agentId);
					if (buffer === undefined) return;
					buffer.endedId = event.turnId;
					if (buffer.turnId === event.turnId) clearTurn(buffer, undefined);
					return;
				}
				case 'call.finished': {
					const buffer = agents.get(event.agentId);
					if (buffer?.outputs.delete(event.callId)) buffer.version = ++version;
					return;
				}
				case 'agent.finished':
				case 'agent.failed':
				case 'agent.killed':
					gone.add(event.agentId);
					if (agents.delete(event.agentId)) version++;
					return;
				default:
					return;
			}
		},
		of: agentId => agents.get(agentId),
		version: () => version,
		characters: () => characters,
	};
};
