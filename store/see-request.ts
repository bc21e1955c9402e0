import type {RequestId} from '../source/domain/id.ts';
import {type Run, requestIn} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {topOverlay, type UiState} from './ui.ts';

/** Tells the fleet of each request that comes before the person's eyes, once. */
export const createSeeing = (port: FleetPort): ((run: Run | undefined, ui: UiState) => void) => {
	const told = new Set<RequestId>();
	return (run, ui) => {
		const overlay = topOverlay(ui);
		if (run === undefined || overlay?.kind !== 'requests' || overlay.requestId === undefined) return;
		const request = requestIn(run, overlay.requestId);
		if (request?.status.kind !== 'open' || request.seenAt !== undefined || told.has(request.id)) return;
		told.add(request.id);
		// What is not stored now is told again when the person looks again.
		void port.send({type: 'request.see', runId: run.id, requestId: request.id}).then(rejection => {
			if (rejection?.code === 'storage') told.delete(request.id);
		});
	};
};
