/** How many of the numbers, which only grow, are not above `most`. */
export const countUpTo = (numbers: readonly number[], most: number): number => {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((numbers[middle] ?? 0) <= most) low = middle + 1;
		else high = middle;
	}
	return low;
};
