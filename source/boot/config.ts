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

/** What a configuration file may say, for a user or for a project. Keys and defaults are in docs/configuration.md. */
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

export type ConfigFile = z.infer<typeof configSchema>;

export type ConfigSource = {readonly file: string; readonly values: ConfigFile};

/** Reads one file; an absent one says nothing. Throws a problem that names the file, the key and the mend. */
export const readConfigFile = (file: string): ConfigSource => {
	if (!existsSync(file)) return {file, values: {}};
	let value: unknown;
	try {
		value = parse(readFileSync(file, 'utf8')) ?? {};
	} catch (error) {
		throw new Problem(
			`The configuration ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
	const result = configSchema.safeParse(value);
	if (result.success) return {file, values: result.data};
	const lines = result.error.issues.map(issue => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
	throw new Problem(
		`The configuration ${file} is not valid:\n${lines.join('\n')}\nThe keys are listed in docs/configuration.md.`,
	);
};
