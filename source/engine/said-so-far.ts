import type {AgentId, RunId, TurnId} from '../domain/id.ts';
import type {Signal} from '../domain/signal.ts';

type Said = Extract<Signal, {type: 'turn.said'}>;

/** What turns under way have said by now, for those who come in the middle of one. */
export type SaidSoFar = {
	readonly hear: (signal: Signal) => void;
	/** The turn has come to its end. */
	readonly forget: (agentId: AgentId, turnId: TurnId) => void;
	/** In a run, or in all. */
	readonly of: (runId: RunId | undefined) => readonly Said[];
};

/** Characters kept of each text of a turn, as many as a pane shows: whoever comes gets those of all agents at once. */
export const saidMax = 600;

/** Cutting costs a copy, so it is done for many pieces at once. */
const grown = (text: string, piece: string): string => {
	const longer = text + piece;
	return longer.length > 2 * saidMax ? `…${longer.slice(-saidMax)}` : longer;
};

export const createSaidSoFar = (): SaidSoFar => {
	const turns = new Map<AgentId, Said>();
	return {
		hear: signal => {
			if (signal.type !== 'turn.delta') return;
			const {runId, agentId, turnId, kind, text} = signal;
			const known = turns.get(agentId);
			const said: Said =
				known?.turnId === turnId
					? known
					: {type: 'turn.said', runId, agentId, turnId, text: '', thinking: '', toolInput: ''};
			switch (kind) {
				case 'text':
					turns.set(agentId, {...said, text: grown(said.text, text)});
					return;
				case 'thinking':
					turns.set(agentId, {...said, thinking: grown(said.thinking, text)});
					return;
				case 'tool_input':
					turns.set(agentId, {...said, toolInput: grown(said.toolInput, text)});
					return;
				default:
					kind satisfies never;
			}
		},
		forget: (agentId, turnId) => {
			if (turns.get(agentId)?.turnId === turnId) turns.delete(agentId);
		},
		of: runId => [...turns.values()].filter(said => runId === undefined || said.runId === runId),
	};
};
