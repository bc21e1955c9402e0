/** A text that a person may have changed, or why they could not be given it, in words. */
export type Edited =
	| {readonly kind: 'edited'; readonly text: string}
	| {readonly kind: 'problem'; readonly text: string};

/** Where a text was put, or why it could not be put anywhere, in words. */
export type Copied = {readonly kind: 'copied' | 'problem'; readonly text: string};

/**
 * What lies outside the window: the person's own programs, which have the terminal to themselves until they end.
 * Nothing here rejects: what goes wrong is told in words. `name` is that of the file a program shows, such as
 * `step.md`.
 */
export type Outside = {
	/** Opens a text in the person's pager. Resolves with what went wrong; undefined when nothing did. */
	readonly page: (name: string, text: string) => Promise<string | undefined>;
	/** Opens a text in the person's editor, and brings back what became of it. */
	readonly edit: (name: string, text: string) => Promise<Edited>;
	/** Puts a text where the person can paste it from, and says where that is: `to the clipboard`. */
	readonly copy: (text: string) => Promise<Copied>;
	/** Stops this program until its shell lets it go on. Resolves with what went wrong. */
	readonly suspend: () => Promise<string | undefined>;
};

const nowhere = 'This window has no way to other programs.';

/** For windows without a terminal of their own. */
export const noOutside: Outside = {
	page: () => Promise.resolve(nowhere),
	edit: () => Promise.resolve({kind: 'problem', text: nowhere}),
	copy: () => Promise.resolve({kind: 'problem', text: nowhere}),
	suspend: () => Promise.resolve(nowhere),
};
