import type {ProviderItem} from './provider.ts';

type Delta = Extract<ProviderItem, {readonly delta: string}>;

const follows = (last: Delta, next: Delta): boolean =>
	last.type === next.type && !(last.type === 'tool_input' && next.type === 'tool_input' && last.name !== next.name);

/** Deltas that came in together, as few as they can be: whoever watches does the same work for one as for ten. */
export const mergeDeltas = (items: readonly Delta[]): readonly Delta[] => {
	if (items.length < 2) return items;
	const merged: Delta[] = [];
	for (const item of items) {
		const last = merged.at(-1);
		if (last !== undefined && follows(last, item))
			merged[merged.length - 1] = {...last, delta: last.delta + item.delta};
		else merged.push(item);
	}
	return merged;
};
