const shownMax = 5;

/** A few of them by name, and how many more there are. */
export const listed = (words: readonly string[]): string =>
	words.length <= shownMax
		? words.join(', ')
		: `${words.slice(0, shownMax).join(', ')} and ${words.length - shownMax} more`;
