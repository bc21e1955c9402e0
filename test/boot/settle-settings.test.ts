import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {readConfigFile} from '../../source/boot/config.ts';
import {readEnvironment} from '../../source/boot/environment.ts';
import type {Flags} from '../../source/boot/flags.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {
	chooseProvider,
	readBudget,
	type Sources,
	settleChoices,
	standingOf,
} from '../../source/boot/settle-settings.ts';

const flagsOf = (...argv: readonly string[]): Flags => parseArguments(argv, '0.0.0').flags;

const sources = (argv: readonly string[], env: Record<string, string> = {}, rest: Partial<Sources> = {}): Sources => ({
	flags: flagsOf(...argv),
	project: {},
	user: {},
	environment: readEnvironment(env),
	...rest,
});

describe('choosing the provider', () => {
	it('takes the flag before the configuration, that before a key, and is offline without any', () => {
		const key = {ANTHROPIC_API_KEY: 'k'};
		const offline = {project: {provider: 'offline' as const}};
		expect(chooseProvider(sources(['--provider', 'anthropic'], key, offline))).toMatchObject({name: 'anthropic'});
		expect(chooseProvider(sources([], key, offline))).toMatchObject({name: 'offline', because: 'configuration'});
		expect(chooseProvider(sources([], key))).toMatchObject({name: 'anthropic', because: 'ANTHROPIC_API_KEY'});
		expect(chooseProvider(sources([], {CLAUDE_API_KEY: 'k'}))).toMatchObject({because: 'CLAUDE_API_KEY'});
		expect(chooseProvider(sources([]))).toMatchObject({name: 'offline'});
	});

	it('says which variable to set when Anthropic is wanted without a key', () => {
		expect(() => chooseProvider(sources(['--provider', 'anthropic']))).toThrow(/ANTHROPIC_API_KEY/);
	});

	it('refuses two providers at once', () => {
		expect(() => chooseProvider(sources(['--offline', '--provider', 'anthropic']))).toThrow(/exclude each other/);
	});
});

describe('settling the choices', () => {
	it('lets the project’s file win over the user’s, and a flag over both', () => {
		const files = {user: {maxParallel: 2, budgetUsd: 1}, project: {maxParallel: 3}};
		expect(settleChoices(sources([], {}, files), true)).toMatchObject({maxParallel: 3, budget: 1_000_000_000});
		expect(settleChoices(sources(['--max-parallel', '7'], {}, files), true)).toMatchObject({maxParallel: 7});
		expect(settleChoices(sources(['--mode', 'sequential'], {}, files), true)).toMatchObject({maxParallel: 1});
	});

	it('uses one model for every tier when one is named, and prices it by the person’s own rates', () => {
		const rates = {input: 1, output: 2, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 0};
		const {models} = settleChoices(
			sources(
				['--provider', 'anthropic', '--model', 'my-model'],
				{ANTHROPIC_API_KEY: 'k'},
				{user: {prices: {'my-model': rates}}},
			),
			true,
		);
		expect(new Set(Object.values(models).map(model => model.id))).toEqual(new Set(['my-model']));
		expect(models.haiku.price?.rates).toEqual(rates);
	});

	it.each(['0', '-1', '2.5', 'many', '41'])('refuses --max-parallel %s in words', value => {
		expect(() => settleChoices(sources([`--max-parallel=${value}`]), true)).toThrow(/whole number from 1 to 40/);
	});

	it.each(['0', '-2', 'much', ''])('refuses the budget "%s" in words', value => {
		expect(() => readBudget(value)).toThrow(/US dollars/);
	});

	it('reads a budget with or without the dollar sign', () => {
		expect([readBudget('2.50'), readBudget('$2.50')]).toEqual([2_500_000_000, 2_500_000_000]);
	});

	it('refuses a task type that is not known, and names those that are', () => {
		expect(() => settleChoices(sources(['--task-type', 'cooking']), true)).toThrow(/cooking.*research/);
	});

	it('approves without a terminal only when told to', () => {
		expect(standingOf(flagsOf('--unattended', 'approve'), false)).toEqual({plan: true, edits: true, calls: true});
		expect(standingOf(flagsOf('--unattended', 'approve'), true)).toBeUndefined();
		expect(standingOf(flagsOf('--unattended', 'wait'), false)).toBeUndefined();
		expect(standingOf(flagsOf('--approve', 'edits'), true)).toEqual({plan: true, edits: true, calls: false});
	});
});

describe('configuration files', () => {
	const write = (text: string): string => {
		const file = join(mkdtempSync(join(tmpdir(), 'flotilla-config-')), 'config.yaml');
		writeFileSync(file, text);
		return file;
	};

	it('says nothing when there is none', () => {
		expect(readConfigFile('/nowhere/config.yaml').values).toEqual({});
	});

	it('names the file, the key and what is wrong with it', () => {
		const file = write('maxParallel: many\n');
		expect(() => readConfigFile(file)).toThrow(new RegExp(`${file}[\\s\\S]*maxParallel`));
	});

	it('names a key that is not known', () => {
		expect(() => readConfigFile(write('maxParalel: 3\n'))).toThrow(/maxParalel/);
	});

	it('says so when the file is not YAML', () => {
		expect(() => readConfigFile(write('a: [1,\n'))).toThrow(/cannot be read/);
	});
});

describe('the words after flotilla', () => {
	it('knows verbs, goals, and goals that were not put in quotes', () => {
		expect(parseArguments(['ls'], '0').request).toEqual({kind: 'verb', verb: 'ls', subject: undefined});
		expect(parseArguments(['mend the roof'], '0').request).toEqual({kind: 'open', goal: 'mend the roof'});
		expect(() => parseArguments(['mend', 'the', 'roof'], '0')).toThrow(/flotilla "mend the roof"/);
		expect(() => parseArguments(['run'], '0')).toThrow(/needs a goal/);
		expect(() => parseArguments(['ls', 'all'], '0')).toThrow(/takes no argument/);
	});

	it('refuses a choice that is none, and names the choices', () => {
		expect(() => parseArguments(['--approve', 'nothing'], '0')).toThrow(/plan, edits, all/);
	});
});
