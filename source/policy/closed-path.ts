import path from 'node:path';
import type {GradedCommand, LineGrade} from './command-risk.ts';
import {isInterpreter} from './inline-code.ts';
import {hasOption} from './option.ts';
import {programName} from './program-name.ts';
import {searchesFolders} from './reading-command.ts';
import type {Rule} from './rule.ts';
import {type Found, gravest, type Match, matchesPath, rulesAbout, type Subject} from './rule-match.ts';
import {pathsIn} from './shell-path.ts';
import type {ShellWord} from './shell-word.ts';

/**
 * The rule that closes a path to reading or writing, and that a line of bash would get round: `yes` by naming that
 * path, `maybe` by going to another folder, by acting on a whole one, or by what is known only when it runs.
 */
export const whichClosesPath = (
	texts: readonly string[],
	subject: Subject,
	grade: LineGrade | undefined,
): Found | undefined => {
	if (subject.kind !== 'command' || grade === undefined) return undefined;
	const shownIn = (words: readonly ShellWord[]): readonly string[] =>
		words.flatMap(pathsIn).flatMap(value => {
			const local = value.replace(/^file:(\/\/(localhost)?)?(?=\/)/i, '');
			const inner = path.posix.relative(subject.root, path.posix.resolve(subject.root, local));
			return inner === '' || inner.startsWith('../') || inner.includes('\u0000') ? [] : [inner];
		});
	const changes = grade.commands.some(
		({command, onlyReads}) => !onlyReads || command.redirects.some(({writes}) => writes),
	);
	const matchOf = (rule: Rule, family: 'read' | 'write', graded: GradedCommand): Match => {
		const {command, onlyReads} = graded;
		const targets = command.redirects.filter(({writes}) => writes === (family === 'write')).map(({target}) => target);
		const named = shownIn(command.words.slice(1));
		const isClosed = (shown: string): boolean => matchesPath(rule, shown, true);
		const isNamed = named.some(isClosed);
		if (shownIn(targets).some(isClosed) || (isNamed && family === 'read')) return 'yes';
		const mayReach = family === 'read' ? goesElsewhere(command.words) || mayRead(graded) : isMoved;
		return mayReach || (!onlyReads && (isNamed || named.some(shown => holdsClosed(rule, shown)))) ? 'maybe' : 'no';
	};
	const isMoved = changes && grade.commands.some(({command}) => goesElsewhere(command.words));
	return gravest(
		(['read', 'write'] as const).flatMap(family =>
			rulesAbout(texts, family, family)
				.filter(rule => rule.tool === family && rule.pattern !== undefined)
				.flatMap(rule => grade.commands.map(graded => ({rule, match: matchOf(rule, family, graded)}))),
		),
	);
};

/** Whether what a rule closes may lie in a folder. */
const holdsClosed = (rule: Rule, shown: string): boolean =>
	matchesPath(rule, `${shown}/x`, true) ||
	rule.pattern
		?.replace(/^(\.?\/)+/, '')
		.toLowerCase()
		.startsWith(`${shown.toLowerCase()}/`) === true;

const nameAndValues = (words: readonly ShellWord[]): readonly [name: string, values: readonly string[]] => [
	programName(words[0]?.value ?? ''),
	words.slice(1).map(word => word.value),
];

/** After this the paths of the line may mean others. */
const goesElsewhere = (words: readonly ShellWord[]): boolean => {
	const [name, values] = nameAndValues(words);
	return (
		/^(cd|pushd|popd)$/.test(name) ||
		(/^(git|make|env|tar|npm|pnpm|yarn|cargo|go)$/.test(name) &&
			values.some(value => /^(-C|--(chdir|directory|prefix|dir|cwd|git-dir|work-tree))/.test(value)))
	);
};

/** Programs that take whole folders into others, or elsewhere. */
const takers = /^(tar|zip|7z|7za|cpio|rsync|scp|ln|docker|podman|ag|ack|rgrep|pax)$/;

/** Their words are told, compared or kept, and never read as names of files. */
const tellers = /^(echo|printf|test|\[|export|local|readonly|set|unset|return|exit|sleep|kill|basename|dirname)$/;

/** Whether a command may read files that it does not name. */
const mayRead = ({command: {words, redirects, fed}, isInlineCode}: GradedCommand): boolean => {
	const [name, values] = nameAndValues(words);
	if (redirects.some(({writes, target}) => !writes && !target.isLiteral)) return true;
	if (isInlineCode || (fed !== undefined && isInterpreter(name))) return true;
	if (name === 'git') return !sparesContents(values);
	return (
		searchesFolders(name, values) ||
		takers.test(name) ||
		(name === 'cp' && hasOption(values, 'rRa', ['recursive', 'archive'])) ||
		(name === 'diff' && hasOption(values, 'r', ['recursive'])) ||
		(!tellers.test(name) && words.slice(1).some(word => !word.isLiteral))
	);
};

/** Subcommands that show nothing of what is in the files. */
const sparing =
	/^(status|add|commit|push|pull|fetch|branch|tag|remote|config|switch|checkout|merge|rebase|init|reset|rm|clean|rev-parse|rev-list|merge-base|ls-files|ls-tree|describe|check-ignore|for-each-ref|show-ref|--version)$/;
const sparingOfLog =
	/^(-n|-n?\d+|--(oneline|graph|(short)?stat|name-only|name-status|decorate|all|reverse|follow|(no-)?merges|first-parent|branches|tags|abbrev-commit|(format|pretty|date|since|until|author|grep|max-count)=.*))$/;

/** Whether git, called so, tells no contents of files, of now or of earlier. */
const sparesContents = (values: readonly string[]): boolean => {
	const at = values.findIndex(value => !/^(--no-pager|-P)$/.test(value));
	const sub = values[at] ?? '';
	const options = values.slice(at + 1).filter(value => value.startsWith('-'));
	if (sub === 'log') return options.every(option => sparingOfLog.test(option));
	if (sub === 'diff' || sub === 'show')
		return (
			options.every(option => sparingOfLog.test(option)) &&
			options.some(option => /^--((short)?stat|name-only|name-status)$/.test(option))
		);
	return sparing.test(sub) && !hasOption(options, 'pv', ['patch', 'verbose']);
};
