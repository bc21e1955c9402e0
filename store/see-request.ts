import type {RequestId} from '../source/domain/id.ts';
import type {Request} from '../source/domain/request.ts';
import {openRequests, type Run, requestIn} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {topOverlay, type UiState} from './ui.ts';

/** The requests that are on screen with their exact ask. */
const inView = (run: Run, ui: UiState): readonly Request[] => {
	const overlay = topOverlay(ui);
	switch (overlay?.kind) {
		case 'requests': {
			const ids = overlay.input?.kind === 'many' ? overlay.input.requests : [overlay.requestId];
			return ids.flatMap(id => requestIn(run, id) ?? []);
		}
		case 'peek':
			return openRequests(run)
				.filter(({agentId}) => agentId === ui.agentId)
				.slice(0, 1);
		default:
			return [];
	}
};

/** Tells the fleet of each request that comes before the person's eyes, once. */
export const createSeeing = (port: FleetPort): ((run: Run | undefined, ui: UiState) => void) => {
	const told = new Set<RequestId>();
	return (run, ui) => {
		if (run === undefined) return;
		for (const {id, status, seenAt} of inView(run, ui)) {
			if (status.kind !== 'open' || seenAt !== undefined || told.has(id)) continue;
			told.add(id);
			// What is not stored now is told again when the person looks again.
			void port.send({type: 'request.see', runId: run.id, requestId: id}).then(rejection => {
				if (rejection?.code === 'storage') told.delete(id);
			});
		}
	};
};
