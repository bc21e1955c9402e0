import type {Packet} from '../../domain/packet.ts';
import {oneLine} from './figure.ts';
import {figuresOf, keyOf, type Look} from './look.ts';
import {answersOf, type Story} from './read-story.ts';

/** What the offline model says and does in one turn. */
export type Act = {
	readonly thinking: string;
	readonly text: string;
	readonly calls: readonly {readonly name: string; readonly input: Readonly<Record<string, unknown>>}[];
};

const callsMax = 3;

export const introduction =
	'I am the built-in offline model: whatever the goal, I survey this folder with real tools, and every figure I give comes from one of them.';

/** The looks, each that failed followed by its other way. */
export const withFallbacks = (looks: readonly Look[], story: Story): readonly Look[] =>
	looks.flatMap(look => {
		const isOut = !story.offered.has(look.tool) || story.taken.get(keyOf(look))?.isError === true;
		return look.otherwise !== undefined && isOut && answersOf(story)(look) === undefined
			? [look, look.otherwise]
			: [look];
	});

const isOpen = (look: Look, story: Story): boolean => !story.taken.has(keyOf(look)) && story.offered.has(look.tool);

/** What could not be found out, in words for a report. */
export const gapsOf = (looks: readonly Look[], story: Story): readonly string[] => {
	const answer = answersOf(story);
	return looks.flatMap(look => {
		if (answer(look) !== undefined) return [];
		if (look.otherwise !== undefined && answer(look.otherwise) !== undefined) return [];
		const taken = story.taken.get(keyOf(look));
		const why = taken === undefined ? 'no turn or call was left for it' : oneLine(taken.text, 160);
		return [`Not done: ${look.why} (${why}).`];
	});
};

const joined = (parts: readonly string[]): string =>
	parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** What the results of the last turn said, in one line. */
const learned = (looks: readonly Look[], story: Story): string => {
	const fresh = looks.filter(look => story.newest.has(keyOf(look)));
	const figures = figuresOf(fresh, answersOf(story));
	const failures = fresh.filter(look => story.taken.get(keyOf(look))?.isError === true);
	return [
		...(figures.length === 0
			? []
			: [
					`Found: ${figures
						.slice(0, 3)
						.map(({label, value}) => `${label}: ${oneLine(value, 60)}`)
						.join('; ')}.`,
				]),
		...failures.map(look => `It failed to ${look.why}; I go another way or report the gap.`),
	].join(' ');
};

const heard = (story: Story): string =>
	story.newLetters.map(letter => `You wrote: “${oneLine(letter)}”. I take it in.`).join(' ');

/** The next calls, up to three at once; undefined when there is nothing left to look at. */
export const lookFurther = (looks: readonly Look[], story: Story): Act | undefined => {
	const open = looks.filter(look => isOpen(look, story));
	const next = open.slice(0, callsMax);
	if (next.length === 0) return undefined;
	const later = open.length - next.length;
	return {
		thinking: `${story.turns === 0 ? 'What must be known first?' : 'What is still open?'} ${
			next.length === 1 ? 'One call' : `${next.length} calls that do not need each other`
		} now${later > 0 ? `, ${later} more after that` : ''}.`,
		text: [
			story.turns === 0 ? introduction : '',
			heard(story),
			learned(looks, story),
			`Now I ${joined(next.map(look => look.why))}.`,
		]
			.filter(part => part !== '')
			.join(' '),
		calls: next.map(({tool, input}) => ({name: tool, input})),
	};
};

/** The report that ends a step. Where it cannot be called, or was refused, the words alone must do. */
export const report = (packet: Packet, story: Story): Act => {
	const refused = [...story.newest].some(
		key => key.startsWith('finish_step ') && story.taken.get(key)?.isError === true,
	);
	const canCall = story.offered.has('finish_step') && !refused;
	return {
		thinking: 'Nothing is left to look at: I report.',
		text: [heard(story), packet.summary, ...(canCall ? [] : packet.findings)]
			.filter(part => part !== '')
			.join(canCall ? ' ' : '\n'),
		calls: canCall ? [{name: 'finish_step', input: packet}] : [],
	};
};
