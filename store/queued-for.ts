import type {AgentId} from '../source/domain/id.ts';
import {agentIn, type Run} from '../source/domain/run.ts';
import type {UiAction} from './reduce-ui.ts';

/** What became of a message that was sent, until it is delivered; who had no turn under way may have it at once. */
export const queuedFor = (run: Run | undefined, to: AgentId, name: string): UiAction => ({
	type: 'notice',
	notice:
		agentIn(run, to)?.mailbox.length === 0
			? {tone: 'info', text: `${name} has it.`}
			: {
					tone: 'info',
					text: `Queued for ${name}: it is delivered with its next turn.`,
					until: {kind: 'delivered', to},
				},
});
