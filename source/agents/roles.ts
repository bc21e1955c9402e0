import {parse} from 'yaml';
import {z} from 'zod';
import {tiers} from '../domain/model.ts';
import type {RoleFacts} from '../domain/role.ts';

export type RoleFile = {readonly file: string; readonly text: string};

export type Role = {
	readonly facts: RoleFacts;
	readonly aliases: readonly string[];
	/** What the role is for, in one line; the planner chooses by it. */
	readonly summary: string;
	/** Markdown, given to the model word for word. */
	readonly instructions: string;
	/** Most words of the report to those who build on the work; undefined for no limit. */
	readonly reportWords: number | undefined;
};

export type Roles = ReadonlyMap<string, Role>;

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is written in lower case, with _ between words');
const count = (least: number) => z.int().min(least);

/**
 * The head of a role file. Turn limits are about as high as the tool budget: an agent that makes one call a turn
 * must be able to use its calls and still have a turn to report in.
 */
const frontmatter = z.strictObject({
	name,
	aliases: z.array(name).default([]),
	summary: z.string().min(1),
	tier: z.enum(tiers),
	tools: z.array(name),
	maxTurns: count(1),
	toolBudget: count(0),
	maxOutputTokens: count(256),
	reportWords: count(1).optional(),
});

const headAndBody = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*\r?\n([\s\S]*)$/;

const readRole = ({file, text}: RoleFile): Role | {readonly problems: readonly string[]} => {
	const match = headAndBody.exec(text);
	if (match === null)
		return {problems: [`${file}: a role file begins with its facts in YAML between two lines of three dashes.`]};
	const [, head = '', body = ''] = match;
	let facts: unknown;
	try {
		facts = parse(head);
	} catch (error) {
		return {problems: [`${file}: the facts are not YAML: ${error instanceof Error ? error.message : String(error)}`]};
	}
	const read = frontmatter.safeParse(facts);
	if (!read.success)
		return {problems: read.error.issues.map(issue => `${file}: ${issue.path.join('.') || 'facts'}: ${issue.message}`)};
	const instructions = body.trim();
	if (instructions === '') return {problems: [`${file}: the role has no instructions below its facts.`]};
	const {aliases, summary, reportWords, ...rest} = read.data;
	return {facts: rest, aliases, summary, instructions, reportWords};
};

/**
 * The roles by name. A file that cannot be used is left out and its problems are said, with the file and what to
 * change; of two roles that claim one name or alias, the first keeps it.
 */
export const loadRoles = (
	files: readonly RoleFile[],
): {readonly roles: Roles; readonly problems: readonly string[]} => {
	const roles = new Map<string, Role>();
	const problems: string[] = [];
	const claimed = new Map<string, string>();
	for (const role of files) {
		const read = readRole(role);
		if ('problems' in read) {
			problems.push(...read.problems);
			continue;
		}
		const names = [read.facts.name, ...read.aliases];
		const taken = names.filter(word => claimed.has(word));
		if (taken.length > 0) {
			problems.push(...taken.map(word => `${role.file}: the name "${word}" is taken by ${claimed.get(word)}.`));
			continue;
		}
		for (const word of names) claimed.set(word, role.file);
		roles.set(read.facts.name, read);
	}
	return {roles, problems};
};

/** What a run stores of its roles. */
export const roleFactsOf = (roles: Roles): Readonly<Record<string, RoleFacts>> =>
	Object.fromEntries([...roles].map(([key, role]) => [key, role.facts]));

/** A role by its name or one of its aliases. */
export const findRole = (roles: Roles, word: string): Role | undefined =>
	roles.get(word) ?? [...roles.values()].find(role => role.aliases.includes(word));
