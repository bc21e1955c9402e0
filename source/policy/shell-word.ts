import type {Word, WordPart} from 'unbash';

/** Stands in a word's value for what is known only when the shell runs it. */
export const unknown = '\u0000';

/** A word of a shell line, as far as it is known before it runs. */
export type ShellWord = {
	/** As it is written. */
	readonly text: string;
	/** Without quotes; `unknown` stands for each part that is not literal, `~` for the home folder. */
	readonly value: string;
	/** Whether the program is given exactly `value`. */
	readonly isLiteral: boolean;
	/** Not literal by nothing but `*`, `?` and `[ ]`, which cannot climb out of the folder they stand in. */
	readonly isPattern: boolean;
	/** What braces may unfold into, as values; empty without braces. */
	readonly unfolded: readonly string[];
};

/**
 * What is known of variables. Values of `sure` are those the program is given; those of `likely` were seen in the same
 * line: enough to refuse by, not to allow by.
 */
export type Variables = {readonly sure: ReadonlyMap<string, string>; readonly likely: ReadonlyMap<string, string>};

/** Most texts that the braces of a word are unfolded into: `{a,b}` doubles, and doubling has no end. */
const unfoldedMax = 64;
const bracedCharactersMax = 1000;

export const readWord = (word: Word, variables: Variables): ShellWord => {
	const found = {isLiteral: true, isPattern: true, hasBraces: false};
	const ofVariable = (name: string): string => {
		const sure = variables.sure.get(name);
		if (sure !== undefined) return sure;
		found.isLiteral = false;
		found.isPattern = false;
		return name === 'HOME' ? '~' : (variables.likely.get(name) ?? unknown);
	};
	const unread = (isPattern: boolean): string => {
		found.isLiteral = false;
		found.isPattern &&= isPattern;
		return unknown;
	};
	const read = (part: WordPart): string => {
		switch (part.type) {
			case 'Literal':
			case 'SingleQuoted':
				return part.value;
			case 'AnsiCQuoted':
				return part.value.includes('\ufffd') ? unread(false) : part.value;
			case 'DoubleQuoted':
			case 'LocaleString':
				return part.parts.map(read).join('');
			case 'Glob':
				return unread(true);
			case 'SimpleExpansion':
				return ofVariable(part.text.slice(1));
			case 'ParameterExpansion':
				if (part.prefix !== undefined || part.index !== undefined) return unread(false);
				if (part.operation === undefined) return ofVariable(part.parameter);
				unread(false);
				// What a variable is replaced by is what it likely is.
				return part.operation.type === 'Default' ? readWord(part.operation.operand, variables).value : unknown;
			case 'BraceExpansion':
				found.hasBraces = true;
				return unread(false);
			case 'CommandExpansion':
			case 'ArithmeticExpansion':
			case 'ProcessSubstitution':
			case 'ExtendedGlob':
				return unread(false);
			default:
				return part satisfies never;
		}
	};
	const value = word.parts === undefined ? word.value : word.parts.map(read).join('');
	// The shell puts a home folder in place of a bare tilde: nobody here knows which.
	if (word.text.startsWith('~')) unread(false);
	return {
		text: word.text,
		value,
		isLiteral: found.isLiteral,
		isPattern: !found.isLiteral && found.isPattern,
		unfolded:
			found.hasBraces && word.text.length <= bracedCharactersMax ? unfold(word.text.replaceAll(/["'\\]/g, '')) : [],
	};
};

/** A word that is written nowhere: of a nested command, or of what a wrapper adds to it. */
export const plainWord = (value: string): ShellWord => ({
	text: value.replaceAll(unknown, '…'),
	value,
	isLiteral: !value.includes(unknown),
	isPattern: false,
	unfolded: [],
});

const unfold = (text: string): readonly string[] => {
	let unfolded = [text];
	for (;;) {
		const next = unfolded.flatMap(one => {
			// The innermost braces come first, so that nesting needs no parser. Those of a variable are none.
			const braces = /(?<!\$)\{([^{}]*)\}/.exec(one);
			if (braces === null) return [one];
			const [before, after] = [one.slice(0, braces.index), one.slice(braces.index + braces[0].length)];
			const inner = braces[1] ?? '';
			return (inner.includes(',') ? inner.split(',') : [unknown]).map(part => before + part + after);
		});
		if (next.every((one, index) => one === unfolded[index]) || next.length > unfoldedMax) return unfolded;
		unfolded = next;
	}
};
