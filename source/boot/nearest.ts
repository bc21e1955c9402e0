/** How many letters must be added, left out, changed or swapped with their neighbour to make one word of another. */
const distance = (from: string, to: string): number => {
	const width = to.length + 1;
	const cells = Array.from({length: (from.length + 1) * width}, (_, i) =>
		i < width ? i : i % width === 0 ? i / width : 0,
	);
	const at = (i: number, j: number): number => cells[i * width + j] ?? 0;
	for (let i = 1; i <= from.length; i++)
		for (let j = 1; j <= to.length; j++) {
			const same = from[i - 1] === to[j - 1];
			const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			cells[i * width + j] = Math.min(
				at(i - 1, j) + 1,
				at(i, j - 1) + 1,
				at(i - 1, j - 1) + (same ? 0 : 1),
				swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
			);
		}
	return at(from.length, to.length);
};

/**
 * The word that was probably meant: at most a third of the letters, of the longer of both, are mistyped. Undefined when
 * there is none such.
 */
export const nearest = (said: string, words: readonly string[]): string | undefined => {
	const [best] = words
		.map(word => ({word, off: distance(said, word)}))
		.filter(({word, off}) => off * 3 <= Math.max(said.length, word.length))
		.sort((a, b) => a.off - b.off);
	return best?.word;
};
