/** One command of a shell line, as far as it is understood before it runs. */
export type ShellPart = {
	/** As it is written, with where its output goes. Empty when the doubt is about the line as a whole. */
	readonly text: string;
	/** Its words as they stand in the line, to find it there. */
	readonly words: readonly string[];
	/** `unclear`: nobody can say beforehand what it does. `denied`: it is refused in every mode. */
	readonly does: 'reads' | 'acts' | 'unclear' | 'denied';
	/** Why it is unclear or denied; empty otherwise. */
	readonly why: string;
};
