import {existsSync, readFileSync} from 'node:fs';
import {parse} from 'yaml';
import {z} from 'zod';
import {permissionModes} from '../domain/settings.ts';
import {Problem} from './problem.ts';

const rates = z.strictObject({
	input: z.number().nonnegative(),
	output: z.number().nonnegative(),
	cacheWrite5m: z.number().nonnegative(),
	cacheWrite1h: z.number().nonnegative(),
	cacheRead: z.number().nonnegative(),
});

/** What a user's own file may say. Keys and defaults are in docs/configuration.md. */
export const configSchema = z.strictObject({
	provider: z.enum(['anthropic', 'offline']).optional().describe('who answers for the models'),
	baseUrl: z.url().optional().describe('another address of the Messages API'),
	model: z.string().min(1).optional().describe('one model for every tier'),
	tiers: z
		.strictObject({
			haiku: z.string().min(1).optional(),
			sonnet: z.string().min(1).optional(),
			opus: z.string().min(1).optional(),
			frontier: z.string().min(1).optional(),
		})
		.optional()
		.describe('the model of each tier'),
	prices: z
		.record(z.string(), rates)
		.optional()
		.describe('US dollars per million tokens, for models without a known price or with one of your own'),
	budgetUsd: z.number().positive().optional().describe('the most a run may cost'),
	maxParallel: z.int().min(1).max(40).optional().describe('the most agents at work at once'),
	permissions: z.enum(permissionModes).optional().describe('what agents may do without asking'),
	taskType: z.string().optional().describe('the kind of task, instead of guessing it from the goal'),
	reducedMotion: z.boolean().optional().describe('no moving glyphs'),
});

export type UserConfig = z.infer<typeof configSchema>;

/**
 * What the file of a project may say. Whoever clones a repository has not read it, so it can neither send the key
 * elsewhere nor name prices nor loosen what its user allows; in docs/configuration.md, the words.
 */
export const projectKeys = {
	taskType: 'yes',
	model: 'yes',
	tiers: 'yes',
	provider: '`offline` only',
	budgetUsd: 'may lower it',
	maxParallel: 'may lower it',
	permissions: 'may tighten them',
} as const;

const {taskType, model, tiers, budgetUsd, maxParallel, permissions} = configSchema.shape;
const projectSchema = z.strictObject({
	taskType,
	model,
	tiers,
	provider: z.literal('offline', 'a project may choose `offline` only; any other belongs in your own file').optional(),
	budgetUsd,
	maxParallel,
	permissions,
} satisfies Record<keyof typeof projectKeys, z.ZodType>);

export type ProjectConfig = z.infer<typeof projectSchema>;

const readYaml = (file: string): unknown => {
	if (!existsSync(file)) return {};
	try {
		return parse(readFileSync(file, 'utf8')) ?? {};
	} catch (error) {
		throw new Problem(
			`The configuration ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
};

const check = <T>(schema: z.ZodType<T>, file: string, value: unknown): T => {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const lines = result.error.issues.map(issue => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
	throw new Problem(
		`The configuration ${file} is not valid:\n${lines.join('\n')}\nThe keys are listed in docs/configuration.md.`,
	);
};

/** Reads a user's own file; an absent one says nothing. Throws a problem that names the file, the key and the mend. */
export const readUserConfig = (file: string): UserConfig => check(configSchema, file, readYaml(file));

/** The same for a project's file. What only the user may decide is a problem that says where it belongs. */
export const readProjectConfig = (file: string, userFile: string): ProjectConfig => {
	const value = readYaml(file);
	const foreign = Object.keys(value ?? {}).filter(
		key => Object.hasOwn(configSchema.shape, key) && !Object.hasOwn(projectKeys, key),
	);
	if (foreign.length > 0)
		throw new Problem(
			`The configuration ${file} sets ${foreign.join(', ')}, which a project may not decide for you. If you want it, move it to your own file, ${userFile}; else delete it.`,
		);
	return check(projectSchema, file, value);
};
