import {type ModelFacts, type Price, type Rates, type Tier, tiers} from '../../source/domain/model.ts';
import {fromUsd} from '../../source/domain/money.ts';
import type {RoleFacts} from '../../source/domain/role.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import type {Random} from './random.ts';

/** How bad a world is. Probabilities, unless the name says otherwise. */
export type Trouble = {
	readonly turnFails: number;
	readonly reportDoubles: number;
	readonly reportIsLate: number;
	readonly abortIsHeeded: number;
	readonly callAsks: number;
	readonly callDenied: number;
	/** A report or question of the agent that its tool cannot read. */
	readonly controlIsInvalid: number;
	readonly planIsBroken: number;
	readonly planIsNone: number;
	/** Per message taken. */
	readonly crash: number;
	readonly crashesMax: number;
};

export type Scenario = {
	readonly settings: RunSettings;
	readonly trouble: Trouble;
	/** The longest pause between two meddlings. */
	readonly pauseMs: number;
	/** How often the person meddles before it only answers what it is asked. */
	readonly meddlings: number;
	/** How often the person takes up again a run that did not end well. */
	readonly revivals: number;
};

const roleNames = ['planner', 'scout', 'builder', 'reviewer'] as const;

const rates = (random: Random): Rates => {
	const input = random.pick([0.1, 1, 3, 15]);
	return {
		input,
		output: input * 5,
		cacheWrite5m: input * 1.25,
		cacheWrite1h: input * 2,
		cacheRead: input * random.pick([0.05, 0.1]),
	};
};

const price = (random: Random): Price => ({
	rates: rates(random),
	largePrompt: random.chance(0.3) ? {aboveTokens: 6000, factor: 2} : undefined,
	since: '2026-11-01',
});

const model = (random: Random, tier: Tier): ModelFacts => ({
	id: `false-${tier}`,
	provider: 'false',
	price: random.chance(0.15) ? undefined : price(random),
	contextTokens: random.chance(0.1) ? 9000 : 200_000,
	maxOutputTokens: 8000,
});

const role = (random: Random, name: string): RoleFacts => ({
	name,
	tier: random.pick(tiers),
	tools: ['read_file', 'write_file', 'run_command', 'finish_step', 'ask_person'],
	maxTurns: random.between(1, 7),
	toolBudget: random.between(0, 12),
	maxOutputTokens: random.pick([300, 1000, 4000]),
});

const settings = (random: Random): RunSettings => ({
	dir: '/project',
	outputsDir: '/outputs',
	provider: 'false',
	taskType: undefined,
	permissionMode: 'ask',
	standing: {plan: random.chance(0.3), edits: random.chance(0.2), calls: random.chance(0.15)},
	maxParallel: random.between(1, 5),
	budget: random.chance(0.5) ? undefined : fromUsd(random.between(1, 300) / 100),
	roles: Object.fromEntries(roleNames.map(name => [name, role(random, name)])),
	models: {
		haiku: model(random, 'haiku'),
		sonnet: model(random, 'sonnet'),
		opus: model(random, 'opus'),
		frontier: model(random, 'frontier'),
	},
});

const trouble = (random: Random): Trouble => {
	// Some worlds are calm, so that what only happens in long undisturbed runs is seen too.
	const calm = random.chance(0.15);
	const some = (most: number): number => (calm ? 0 : (most * random.below(100)) / 100);
	return {
		turnFails: random.chance(0.05) ? 0.9 : some(0.35),
		reportDoubles: some(0.3),
		reportIsLate: some(0.2),
		abortIsHeeded: random.pick([0, 0.5, 1]),
		callAsks: some(0.4),
		callDenied: some(0.2),
		controlIsInvalid: random.chance(0.05) ? 1 : some(0.3),
		planIsBroken: some(0.6),
		planIsNone: some(0.3),
		crash: random.chance(0.7) ? some(0.06) : 0,
		crashesMax: random.between(1, 6),
	};
};

export const makeScenario = (random: Random): Scenario => ({
	settings: settings(random),
	trouble: trouble(random),
	pauseMs: random.pick([100, 500, 2000]),
	meddlings: random.chance(0.2) ? 0 : random.between(1, 30),
	revivals: random.below(3),
});
