import {exitCodes} from './exit-code.ts';
import {type FlagFacts, flags, placeOf, spell, verbs, verbsOf} from './flags.ts';
import {table} from './table.ts';

const columns = (rows: readonly (readonly string[])[]): string => table(rows).replaceAll(/^/gm, '  ');

/** The text of `--help`, made from the tables the program itself uses. */
export const helpText = (): string =>
	[
		'Usage',
		columns([
			['flotilla [goal]', 'open the window; without a terminal, the same as run'],
			...verbs.map(verb => [`flotilla ${verb.usage}`, verb.about]),
		]),
		'',
		'Flags, and the commands they go with (`flotilla [goal]` takes those of run)',
		columns(
			Object.entries<FlagFacts>(flags).map(([name, facts]) => [
				`${spell(name)} ${placeOf(facts)}`.trim(),
				verbsOf(facts),
				facts.about,
			]),
		),
		'',
		'Exit codes',
		`  ${Object.entries(exitCodes)
			.map(([name, code]) => `${code} ${name}`)
			.join(', ')}`,
	].join('\n');
