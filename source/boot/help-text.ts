import {exitCodes} from './exit-code.ts';
import {type FlagFacts, flagGroups, flags, spellOut, verbs, verbsOf} from './flags.ts';
import {table} from './table.ts';

const columns = (rows: readonly (readonly string[])[]): string => table(rows).replaceAll(/^/gm, '  ');

/** One table for all, so that its columns stand below each other, with the groups' names in between. */
const grouped = (): readonly string[] => {
	const all = flagGroups.map(group => Object.entries<FlagFacts>(flags).filter(([, facts]) => facts.group === group));
	const lines = table(all.flat().map(([name, facts]) => [spellOut(name, facts), verbsOf(facts), facts.about])).split(
		'\n',
	);
	return flagGroups.flatMap((group, i) => [
		` ${group}`,
		...lines.splice(0, all[i]?.length ?? 0).map(line => `  ${line}`),
	]);
};

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
		...grouped(),
		'',
		'Exit codes',
		`  ${Object.entries(exitCodes)
			.map(([name, code]) => `${code} ${name}`)
			.join(', ')}`,
	].join('\n');
