import {exitCodes} from './exit-code.ts';
import {type FlagFacts, flags, placeOf, spell, verbs} from './flags.ts';

const columns = (rows: readonly (readonly [string, string])[]): string => {
	const width = Math.max(...rows.map(([left]) => left.length)) + 2;
	return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
};

/** The text of `--help`, made from the tables the program itself uses. */
export const helpText = (): string =>
	[
		'Usage',
		columns([
			['flotilla [goal]', 'open the window; without a terminal, the same as run'],
			...verbs.map(verb => [`flotilla ${verb.usage}`, verb.about] as const),
		]),
		'',
		'Flags',
		columns(
			Object.entries<FlagFacts>(flags).map(([name, facts]) => [`${spell(name)} ${placeOf(facts)}`.trim(), facts.about]),
		),
		'',
		'Exit codes',
		`  ${Object.entries(exitCodes)
			.map(([name, code]) => `${code} ${name}`)
			.join(', ')}`,
	].join('\n');
