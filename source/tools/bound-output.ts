/** The most characters of one result that a model is given. */
export const outputCharactersMax = 30_000;

/**
 * A text cut to what a model can bear, saying what was left out and how to get it. `head` keeps whole lines from the
 * start, for lists and files; `ends` keeps both ends, for programs, which say what went wrong last.
 */
export const boundOutput = (
	text: string,
	order: {readonly keep: 'head' | 'ends'; readonly rest: string; readonly charactersMax?: number},
): string => {
	const most = order.charactersMax ?? outputCharactersMax;
	if (text.length <= most) return text;
	const room = Math.max(0, most - order.rest.length - 80);
	const note = (left: number): string => `[… ${left} of ${text.length} characters left out. ${order.rest}]`;
	if (order.keep === 'head') {
		const newline = text.lastIndexOf('\n', room);
		const head = text.slice(0, newline > 0 ? newline : room).toWellFormed();
		return `${head}\n${note(text.length - head.length)}`;
	}
	const half = Math.floor(room / 2);
	const [head, tail] = [text.slice(0, half).toWellFormed(), text.slice(-half).toWellFormed()];
	return `${head}\n${note(text.length - head.length - tail.length)}\n${tail}`;
};
