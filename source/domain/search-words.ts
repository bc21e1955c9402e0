/** What is looked for: all of these must be found. `words` stand next to each other; of a beginning any end will do. */
export type SearchTerm = {readonly words: string; readonly isBeginning: boolean};

export type SearchWords =
	| {readonly kind: 'terms'; readonly terms: readonly SearchTerm[]}
	/** It cannot be looked for, and why, in words. */
	| {readonly kind: 'problem'; readonly text: string};

/** What a word is made of: everything else only stands between words. */
const inWord = /[\p{L}\p{N}\p{Co}]/u;

/**
 * So much is looked for at once. Whoever searches waits, and in an engine the whole fleet with them: the time grows with
 * every place of every word, and some thousand words take minutes.
 */
const termsMax = 32;
const charactersMax = 1000;

const problem = (text: string): SearchWords => ({kind: 'problem', text});

/**
 * Reads what a person looks for: several words that must all be found, `"words in this order"`, and `begin*` for a word
 * that begins so. Case and accents do not count.
 */
export const readSearch = (text: string): SearchWords => {
	if (text.length > charactersMax) return problem(`It is longer than ${charactersMax} characters: say less of it.`);
	const clean = text.replaceAll('\0', ' ');
	const parts: readonly string[] = clean.match(/"[^"]*"\*?|[^\s"]+|"/g) ?? [];
	if (parts.includes('"')) return problem('A second " is missing: "words in this order" stand between two.');
	const terms: SearchTerm[] = [];
	for (const part of parts) {
		const isBeginning = part.endsWith('*');
		const bare = isBeginning ? part.slice(0, -1) : part;
		const isQuoted = bare.startsWith('"');
		if (!isQuoted && bare.includes('*'))
			return problem('A * stands at the end of a word: begin* finds beginning. Put other signs between two ".');
		const words = isQuoted ? bare.slice(1, -1) : bare;
		if (terms.some(term => term.words === words && term.isBeginning === isBeginning)) continue;
		if (inWord.test(words)) terms.push({words, isBeginning});
		else if (isBeginning) return problem('A * needs the beginning of a word before it: begin* finds beginning.');
	}
	if (terms.length > termsMax) return problem(`These are more than ${termsMax} different words: say fewer.`);
	return terms.length === 0 ? problem('Say a word to look for: letters or figures.') : {kind: 'terms', terms};
};
