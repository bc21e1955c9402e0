import type {AgentId} from '../source/domain/id.ts';
import type {UiAction} from './reduce-ui.ts';

/** What became of a message that was sent, until it is delivered. */
export const queuedFor = (to: AgentId, name: string): UiAction => ({
	type: 'notice',
	notice: {
		tone: 'info',
		text: `Queued for ${name}: it is delivered with its next turn.`,
		until: {kind: 'delivered', to},
	},
});
