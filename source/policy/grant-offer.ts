import type {LineGrade} from './command-risk.ts';
import type {RuleFamily} from './rule.ts';
import {parseRule} from './rule.ts';
import type {ShellCommand} from './shell-line.ts';

/**
 * Programs whose second word says what they do, as far as a person thinks of it: `npm test`, `git commit`. What stands
 * after that may differ from call to call. `npm run` needs a third.
 */
const twoWords =
	/^(npm|pnpm|yarn|bun|cargo|go|git|make|just|task|poetry|uv|pip|docker|dotnet|gradle|mvn|mix|composer|bundle|rails|kubectl|terraform|gh|deno|nx|turbo|npx|bunx)$/;
const threeWords =
	/^((npm|pnpm|yarn|bun|poetry|uv|composer|deno) run|docker compose|bundle exec|git (stash|remote|worktree)|npm exec)$/;

/** Programs of which one kind of call says nothing about the next. */
const exactOnly =
	/^(rm|rmdir|mv|cp|ln|dd|kill|pkill|killall|chmod|chown|curl|wget|ssh|scp|rsync|docker|kubectl|terraform|gh|find|sed|awk|tee|truncate|unlink|node|python[\d.]*|perl|ruby|php|deno|bun|\.|source)$/;

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
	if (first === undefined || exactOnly.test(first)) return undefined;
	if (!twoWords.test(first)) return words.length === 1 ? undefined : [first];
	if (second === undefined || second.startsWith('-')) return undefined;
	if (!threeWords.test(`${first} ${second}`)) return [first, second];
	return third === undefined || third.startsWith('-') ? undefined : [first, second, third];
};

/** A rule as text, if it would be read as what it is meant to be. */
const written = (family: RuleFamily, pattern: string): string | undefined => {
	const rule = parseRule(`${family}(${pattern})`);
	return 'problem' in rule || rule.pattern !== pattern ? undefined : rule.text;
};
