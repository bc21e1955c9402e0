/** How a plan begins that a model writes, whatever stands between. */
const beginnings = ['{"taskType":', '{"steps":['];

/** Less than this may become anything. */
const beginningMin = 6;

/** Some models put it into a fence although they were asked for it alone. */
const fence = /^\s*```(?:json)?/;

/** Each step of a plan has a key. Inside of a text the quotes would be escaped. */
const keys = /"key"\s*:/g;

/** A plan that has come so far, in characters, has a step. */
const stepBefore = 400;

const beginsPlan = (text: string): boolean => {
	const begins = text.slice(0, 80).replace(fence, '').replaceAll(/\s/g, '');
	return beginnings.some(
		beginning => begins.length >= beginningMin && beginning.startsWith(begins.slice(0, beginning.length)),
	);
};

/** Other programs write such text as well, and a person may be meant by words that follow. */
const isPlan = (text: string, steps: number, arriving: boolean): boolean =>
	arriving ? steps > 0 || text.length < stepBefore : steps > 0 && /(?:\}|```)\s*$/.test(text);

/**
 * What is said in place of a plan as a model writes it, which is for the fleet and no words for a person; undefined of
 * any other text. `arriving`: more of it comes.
 */
export const planWords = (text: string, arriving: boolean): string | undefined => {
	if (!beginsPlan(text)) return undefined;
	const count = text.match(keys)?.length ?? 0;
	if (!isPlan(text, count, arriving)) return undefined;
	const steps = count === 1 ? '1 step' : `${count} steps`;
	return arriving ? `writing the plan: ${steps} so far` : `wrote a plan: ${steps}`;
};
