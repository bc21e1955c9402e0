import type {RequestId} from '../source/domain/id.ts';
import type {Request} from '../source/domain/request.ts';
import {openRequests, type Run, requestIn} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {topOverlay, type UiState} from './ui.ts';

/** The request that is on screen. */
const inView = (run: Run, ui: UiState): Request | undefined => {
	const overlay = topOverlay(ui);
	if (overlay?.kind === 'requests') return requestIn(run, overlay.requestId);
	return overlay?.kind === 'peek' ? openRequests(run).find(({agentId}) => agentId === ui.agentId) : undefined;
};

/** Tells the fleet of each request that comes before the person's eyes, once. */
export const createSeeing = (port: FleetPort): ((run: Run | undefined, ui: UiState) => void) => {
	const told = new Set<RequestId>();
	return (run, ui) => {
		const request = run === undefined ? undefined : inView(run, ui);
		if (run === undefined || request === undefined) return;
		if (request.status.kind !== 'open' || request.seenAt !== undefined || told.has(request.id)) return;
		told.add(request.id);
		// What is not stored now is told again when the person looks again.
		void port.send({type: 'request.see', runId: run.id, requestId: request.id}).then(rejection => {
			if (rejection?.code === 'storage') told.delete(request.id);
		});
	};
};
