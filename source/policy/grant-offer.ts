import {isShell} from './carried-command.ts';
import type {LineGrade} from './command-risk.ts';
import {isInterpreter} from './inline-code.ts';
import {programName} from './program-name.ts';
import type {RuleFamily} from './rule.ts';
import {parseRule} from './rule.ts';
import type {ShellCommand} from './shell-line.ts';

/**
 * Programs whose second word says what they do, as far as a person thinks of it: `npm test`, `git commit`. What stands
 * after that may differ from call to call. `npm run` needs a third.
 */
const twoWords =
	/^(npm|pnpm|yarn|cargo|go|git|make|just|task|poetry|uv|pip|dotnet|gradle|mvn|mix|composer|bundle|rails|nx|turbo|npx|bunx)$/;
const threeWords =
	/^((npm|pnpm|yarn) (run|exec|x|dlx)|(poetry|composer) run|uv (run|tool)|go run|bundle exec|git (stash|remote|worktree))$/;

/** Programs of which one kind of call says nothing about the next, beside shells and interpreters. */
const exactOnly =
	/^(rm|rmdir|mv|cp|ln|dd|kill|pkill|killall|chmod|chown|curl|wget|ssh|scp|rsync|docker|podman|kubectl|terraform|gh|find|tee|truncate|unlink|\.|source|eval)$/;

/** Interpreters that are given files rather than code, and editors, which run what they are told to. */
const runsAnything =
	/^(tsx|ts-node|esno|luajit|java|jshell|runghc|runhaskell|irb|pry|ipython|r|octave|swipl|sbcl|expect|vim?|nvim|view|ex|ed|emacs|emacsclient|nano|pico|micro|helix|hx|code|less|more|man|gdb)$/;

const needsExact = (word: string): boolean => {
	const name = programName(word);
	return exactOnly.test(name) || runsAnything.test(name) || isShell(name) || isInterpreter(name);
};

/**
 * The narrowest rule by which a person could allow a line and those like it; undefined when there is none that is
 * safe. A line of several commands, one that writes a file, and one that holds code is offered as it stands.
 */
export const offerForLine = (line: string, {risk, commands}: LineGrade): string | undefined => {
	if (risk !== undefined) return undefined;
	const asked = commands.filter(({command, onlyReads}) => !onlyReads && command.standing === 'own');
	const [one] = asked;
	const words = asked.length === 1 && one !== undefined && !one.isInlineCode ? openingOf(one.command) : undefined;
	return written('bash', words === undefined ? line.trim() : `${words.join(' ')}:*`);
};

export const offerForPlace = (family: RuleFamily, places: readonly string[]): string | undefined => {
	const [place] = places;
	return places.length !== 1 || place === undefined || /[*?[\]{}\\!#]|\s$/.test(place)
		? undefined
		: written(family, place);
};

/** The first words, which say what a command is about; undefined when there are none, or more is to be seen than words. */
const openingOf = ({words, redirects, assignments}: ShellCommand): readonly string[] | undefined => {
	if (redirects.length + assignments.length > 0) return undefined;
	const [first, second, third] = words.map(word =>
		word.isLiteral && /^[\w@./:-]+$/.test(word.value) ? word.value : undefined,
	);
	if (first === undefined || needsExact(first)) return undefined;
	if (!twoWords.test(first)) return words.length === 1 ? undefined : [first];
	if (second === undefined || second.startsWith('-') || needsExact(second)) return undefined;
	if (!threeWords.test(`${first} ${second}`)) return [first, second];
	return third === undefined || third.startsWith('-') || needsExact(third) ? undefined : [first, second, third];
};

/** A rule as text, if it would be read as what it is meant to be. */
const written = (family: RuleFamily, pattern: string): string | undefined => {
	const rule = parseRule(`${family}(${pattern})`);
	return 'problem' in rule || rule.pattern !== pattern ? undefined : rule.text;
};
