/** Runs work on the same thing one after another, in the order asked; work on different things runs at once. */
export type InTurn = <Result>(thing: string, work: () => Promise<Result>) => Promise<Result>;

/** Agents work in parallel in one folder: without turns, two edits of a file would each undo the other. */
export const createInTurn = (): InTurn => {
	const last = new Map<string, Promise<unknown>>();
	return async (thing, work) => {
		const before = last.get(thing);
		const mine = before === undefined ? work() : before.then(work, work);
		last.set(thing, mine);
		try {
			return await mine;
		} finally {
			if (last.get(thing) === mine) last.delete(thing);
		}
	};
};
