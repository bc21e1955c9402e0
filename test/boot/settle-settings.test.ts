import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {readProjectConfig, readUserConfig} from '../../source/boot/config.ts';
import {readEnvironment} from '../../source/boot/environment.ts';
import type {Flags} from '../../source/boot/flags.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {
	chooseProvider,
	readBudget,
	refuseUnpricedBudget,
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
		const files = {user: {taskType: 'writing', maxParallel: 4}, project: {taskType: 'research', maxParallel: 3}};
		const settle = (...argv: readonly string[]) => settleChoices(sources(argv, {}, files), true);
		expect(settle()).toMatchObject({taskType: 'research', maxParallel: 3});
		expect(settle('--task-type', 'design')).toMatchObject({taskType: 'design'});
		expect(settle('--max-parallel', '7')).toMatchObject({maxParallel: 7});
		expect(settle('--mode', 'sequential')).toMatchObject({maxParallel: 1});
	});

	it('lets a project lower the limits and tighten the permissions of its user', () => {
		const project = {maxParallel: 1, budgetUsd: 0.5, permissions: 'plan'} as const;
		const strict = {maxParallel: 1, budget: 500_000_000, permissionMode: 'plan'};
		const user = {maxParallel: 2, budgetUsd: 1, permissions: 'edits'} as const;
		expect(settleChoices(sources([], {}, {user, project}), true)).toMatchObject(strict);
		expect(settleChoices(sources([], {}, {project}), true)).toMatchObject(strict);
	});

	it('never lets a project raise a limit or loosen a permission', () => {
		const project = {maxParallel: 40, budgetUsd: 1000, permissions: 'bypass'} as const;
		const user = {maxParallel: 2, budgetUsd: 1, permissions: 'plan'} as const;
		const own = {maxParallel: 2, budget: 1_000_000_000, permissionMode: 'plan'};
		expect(settleChoices(sources([], {}, {user, project}), true)).toMatchObject(own);
		expect(settleChoices(sources([], {}, {project}), true)).toMatchObject({maxParallel: 5, permissionMode: 'ask'});
		const env = {FLOTILLA_MAX_PARALLEL: '3'};
		expect(settleChoices(sources([], env, {project}), true)).toMatchObject({maxParallel: 3});
		const flagged = sources(['--permissions', 'bypass', '--budget', '9'], {}, {user, project});
		expect(settleChoices(flagged, true)).toMatchObject({permissionMode: 'bypass', budget: 9_000_000_000});
	});

	it('refuses a budget for a model without a price, for it could not be kept', () => {
		const settle = (user: Sources['user']) =>
			settleChoices(sources(['--model', 'my-model'], {ANTHROPIC_API_KEY: 'k'}, {user}), true);
		const rates = {input: 1, output: 2, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 0};
		const {models} = settle({});
		expect(() => refuseUnpricedBudget(1, models)).toThrow(/no known price for my-model.*Set prices/);
		expect(() => refuseUnpricedBudget(undefined, models)).not.toThrow();
		expect(() => refuseUnpricedBudget(1, settle({prices: {'my-model': rates}}).models)).not.toThrow();
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

	it('keeps the surcharge of a large prompt when the person sets own rates', () => {
		const rates = {input: 1, output: 2, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 0};
		const {models} = settleChoices(
			sources([], {ANTHROPIC_API_KEY: 'k'}, {user: {prices: {'claude-haiku-5-5': rates}}}),
			true,
		);
		expect(models.haiku.price).toMatchObject({rates, largePrompt: {aboveTokens: 100_000, factor: 5}});
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
		expect(readUserConfig('/nowhere/config.yaml')).toEqual({});
	});

	it('names the file, the key and what is wrong with it', () => {
		const file = write('maxParallel: many\n');
		expect(() => readUserConfig(file)).toThrow(new RegExp(`${file}[\\s\\S]*maxParallel`));
	});

	it('names a key that is not known', () => {
		expect(() => readUserConfig(write('maxParalel: 3\n'))).toThrow(/maxParalel/);
	});

	it.each(['baseUrl: https://thief.example\n', 'prices: {m: {input: 0}}\n', 'reducedMotion: true\n'])(
		'refuses in a project what is for its user to say, and says where it belongs: %s',
		text => {
			const file = write(text);
			expect(() => readProjectConfig(file, '/home/me/config.yaml')).toThrow(
				new RegExp(`${file} sets ${text.split(':')[0]}.*your own file, /home/me/config.yaml`),
			);
		},
	);

	it('lets a project choose no provider but offline', () => {
		expect(readProjectConfig(write('provider: offline\n'), '')).toEqual({provider: 'offline'});
		expect(() => readProjectConfig(write('provider: anthropic\n'), '')).toThrow(/offline.*your own file/);
	});

	it('reads from a project what it may say, and nothing when there is no file', () => {
		const text = 'taskType: research\nmodel: m\ntiers: {opus: o}\nbudgetUsd: 1\nmaxParallel: 2\npermissions: plan\n';
		expect(Object.keys(readProjectConfig(write(text), ''))).toHaveLength(6);
		expect(readProjectConfig('/nowhere/config.yaml', '')).toEqual({});
		expect(() => readProjectConfig(write('[baseUrl]\n'), '')).toThrow(/not valid/);
	});

	it('says so when the file is not YAML', () => {
		expect(() => readUserConfig(write('a: [1,\n'))).toThrow(/cannot be read/);
	});
});

describe('the words after flotilla', () => {
	it('knows verbs, goals, and goals that were not put in quotes', () => {
		expect(parseArguments(['ls'], '0').request).toEqual({kind: 'verb', verb: 'ls', subject: undefined});
		expect(parseArguments(['mend the roof'], '0').request).toEqual({kind: 'open', goal: 'mend the roof'});
		expect(() => parseArguments(['mend', 'the', 'roof'], '0')).toThrow(/flotilla "mend the roof"/);
		expect(() => parseArguments(['run'], '0')).toThrow(/needs a goal/);
		expect(() => parseArguments(['shw'], '0')).toThrow(/no command "shw".*show/);
		expect(() => parseArguments(['ls', 'all'], '0')).toThrow(/takes no argument/);
	});

	it('refuses a choice that is none, and names the choices', () => {
		expect(() => parseArguments(['--approve', 'nothing'], '0')).toThrow(/plan, edits, all/);
	});

	it.each([
		{argv: ['resume', 'last', '--permissions', 'plan'], says: /--permissions.*flotilla resume.*goes with run/},
		{argv: ['resume', 'last', '--max-parallel', '2'], says: /--max-parallel.*flotilla resume/},
		{argv: ['resume', 'last', '--offline'], says: /--offline.*run, doctor/},
		{argv: ['ls', '--yes'], says: /--yes.*flotilla ls.*run, resume/},
		{argv: ['show', 'last', '--budget', '2'], says: /--budget.*flotilla show/},
		{argv: ['survey this', '--speed', '2'], says: /--speed.*replay/},
	])('refuses a flag that would have no effect: $argv', ({argv, says}) => {
		expect(() => parseArguments(argv, '0')).toThrow(says);
	});

	it('takes the flags of run with a bare goal, and --json everywhere', () => {
		expect(parseArguments(['survey this', '--mode', 'sequential'], '0').flags.mode).toBe('sequential');
		expect(parseArguments(['resume', 'last', '--json', '--budget', '2'], '0').flags).toMatchObject({json: true});
	});
});
