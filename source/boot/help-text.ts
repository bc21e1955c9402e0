import {exitCodes} from './exit-code.ts';
import {type FlagFacts, flagGroups, flags, spellOut, verbsOf} from './flags.ts';
import {table} from './table.ts';
import {usageOf, type VerbFacts, type VerbName, verbGroups, verbs} from './verb-table.ts';

/** Rows under the titles of their groups: one table for all, so that the columns stand below each other. */
const grouped = (
	groups: readonly {readonly title: string; readonly rows: readonly (readonly string[])[]}[],
): string => {
	const lines = table(groups.flatMap(({rows}) => rows)).split('\n');
	return groups
		.flatMap(({title, rows}) => [` ${title}`, ...lines.splice(0, rows.length).map(line => `  ${line}`)])
		.join('\n');
};

const flagRows = (shown: (facts: FlagFacts) => boolean, where: boolean) =>
	flagGroups.map(title => ({
		title,
		rows: Object.entries<FlagFacts>(flags)
			.filter(([, facts]) => facts.group === title && shown(facts))
			.map(([name, facts]) => [spellOut(name, facts), ...(where ? [verbsOf(facts)] : []), facts.about]),
	}));

/** What stands for a word behind a verb. */
export const subjectWords =
	'A run, agent, step or request is meant by its id, the beginning of it, or its number (`3`, `step_3`); agents and steps by their names too. Without a name, the run is the newest unfinished one of this folder, else its newest, else the newest of all; for replay and export, the newest of all; for resume, the newest unfinished one.';

/** The text of `--help`, made from the tables the program itself uses. */
export const helpText = (): string =>
	[
		'Usage',
		table([['  flotilla [goal]', 'open the window; without a terminal, the same as run']]),
		grouped(
			verbGroups.map(title => ({
				title,
				rows: verbs
					.filter(({group}) => group === title)
					.map((verb: VerbFacts) => [`flotilla ${usageOf(verb)}`, verb.about]),
			})),
		),
		'',
		subjectWords,
		'',
		'Flags, and the commands they go with (`flotilla [goal]` takes those of run)',
		grouped(flagRows(() => true, true)),
		'',
		'Exit codes',
		`  ${Object.entries(exitCodes)
			.map(([name, code]) => `${code} ${name}`)
			.join(', ')}`,
	].join('\n');

/** The text of `--help` behind a verb. */
export const helpOf = (verb: VerbName): string => {
	const facts: VerbFacts | undefined = verbs.find(({name}) => name === verb);
	if (facts === undefined) return helpText();
	const groups = flagRows(flag => flag.verbs.includes(verb), false).filter(({rows}) => rows.length > 0);
	return [`flotilla ${usageOf(facts)}`, `  ${facts.about}`, '', 'Flags', grouped(groups)].join('\n');
};
