import {describe, expect, it} from 'vitest';
import {chooseProvider, lanesFor} from '../../source/boot/choose-provider.ts';
import {settleChoices} from '../../source/boot/settle-settings.ts';
import type {Sources} from '../../source/boot/sources.ts';
import {makeSources} from './make-sources.ts';

const key = {ANTHROPIC_API_KEY: 'k'};
const local = {baseUrl: 'http://127.0.0.1:1', keyEnv: 'LOCAL_KEY'};

const settle = (argv: readonly string[], env: Readonly<Record<string, string>>, rest: Partial<Sources> = {}) =>
	settleChoices(makeSources(argv, env, rest), true);

describe('choosing the provider', () => {
	it('takes the flag before the configuration, that before a key, and is offline without any', () => {
		const offline = {project: {provider: 'offline' as const}};
		expect(chooseProvider(makeSources(['--provider', 'anthropic'], key, offline))).toMatchObject({name: 'anthropic'});
		expect(chooseProvider(makeSources([], key, offline))).toMatchObject({name: 'offline', because: 'configuration'});
		expect(chooseProvider(makeSources([], key))).toMatchObject({name: 'anthropic', because: 'ANTHROPIC_API_KEY'});
		expect(chooseProvider(makeSources([], {CLAUDE_API_KEY: 'k'}))).toMatchObject({because: 'CLAUDE_API_KEY'});
		expect(chooseProvider(makeSources([]))).toMatchObject({name: 'offline'});
	});

	it('says which variable to set when a key is missing', () => {
		expect(() => settle(['--provider', 'anthropic'], {})).toThrow(/--provider.*ANTHROPIC_API_KEY/);
		const user = {providers: {local}, provider: 'local'};
		expect(() => settle([], key, {user})).toThrow(/provider local was chosen \(configuration\).*Set LOCAL_KEY/);
	});

	it('names the providers there are when one is not known', () => {
		const user = {providers: {local}};
		expect(() => settle(['--provider', 'locale'], key, {user})).toThrow(
			/"locale" \(--provider\).*anthropic, offline, local.*\/home\/me\/config\.yaml/,
		);
	});

	it('refuses two providers at once', () => {
		expect(() => chooseProvider(makeSources(['--offline', '--provider', 'anthropic']))).toThrow(/exclude each other/);
	});
});

describe('models of several providers', () => {
	const user = {providers: {local}, tiers: {haiku: 'local/claude-haiku-4-5', opus: 'local/team/big'}};
	const env = {...key, LOCAL_KEY: 'l'};

	it('each has the lane it names, or the usual one, with the key of its own variable', () => {
		const {models, lanes, provider} = settle([], env, {user});
		expect(provider.name).toBe('anthropic');
		expect(models.haiku).toMatchObject({id: 'claude-haiku-4-5', provider: 'local'});
		expect(models.haiku.price).toBeDefined();
		expect(models.opus).toMatchObject({id: 'team/big', provider: 'local', price: undefined});
		expect(models.sonnet.provider).toBe('anthropic');
		expect(lanes).toEqual([
			{kind: 'messages', name: 'local', apiKey: 'l', keyName: 'LOCAL_KEY', baseUrl: local.baseUrl},
			{kind: 'messages', name: 'anthropic', apiKey: 'k', keyName: 'ANTHROPIC_API_KEY', baseUrl: undefined},
		]);
	});

	it('needs no key of a provider that no model names', () => {
		const all = {...user, tiers: {haiku: 'local/a', sonnet: 'local/b', opus: 'local/c', frontier: 'local/d'}};
		expect(settle([], {LOCAL_KEY: 'l'}, {user: all}).lanes).toMatchObject([{name: 'local'}]);
		expect(() => settle([], key, {user})).toThrow(/local.*LOCAL_KEY/);
	});

	it('are all offline when offline is asked for, and cost nothing', () => {
		for (const [argv, project] of [
			[['--offline'], {}],
			[['--provider', 'offline'], {}],
			[[], {provider: 'offline' as const}],
		] as const)
			expect(settle(argv, env, {user, project}).lanes).toEqual([{kind: 'offline', name: 'offline'}]);
	});

	it('says how to name a model whose own name has a slash', () => {
		expect(() => settle(['--model', 'team/big'], env, {user})).toThrow(/"team".*not known.*anthropic\/team\/big/);
		expect(() => settle(['--model', 'local/'], env, {user})).toThrow(/names a provider and no model/);
		expect(settle(['--model', 'anthropic/team/big'], env, {user}).models.haiku.id).toBe('team/big');
	});

	it('are found again for a run that was started with them, or it says what is missing', () => {
		const models = [{id: 'm', provider: 'local'}];
		const sources = makeSources([], env, {user});
		const because = (_: string, model: string) => `run_1 was started with ${model}`;
		expect(lanesFor(models, sources, because)).toMatchObject([{name: 'local', apiKey: 'l'}]);
		expect(() => lanesFor(models, makeSources([], env), because)).toThrow(
			/no provider "local" \(run_1 was started with m\)/,
		);
	});
});

describe('models and prices', () => {
	const rates = {input: 1, output: 2, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 0};

	it('uses one model for every tier when one is named, and prices it by the person’s own rates', () => {
		const {models} = settle(['--model', 'my-model'], key, {user: {prices: {'my-model': rates}}});
		expect(new Set(Object.values(models).map(model => model.id))).toEqual(new Set(['my-model']));
		expect(models.haiku.price?.rates).toEqual(rates);
	});

	it('refuses a model by name where the offline model answers', () => {
		expect(() => settle(['--model', 'my-model'], {})).toThrow(
			/--model my-model would have no effect: the offline model answers, because there is no ANTHROPIC_API_KEY.*Set a key/,
		);
		for (const argv of [['--offline'], ['--provider', 'offline']])
			expect(() => settle(['--model', 'my-model', ...argv], key)).toThrow(/no effect.*because --.*Leave out one/);
		const user = {providers: {local: {baseUrl: 'http://localhost:1', keyEnv: 'LOCAL_KEY'}}};
		expect(settle(['--model', 'local/m'], {LOCAL_KEY: 'l'}, {user}).models.haiku.id).toBe('m');
		expect(settle([], {}, {user: {model: 'my-model'}}).models.haiku.provider).toBe('offline');
	});

	it('takes a price of one provider before that of the model anywhere', () => {
		const prices = {m: rates, 'local/m': {...rates, input: 9}};
		const user = {providers: {local}, tiers: {haiku: 'local/m', sonnet: 'm'}, prices};
		const {models} = settle([], {...key, LOCAL_KEY: 'l'}, {user});
		expect([models.haiku.price?.rates.input, models.sonnet.price?.rates.input]).toEqual([9, 1]);
	});

	it('keeps the surcharge of a large prompt when the person sets own rates', () => {
		const {models} = settle([], key, {user: {prices: {'claude-haiku-5-5': rates}}});
		expect(models.haiku.price).toMatchObject({rates, largePrompt: {aboveTokens: 100_000, factor: 5}});
	});
});
