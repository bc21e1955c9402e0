import ignore from 'ignore';

/** Most patterns that braces may unfold into: `{a,b}` doubles, and doubling has no end. */
const alternativesMax = 512;

/**
 * A test for paths relative to a folder, with `/` between names. Patterns are those of `.gitignore`, which agents and
 * persons know: without a slash a pattern matches a name at any depth (`*.ts`), with one it starts at the folder
 * (`src/*.ts`); `**` spans folders; a folder's name takes all that is beneath it. Braces (`*.{ts,tsx}`) are unfolded
 * first. It matches names in a list and never walks the disk, so no pattern can be slow or lead out.
 */
export const globMatch = (pattern: string): ((file: string) => boolean) => {
	const rules = ignore().add(
		unfoldBraces(pattern.trim().replace(/^(\.\/)+/, '')).map(one => (/^[!#]/.test(one) ? `\\${one}` : one)),
	);
	return file => rules.ignores(file);
};

const unfoldBraces = (pattern: string): readonly string[] => {
	let unfolded = [pattern];
	for (;;) {
		const next = unfolded.flatMap(one => {
			// The innermost braces come first, so that nesting needs no parser.
			const found = /\{([^{}]*,[^{}]*)\}/.exec(one);
			if (found === null) return [one];
			const before = one.slice(0, found.index);
			const after = one.slice(found.index + found[0].length);
			return (found[1] ?? '').split(',').map(part => before + part + after);
		});
		if (next.length === unfolded.length || next.length > alternativesMax) return unfolded;
		unfolded = next;
	}
};
