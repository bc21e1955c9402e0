/** One line of a part's table: a class of faults, what was counted, and what did not hold. */
export type Row = {
	readonly name: string;
	/** In the order of the columns; the same names in every row of a part. */
	readonly counts: Readonly<Record<string, number>>;
	/** Each with what is needed to see it again; empty when all is well. */
	readonly problems: readonly string[];
};

export type PartOrder = {
	/** How many runs are killed. */
	readonly kills: number;
	/** How many keys are pressed by chance. */
	readonly presses: number;
	readonly seed: number;
	/** Called now and then with a word on how far it is. */
	readonly onProgress: (words: string) => void;
};

export type Part = {
	readonly name: string;
	readonly about: string;
	readonly run: (order: PartOrder) => Promise<readonly Row[]>;
	/** What the table is to be compared with, in words. */
	readonly remarks?: readonly string[];
};
