import type {Stamped} from '../../source/domain/event.ts';
import type {LiveAgent} from '../../store/live.ts';
import {foldTranscript, nothingTold} from './transcript-fold.ts';
import {liveSeq, type TranscriptItem} from './transcript-item.ts';

const keyOf = ({seq, part}: TranscriptItem): string => `${seq} ${part}`;

const isSame = (a: TranscriptItem, b: TranscriptItem): boolean => {
	const [one, other] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
	return one.length === other.size && one.every(([name, value]) => other.get(name) === value);
};

/** The new items, with those of before in place of their equals: what was worked out for them still holds. */
const keeping = (before: readonly TranscriptItem[], items: readonly TranscriptItem[]): readonly TranscriptItem[] => {
	const known = new Map(before.map(item => [keyOf(item), item]));
	return items.map(item => {
		const old = known.get(keyOf(item));
		return old !== undefined && isSame(old, item) ? old : item;
	});
};

/** The items of a stretch of events that moves and grows: only what is new is added, if it grows at its end. */
export const createStretch = (): ((events: readonly Stamped[]) => readonly TranscriptItem[]) => {
	let seen: readonly Stamped[] = [];
	let told = nothingTold;
	return events => {
		if (events === seen) return told.items;
		const goesOn = seen.length > 0 && events[0] === seen[0] && events[seen.length - 1] === seen.at(-1);
		const next = goesOn ? foldTranscript(told, events.slice(seen.length)) : foldTranscript(nothingTold, events);
		told = goesOn ? next : {...next, items: keeping(told.items, next.items)};
		seen = events;
		return told.items;
	};
};

/** What arrives just now, behind what is part of the history. */
export const withLive = (items: readonly TranscriptItem[], live: LiveAgent | undefined): readonly TranscriptItem[] => {
	if (live === undefined) return items;
	const printed =
		live.outputs.size === 0
			? items
			: items.map(item =>
					item.kind === 'call' && item.state === 'running'
						? {...item, output: live.outputs.get(item.callId) ?? item.output}
						: item,
				);
	const says = [
		['thinking', live.thinking],
		['text', live.text],
		['tool_input', live.toolInput],
	] as const;
	return [
		...printed,
		...says.flatMap(([kind, text], part): readonly TranscriptItem[] =>
			text === '' ? [] : [{kind: 'live', says: kind, text, seq: liveSeq, part}],
		),
	];
};
