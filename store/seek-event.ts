import type {Stamped} from '../source/domain/event.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import type {FleetPort} from '../source/engine/port.ts';

/** From an event downwards (1) or upwards (-1), without the event itself. */
type SeekWay = {readonly from: number; readonly step: 1 | -1};

/** A text that is looked for in the whole history of an agent. */
export type Seek = {
	readonly runId: RunId;
	readonly agentId: AgentId;
	readonly text: string;
	/** Tried one after the other. */
	readonly ways: readonly SeekWay[];
	/** Whether a person would see the text there: it may stand in a field that is never shown. */
	readonly fits: (event: Stamped) => boolean;
};

/** How many events with the text are looked at at once. */
const pageLength = 50;

/** Through so many events an engine looks at once: it has other things to do. */
const span = 10_000;

const seekOneWay = async (
	port: FleetPort,
	{runId, agentId, text, fits}: Seek,
	{from, step}: SeekWay,
): Promise<number | undefined> => {
	const [newest] = await port.history({runId, agentId, newest: true, limit: 1});
	const end = (newest?.seq ?? 0) + 1;
	for (let at = Math.min(from, end); step === 1 ? at < end : at > 0; ) {
		const question = {runId, agentId, text, limit: pageLength};
		const page = await port.history(
			step === 1
				? {...question, after: at, before: at + span + 1}
				: {...question, before: at, after: Math.max(0, at - span - 1), newest: true},
		);
		const found = step === 1 ? page.find(fits) : page.findLast(fits);
		if (found !== undefined) return found.seq;
		const last = page.at(step === 1 ? -1 : 0);
		at = last !== undefined && page.length === pageLength ? last.seq : at + step * span;
	}
	return undefined;
};

/** The number of the nearest event that fits; undefined when there is none. Rejects when the engine has gone. */
export const seekEvent = async (port: FleetPort, seek: Seek): Promise<number | undefined> => {
	for (const way of seek.ways) {
		const found = await seekOneWay(port, seek, way);
		if (found !== undefined) return found;
	}
	return undefined;
};
