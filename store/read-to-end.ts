import type {FleetPort} from '../source/engine/port.ts';
import type {FleetStore} from './fleet-store.ts';

/** Resolves once the window has read all that is stored of its run now. Rejects when the history cannot be read. */
export const readToEnd = async (port: Pick<FleetPort, 'history'>, fleet: FleetStore): Promise<void> => {
	const [newest] = await port.history({runId: fleet.runId, newest: true, limit: 1});
	const seq = newest?.seq ?? 0;
	const isRead = (): boolean =>
		fleet.state.getState().percentRead === undefined && fleet.timeline.seqOf(fleet.timeline.count()) >= seq;
	if (isRead()) return;
	await new Promise<void>(resolve => {
		const stop = fleet.state.subscribe(() => {
			if (!isRead()) return;
			stop();
			resolve();
		});
	});
};
