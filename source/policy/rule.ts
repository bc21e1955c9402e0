import {plainWords} from './shell-line.ts';

/** What rules speak about, besides every tool (`*`) and single tools by their names; for documentation. */
export const ruleFamilies = {
	bash: 'commands: `bash(npm test:*)` is these words first and then anything, `bash(git status)` exactly these words',
	write: 'files that are changed: `write(src/**)`, with patterns as in .gitignore',
	read: 'files that are read: `read(docs/**)`',
	fetch: 'hosts: `fetch(example.com)`, `fetch(*.example.com)`',
} as const;
export type RuleFamily = keyof typeof ruleFamilies;

/** Names that users of other tools know. */
const otherNames: Readonly<Record<string, string>> = {edit: 'write', webfetch: 'fetch'};

/** A rule, read from its text. */
export type Rule = {
	readonly text: string;
	/** A family, a tool's own name, or `*`. */
	readonly tool: string;
	/** Undefined: every call of the tool. */
	readonly pattern: string | undefined;
};

/** Reads a rule; answers words that say what is wrong and how to write it. */
export const parseRule = (text: string): Rule | {readonly problem: string} => {
	const found = /^\s*(\*|[A-Za-z_]\w*)\s*(?:\((.*)\))?\s*$/s.exec(text);
	if (found === null)
		return {
			problem: `${JSON.stringify(text)} is no rule. Write tool or tool(pattern), such as bash(npm test:*) or write(src/**).`,
		};
	const name = (found[1] ?? '').toLowerCase();
	const tool = Object.hasOwn(otherNames, name) ? (otherNames[name] ?? name) : name;
	const pattern = found[2]?.trim();
	const problem = (words: string) => ({problem: `The rule ${JSON.stringify(text)} ${words}`});
	if (pattern === undefined) return {text, tool, pattern: undefined};
	if (pattern === '') return problem(`has an empty pattern. Write ${tool} for every call of it.`);
	if (tool === '*') return problem('has a pattern for every tool. Name the tool: bash, write, read or fetch.');
	if (pattern === '*' || pattern === ':*' || pattern === '**') return {text, tool, pattern: undefined};
	if (tool === 'bash' && /(^|\s)\*$/.test(pattern))
		return problem(`ends in a bare *. Write bash(${pattern.replace(/\s*\*$/, '')}:*).`);
	if (tool === 'bash' && pattern.endsWith(':*') && plainWords(pattern.slice(0, -2)) === undefined)
		return problem(
			'begins with more than plain words. Before :* stand the first words of one command, without variables, pipes or redirects.',
		);
	if ((tool === 'write' || tool === 'read') && /[{}]/.test(pattern))
		return problem('has braces. Write one rule for each of their parts.');
	if ((tool === 'write' || tool === 'read') && /^([/~]|!|.*\.\.(\/|$))/.test(pattern))
		return problem('names a path that is not below the project. Give the pattern from the project folder down.');
	if (tool === 'fetch' && !hostPattern.test(pattern))
		return problem('names no host. Write fetch(example.com) or fetch(*.example.com).');
	return {text, tool, pattern};
};

const hostPattern = /^(domain:)?(\*\.)?[a-z\d_-]+(\.[a-z\d_-]+)*\.?(:\d+)?$|^(domain:)?\[?[a-f\d:]+\]?$/i;
