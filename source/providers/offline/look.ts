import {type Figure, oneLine} from './figure.ts';

/** One thing to find out: a tool call, and how to take figures out of its result. */
export type Look = {
	readonly tool: string;
	readonly input: Readonly<Record<string, unknown>>;
	/** What the call is for, as it continues the sentence "Now I …". */
	readonly why: string;
	readonly read: (result: string) => readonly Fact[];
	/** Another way to the same, for when the call fails. */
	readonly otherwise?: Look;
};

/** A figure whose source is the look it was read from. */
export type Fact = readonly [label: string, value: string];

/** The text of a call that went well; undefined when it is still open or failed. */
export type Answer = (look: Look) => string | undefined;

/** Everything to look at for one subject, as far as it is known: later looks come out of the answers to earlier ones. */
export type Topic = (answer: Answer) => readonly Look[];

/** Two looks with the same key are the same call. */
export const keyOf = ({tool, input}: {readonly tool: string; readonly input: unknown}): string =>
	`${tool} ${JSON.stringify(input)}`;

/** Where figures of a look come from, in words a person could repeat it by. */
const sourceOf = ({tool, input}: Look): string => {
	const about = [input['pattern'], input['path']].filter(part => typeof part === 'string' && part !== '.');
	return oneLine([tool, ...about].join(' '), 70);
};

/** All figures of the looks that were answered; two looks may give the same one, which then can be compared. */
export const figuresOf = (looks: readonly Look[], answer: Answer): readonly Figure[] =>
	looks.flatMap(look => {
		const result = answer(look);
		const facts = result === undefined ? [] : look.read(result);
		return facts.map(([label, value]) => ({label, value, source: sourceOf(look)}));
	});

/** Several subjects as one. */
export const together =
	(...topics: readonly Topic[]): Topic =>
	answer => {
		const looks = topics.flatMap(topic => topic(answer));
		return [...new Map(looks.map(look => [keyOf(look), look])).values()];
	};
