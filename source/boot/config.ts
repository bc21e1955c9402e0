import {existsSync, readFileSync} from 'node:fs';
import {parse} from 'yaml';
import type {core, z} from 'zod';
import {configSchemas, type ProjectConfig, projectKeys, type UserConfig} from './config-schema.ts';
import {Problem} from './problem.ts';

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const readText = (file: string): string => {
	if (!existsSync(file)) return '';
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new Problem(`The configuration ${file} cannot be read: ${words(error)}`);
	}
};

const parseYaml = (file: string, text: string): unknown => {
	try {
		return parse(text) ?? {};
	} catch (error) {
		throw new Problem(`The configuration ${file} cannot be read: ${words(error)}`);
	}
};

/** Of a name that is none, the words are one level below. */
const linesOf = (issue: core.$ZodIssue): readonly string[] =>
	(issue.code === 'invalid_key' ? issue.issues : [issue]).map(
		({message}) => `  ${issue.path.join('.') || '(top)'}: ${message}`,
	);

const check = <T>(schema: z.ZodType<T>, file: string, value: unknown): T => {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const lines = result.error.issues.flatMap(linesOf);
	throw new Problem(
		`The configuration ${file} is not valid:\n${lines.join('\n')}\nThe keys are listed in docs/configuration.md.`,
	);
};

/** Reads a user's own file; an absent one says nothing. Throws a problem that names the file, the key and the mend. */
export const readUserConfig = (file: string): UserConfig => {
	const text = readText(file);
	return text === '' ? {} : check(configSchemas().user, file, parseYaml(file, text));
};

/** The same for the text of a project's file. What only the user may decide is a problem that says where it belongs. */
export const parseProjectConfig = (file: string, text: string, userFile: string): ProjectConfig => {
	if (text === '') return {};
	const {user, project} = configSchemas();
	const value = parseYaml(file, text);
	const foreign = Object.keys(value ?? {}).filter(
		key => Object.hasOwn(user.shape, key) && !Object.hasOwn(projectKeys, key),
	);
	if (foreign.length > 0)
		throw new Problem(
			`The configuration ${file} sets ${foreign.join(', ')}, which a project may not decide for you. If you want it, move it to your own file, ${userFile}; else delete it.`,
		);
	return check(project, file, value);
};

/** A project's file as it was read: whoever trusts it trusts this text. */
export type ProjectFile = {readonly path: string; readonly text: string; readonly config: ProjectConfig};

export const readProjectFile = (path: string, userFile: string): ProjectFile => {
	const text = readText(path);
	return {path, text, config: parseProjectConfig(path, text, userFile)};
};
