import path from 'node:path';
import ignore from 'ignore';
import type {LineGrade} from './command-risk.ts';
import {programName} from './program-name.ts';
import {parseRule, type Rule, type RuleFamily} from './rule.ts';
import {plainWords, type ShellCommand} from './shell-line.ts';
import {reachOf} from './shell-path.ts';
import type {ShellWord} from './shell-word.ts';

/** What a call is about, for rules to be matched against. */
export type Subject =
	/** A line of bash, and the folders it would be run with. */
	| {readonly kind: 'command'; readonly line: string; readonly root: string; readonly outputs: string}
	/** Paths as the jail shows them: relative to the project, or with `outputs:` in front. */
	| {readonly kind: 'paths'; readonly shown: readonly string[]}
	| {readonly kind: 'host'; readonly host: string}
	| {readonly kind: 'none'};

/** `maybe` depends on what is known only when the line runs: too little to allow by, and enough to ask about. */
export type Match = 'yes' | 'maybe' | 'no';

/** The rules among these texts that speak about calls of a tool. Texts that are no rules are left out. */
export const rulesAbout = (texts: readonly string[], tool: string, family: RuleFamily | undefined): readonly Rule[] =>
	texts.flatMap(text => {
		const rule = parseRule(text);
		return 'problem' in rule || !['*', tool, family].includes(rule.tool) ? [] : [rule];
	});

export type Found = {readonly rule: Rule; readonly match: Match};

/** The rule, of those that deny or ask, that a call meets: with any of its paths, or any command of its line. */
export const whichRestricts = (
	rules: readonly Rule[],
	subject: Subject,
	grade: LineGrade | undefined,
): Found | undefined => {
	const guises = grade?.commands.flatMap(({command}) => guisesOf(command)) ?? [];
	const matchOf = (rule: Rule): Match => {
		switch (subject.kind) {
			case 'none':
				return rule.pattern === undefined ? 'yes' : 'no';
			case 'paths':
				return subject.shown.some(shown => matchesPath(rule, shown, true)) ? 'yes' : 'no';
			case 'host':
				return matchesHost(rule, subject.host) ? 'yes' : 'no';
			case 'command': {
				if (matchesLine(rule, subject.line)) return 'yes';
				const matches = guises.map(wordMatcher(rule));
				return matches.includes('yes') ? 'yes' : matches.includes('maybe') ? 'maybe' : 'no';
			}
			default:
				return subject satisfies never;
		}
	};
	return gravest(rules.map(rule => ({rule, match: matchOf(rule)})));
};

/** The rule that is met for sure, otherwise one that may be. */
export const gravest = (found: readonly Found[]): Found | undefined =>
	found.find(({match}) => match === 'yes') ?? found.find(({match}) => match === 'maybe');

/**
 * The rules that together allow a call, as text; undefined when they do not. Of a line every command must be allowed
 * by some rule or only read, and a file that its output is written to needs a rule for the whole line.
 */
export const whichAllow = (
	rules: readonly Rule[],
	subject: Subject,
	grade: LineGrade | undefined,
): string | undefined => {
	const all = (found: readonly (Rule | undefined)[]): string | undefined =>
		found.length === 0 || found.includes(undefined)
			? undefined
			: [...new Set(found.map(rule => rule?.text))].join(', ');
	switch (subject.kind) {
		case 'none':
			return rules.find(rule => rule.pattern === undefined)?.text;
		case 'paths':
			return all(subject.shown.map(shown => rules.find(rule => matchesPath(rule, shown, false))));
		case 'host':
			return rules.find(rule => matchesHost(rule, subject.host))?.text;
		case 'command': {
			if (grade === undefined || grade.risk !== undefined) return undefined;
			const whole = rules.find(rule => matchesLine(rule, subject.line));
			if (whole !== undefined) return whole.text;
			const folders = [subject.outputs];
			const matchers = rules.map(rule => ({rule, match: wordMatcher(rule)}));
			return all(
				grade.commands
					.filter(
						({command, onlyReads}) => !onlyReads && (command.standing === 'own' || writesProject(command, folders)),
					)
					.map(({command}) =>
						writesProject(command, folders)
							? undefined
							: matchers.find(({match}) => match(command.words) === 'yes')?.rule,
					),
			);
		}
		default:
			return subject satisfies never;
	}
};

/** Whether output goes into a file of the project, which a rule for the command's words says nothing about. */
const writesProject = ({redirects}: ShellCommand, outputs: readonly string[]): boolean =>
	redirects.some(
		({writes, target}) =>
			writes && !(target.isLiteral && (reachOf(target.value, outputs) === 'device' || isBelow(target.value, outputs))),
	);

const isBelow = (value: string, folders: readonly string[]): boolean =>
	path.isAbsolute(value) && reachOf(value, folders) === 'inside';

/** A rule without `:*` may name a line of several commands as it stands. */
const matchesLine = ({pattern}: Rule, line: string): boolean =>
	pattern === undefined || (!pattern.endsWith(':*') && pattern === line.trim());

/** A test for the words of a command. */
const wordMatcher = ({pattern}: Rule): ((words: readonly ShellWord[]) => Match) => {
	if (pattern === undefined) return () => 'yes';
	const isOpen = pattern.endsWith(':*');
	const wanted = plainWords(isOpen ? pattern.slice(0, -2) : pattern);
	if (wanted === undefined) return () => 'no';
	return words => {
		for (const [index, value] of wanted.entries()) {
			const word = words[index];
			if (word === undefined) return 'no';
			// A word that is not literal may become none or many: from here on everything is possible.
			if (!word.isLiteral) return 'maybe';
			if (word.value !== value) return 'no';
		}
		if (isOpen || words.length === wanted.length) return 'yes';
		return words.slice(wanted.length).every(word => !word.isLiteral) ? 'maybe' : 'no';
	};
};

/** The forms in which a command may hide from a rule that restricts: its folder, its case, options of git in front. */
const guisesOf = ({words}: ShellCommand): readonly (readonly ShellWord[])[] => {
	const [first, ...rest] = words;
	if (first === undefined) return [];
	const plain = {...first, value: programName(first.value)};
	const sub = rest.findIndex(
		(word, index) =>
			!word.value.startsWith('-') && !/^(-[cC]|--git-dir|--work-tree)$/.test(rest[index - 1]?.value ?? ''),
	);
	return [words, [plain, ...rest], ...(plain.value === 'git' && sub > 0 ? [[plain, ...rest.slice(sub)]] : [])];
};

/** Patterns are those of .gitignore. Who restricts ignores case, as some file systems do; who allows does not. */
export const matchesPath = ({pattern}: Rule, shown: string, ignorecase: boolean): boolean => {
	if (pattern === undefined) return true;
	if (shown === '.' || shown === 'outputs:') return pattern === shown;
	const escaped = /^[!#]/.test(pattern) ? `\\${pattern}` : pattern.replace(/^(\.\/)+/, '/');
	return ignore({ignorecase}).add(escaped).ignores(shown);
};

/** `*.example.com` is every host below it, not itself. */
export const matchesHost = ({pattern}: Rule, host: string): boolean => {
	if (pattern === undefined) return true;
	const plain = (one: string): string => one.toLowerCase().replace(/\.$/, '');
	const wanted = plain(pattern.replace(/^domain:/i, ''));
	return wanted.startsWith('*.') ? plain(host).endsWith(wanted.slice(1)) : plain(host) === wanted;
};
