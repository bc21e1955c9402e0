import type {Stamped} from '../source/domain/event.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import type {FleetPort} from '../source/engine/port.ts';

/** All events of an agent, page by page, oldest first. Rejects when the engine has gone. */
export type ReadHistory = (runId: RunId, agentId: AgentId) => AsyncIterable<readonly Stamped[]>;

const pageLength = 1000;

export const createReadHistory = (port: FleetPort): ReadHistory =>
	async function* (runId, agentId) {
		let after = 0;
		for (;;) {
			const page = await port.history({runId, agentId, after, limit: pageLength});
			yield page;
			const last = page.at(-1);
			if (last === undefined || page.length < pageLength) return;
			after = last.seq;
		}
	};
