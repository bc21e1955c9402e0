/** How a plan begins that a model writes, whatever stands between. */
const beginnings = ['{"taskType":', '{"steps":['];

/** Less than this may become anything. */
const beginningMin = 6;

/** Some models put it into a fence although they were asked for it alone. */
const fence = /^\s*```(?:json)?/;

const isPlan = (text: string): boolean => {
	const begins = text.slice(0, 80).replace(fence, '').replaceAll(/\s/g, '');
	return beginnings.some(
		beginning =>
			begins.length >= beginningMin && beginning.startsWith(begins.slice(0, Math.min(begins.length, beginning.length))),
	);
};

/**
 * What is said in place of a plan as a model writes it, which is for the fleet and no words for a person; undefined of
 * any other text. `arriving`: more of it comes.
 */
export const planWords = (text: string, arriving: boolean): string | undefined => {
	if (!isPlan(text)) return undefined;
	// Inside of a text the quotes of a key would be escaped.
	const count = text.match(/"key"\s*:/g)?.length ?? 0;
	const steps = count === 1 ? '1 step' : `${count} steps`;
	return arriving ? `writing the plan: ${steps} so far` : `wrote a plan: ${steps}`;
};
