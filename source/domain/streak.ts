import type {Streak} from './agent.ts';
import type {ReplyBlock} from './message.ts';

/** Nothing was repeated. */
export const noStreak: Streak = {key: '', count: 0};

/** The streak after one more thing was done. */
export const nextStreak = (streak: Streak, key: string): Streak =>
	streak.key === key ? {key, count: streak.count + 1} : {key, count: 1};

/** A fingerprint of a text: equal texts have equal ones, and others hardly ever. */
export const fingerprint = (text: string): string => {
	let high = 0x811c9dc5;
	let low = 0x9e3779b9;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		high = Math.imul(high ^ code, 0x01000193);
		low = Math.imul(low ^ code, 0x85ebca6b) + i;
	}
	return `${text.length}:${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
};

/** A reply as it is compared with the one before: case and spaces of its words do not count. */
export const replyKey = (content: readonly ReplyBlock[]): string =>
	fingerprint(
		content
			.map(block => {
				if (block.type === 'text') return block.text.toLowerCase().replace(/\s+/g, ' ').trim();
				return block.type === 'tool_use' ? `${block.name} ${JSON.stringify(block.input)}` : '';
			})
			.join('\n'),
	);
