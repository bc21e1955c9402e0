import type {Letter} from '../../source/domain/agent.ts';
import type {CallOutcome, Preview} from '../../source/domain/call.ts';
import type {Settlement} from '../../source/domain/event.ts';
import type {CallId, MessageId, TurnId} from '../../source/domain/id.ts';
import type {ItemPlace} from '../../store/overlay.ts';

export type CallState = 'proposed' | 'asked' | 'allowed' | 'running' | 'lost' | 'delegated' | 'checking' | CallOutcome;

export type CallItem = ItemPlace & {
	readonly kind: 'call';
	readonly callId: CallId;
	readonly turnId: TurnId;
	readonly tool: string;
	/** What stands beside the tool's name. */
	readonly input: string;
	/** More of the input, in lines below it. */
	readonly detail: string;
	/** Whether that was written for a person: a report, a question. */
	readonly tells: boolean;
	readonly state: CallState;
	readonly preview: Preview | undefined;
	readonly output: string;
	readonly startedAt: number | undefined;
	readonly tookMs: number | undefined;
	/** The event that ended it. */
	readonly endSeq: number | undefined;
};

/** The head of a turn: what it cost. What was said in it and its calls follow. */
export type TurnItem = ItemPlace & {
	readonly kind: 'turn';
	readonly turnId: TurnId;
	readonly settlement: Settlement;
	/** Undefined when its beginning is not known here. */
	readonly tookMs: number | undefined;
	readonly failed: boolean;
};

/** One piece of an agent's conversation. Items are never changed, only replaced. */
export type TranscriptItem =
	| (ItemPlace & {readonly kind: 'told'; readonly from: 'brief' | 'engine'; readonly text: string})
	/** A person's message, with its receipt. */
	| (ItemPlace & {
			readonly kind: 'letter';
			readonly messageId: MessageId;
			readonly text: string;
			readonly state: Letter['state'];
	  })
	| TurnItem
	/** Of a turn that has its reply; one that was cut off has no `turnId`. */
	| (ItemPlace & {
			readonly kind: 'text' | 'thinking';
			readonly text: string;
			readonly turnId: TurnId | undefined;
	  })
	| CallItem
	/** Something that happened to the agent: a failed turn, an interrupt, its end. */
	| (ItemPlace & {
			readonly kind: 'note';
			readonly tone: 'muted' | 'stalled' | 'failed' | 'done';
			readonly text: string;
	  })
	/** What arrives just now and is not yet part of the history. */
	| (ItemPlace & {readonly kind: 'live'; readonly says: 'text' | 'thinking' | 'tool_input'; readonly text: string});

/** The number of what is no event yet: behind all that are. */
export const liveSeq = Number.MAX_SAFE_INTEGER;

export const samePlace = (a: ItemPlace | undefined, b: ItemPlace | undefined): boolean =>
	a !== undefined && b !== undefined && a.seq === b.seq && a.part === b.part;

const isUpTo = (item: ItemPlace, {seq, part}: ItemPlace): boolean =>
	item.seq < seq || (item.seq === seq && item.part <= part);

/**
 * Which item a place is in: the one that stands there, the call that the event ended, or the nearest before; the first
 * when there is none before. -1 when there are no items.
 */
export const indexOfPlace = (items: readonly TranscriptItem[], place: ItemPlace): number => {
	let [low, high] = [0, items.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const item = items[middle];
		if (item !== undefined && isUpTo(item, place)) low = middle + 1;
		else high = middle;
	}
	const nearest = low - 1;
	if (items[nearest]?.seq === place.seq) return nearest;
	const ended = items.findLastIndex(item => item.kind === 'call' && item.endSeq === place.seq);
	return ended === -1 ? Math.min(Math.max(0, nearest), items.length - 1) : ended;
};
