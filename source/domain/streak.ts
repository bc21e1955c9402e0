import type {Streak} from './agent.ts';
import type {ReplyBlock} from './message.ts';

/** Nothing was repeated. */
export const noStreak: Streak = {key: '', count: 0};

/** The streak after one more thing was done. */
export const nextStreak = (streak: Streak, key: string): Streak =>
	streak.key === key ? {key, count: streak.count + 1} : {key, count: 1};

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/**
 * A fingerprint of a text: equal texts have equal ones, and others hardly ever. A loose one takes no account of case
 * (of Latin letters) and of how much space there is. Made letter by letter, for replies are long and many.
 */
export const fingerprint = (text: string, isLoose = false): string => {
	let high = 0x811c9dc5;
	let low = 0x9e3779b9;
	let length = 0;
	for (let i = 0; i < text.length; i++) {
		let code = text.charCodeAt(i);
		if (isLoose && isBlank(code)) {
			if (length === 0 || i + 1 === text.length || isBlank(text.charCodeAt(i + 1))) continue;
			code = 32;
		} else if (isLoose && code >= 65 && code <= 90) code += 32;
		high = Math.imul(high ^ code, 0x01000193);
		low = Math.imul(low ^ code, 0x85ebca6b) + length;
		length++;
	}
	return `${length}:${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
};

/** A reply as it is compared with the one before: case and spaces of its words do not count. */
export const replyKey = (content: readonly ReplyBlock[]): string =>
	content
		.map(block => {
			if (block.type === 'text') return fingerprint(block.text, true);
			return block.type === 'tool_use' ? fingerprint(`${block.name} ${JSON.stringify(block.input)}`) : '';
		})
		.join(' ');
