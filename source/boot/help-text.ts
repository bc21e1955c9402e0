import {wrapLine} from '../../components/text/wrap.ts';
import {exitCodes} from './exit-code.ts';
import {type FlagFacts, flagGroups, spellOut, verbsOf} from './flag.ts';
import {flags} from './flags.ts';
import {usageOf, type VerbFacts, type VerbName, verbGroups, verbs} from './verb-table.ts';

/** What is typed, and what it is for. */
type HelpRow = readonly [typed: string, about: string];

type HelpGroup = {readonly title: string; readonly rows: readonly HelpRow[]};

/** How wide a text is that goes into a file or another program. */
const usualColumns = 80;

/** With less room than this beside it, a word would stand alone in most lines. */
const columnsMin = 40;

const paragraph = (text: string, columns: number, indent = 0): string =>
	wrapLine(text, columns - indent)
		.map(row => ' '.repeat(indent) + row.text)
		.join('\n');

/**
 * Rows under the titles of their groups. What they are for begins at the same column everywhere, and below what is
 * typed where that is too long to stand before it.
 */
const grouped = (groups: readonly HelpGroup[], columns: number): string => {
	const longest = Math.max(...groups.flatMap(({rows}) => rows.map(([typed]) => typed.length)));
	const from = Math.min(longest + 4, Math.floor(columns * 0.4));
	const lines = ([typed, about]: HelpRow): string => {
		const below = paragraph(about, columns, from);
		return typed.length + 4 > from ? `  ${typed}\n${below}` : `  ${typed}`.padEnd(from) + below.slice(from);
	};
	return groups.flatMap(({title, rows}) => [...(title === '' ? [] : [` ${title}`]), ...rows.map(lines)]).join('\n');
};

const flagRows = (shown: (facts: FlagFacts) => boolean, where: boolean): readonly HelpGroup[] =>
	flagGroups.map(title => ({
		title,
		rows: Object.entries<FlagFacts>(flags)
			.filter(([, facts]) => facts.group === title && shown(facts))
			.map(([name, facts]) => [spellOut(name, facts), where ? `${facts.about} [${verbsOf(facts)}]` : facts.about]),
	}));

/** What stands for a word behind a verb. */
export const subjectWords =
	'A run, agent, step or request is meant by its id, the beginning of it, or its number (`3`, `step_3`); agents and steps by their names too. A request that is named without its run is looked for among all that wait, in all runs. Without a name, the run is the newest unfinished one of this folder, else its newest, else the newest of all; for replay and export, the newest of all; for resume, the newest unfinished one.';

/** The text of `--help`, made from the tables the program itself uses, in lines of at most so many columns. */
export const helpText = (width = usualColumns): string => {
	const columns = Math.max(columnsMin, width);
	return [
		'A terminal fleet manager for AI agents.',
		'',
		'Usage',
		grouped(
			[
				{
					title: '',
					rows: [['flotilla [goal]', 'open the window; without a terminal, the same as run']],
				},
				...verbGroups.map(title => ({
					title,
					rows: verbs
						.filter(({group}) => group === title)
						.map((verb: VerbFacts): HelpRow => [`flotilla ${usageOf(verb)}`, verb.about]),
				})),
			],
			columns,
		),
		'',
		paragraph(subjectWords, columns),
		'',
		paragraph('Flags, behind them the commands they go with (`flotilla [goal]` takes those of run)', columns),
		grouped(
			flagRows(() => true, true),
			columns,
		),
		'',
		'Exit codes',
		paragraph(
			Object.entries(exitCodes)
				.map(([name, code]) => `${code} ${name}`)
				.join(', '),
			columns,
			2,
		),
	].join('\n');
};

/** The text of `--help` behind a verb. */
export const helpOf = (verb: VerbName, width = usualColumns): string => {
	const facts: VerbFacts | undefined = verbs.find(({name}) => name === verb);
	if (facts === undefined) return helpText(width);
	const columns = Math.max(columnsMin, width);
	const groups = flagRows(flag => flag.verbs.includes(verb), false).filter(({rows}) => rows.length > 0);
	return [`flotilla ${usageOf(facts)}`, paragraph(facts.about, columns, 2), '', 'Flags', grouped(groups, columns)].join(
		'\n',
	);
};
