import type {Stamped} from '../../source/domain/event.ts';
import type {FleetPort, Listener} from '../../source/engine/port.ts';

/** A fleet of which only the events are known. `happen` lets the next ones happen, all that are left if no number is given. */
export type StoryPort = {
	readonly port: FleetPort;
	readonly happen: (count?: number) => void;
	readonly newest: () => number;
};

export const storyPort = (story: readonly Stamped[], happened = 0): StoryPort => {
	let now = happened;
	const listeners = new Set<Listener>();
	const stored = (): readonly Stamped[] => story.slice(0, now);
	return {
		port: {
			send: () => Promise.reject(new Error('Nobody listens to commands here.')),
			subscribe: ({after}, listener) => {
				const known = stored().filter(({seq}) => seq > after);
				if (known.length > 0) listener.onEvents(known);
				listeners.add(listener);
				return () => void listeners.delete(listener);
			},
			history: ({runId, after = 0, before = Number.POSITIVE_INFINITY, limit}) =>
				Promise.resolve(
					stored()
						.filter(({seq, runId: of}) => of === runId && seq > after && seq < before)
						.slice(0, limit),
				),
			runs: () => Promise.resolve([]),
			search: () => Promise.resolve({hits: [], isWhole: true}),
		},
		happen: (count = story.length - now) => {
			const batch = story.slice(now, now + count);
			now += batch.length;
			if (batch.length > 0) for (const {onEvents} of listeners) onEvents(batch);
		},
		newest: () => stored().at(-1)?.seq ?? 0,
	};
};
