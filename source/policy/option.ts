/**
 * Whether one of these options is among the words: `letters` also within a cluster (`-rf`), `names` also cut short, as
 * getopt and git take `--forc` for `--force`. What follows `--` counts, too: `--` may be the value of an option before
 * it, as in `rg -e -- --pre=x`, and is then no end of options.
 */
export const hasOption = (values: readonly string[], letters: string, names: readonly string[]): boolean =>
	values.some(value => {
		if (/^-[^-]/.test(value)) return [...value.slice(1)].some(letter => letters.includes(letter));
		const name = /^--([^=]+)/.exec(value)?.[1];
		return name !== undefined && names.some(one => one.startsWith(name));
	});

/** The words that are no options. */
export const operandsOf = (values: readonly string[]): readonly string[] => {
	const end = values.indexOf('--');
	const isOption = (value: string): boolean => /^-./.test(value);
	return end < 0
		? values.filter(value => !isOption(value))
		: [...values.slice(0, end).filter(value => !isOption(value)), ...values.slice(end + 1)];
};
