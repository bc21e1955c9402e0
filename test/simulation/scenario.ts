import {type Allowance, type Limits, noLimits} from '../../source/domain/limits.ts';
import {type ModelFacts, type Price, type Rates, type Tier, tiers} from '../../source/domain/model.ts';
import {fromUsd} from '../../source/domain/money.ts';
import type {RoleFacts} from '../../source/domain/role.ts';
import {noRules} from '../../source/domain/rules.ts';
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
	/** A running command wants to reach a host. */
	readonly callWants: number;
	/** The failure of a turn is of its provider as a whole. */
	readonly laneFails: number;
	/** A reply hands a part of the work on, or reports that it cannot go on. */
	readonly delegates: number;
	readonly blocks: number;
	/** How often an agent does nothing but write. */
	readonly writes: number;
	/** An agent that does the same again and again. */
	readonly loops: number;
	readonly checkFails: number;
	/** The project names no check. */
	readonly checksAreNone: number;
	/** Per message taken, the clock is set to another time. */
	readonly clockJumps: number;
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
	/** How many runs there are, of which each draws from the day. */
	readonly runs: number;
	/** When it begins, ms before midnight. */
	readonly beforeMidnightMs: number;
	/** How often the person takes up again a run that did not end well. */
	readonly revivals: number;
};

const workNames = ['scout', 'builder', 'reviewer'] as const;
const roleNames = ['planner', ...workNames] as const;

const rolesOf = (random: Random): readonly string[] => (random.chance(0.7) ? [...roleNames, 'manager'] : roleNames);

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
	provider: random.pick(['false', 'false', 'other', 'third']),
	price: random.chance(0.15) ? undefined : price(random),
	contextTokens: random.chance(0.1) ? 60_000 : 200_000,
	maxOutputTokens: 8000,
});

const role = (random: Random, name: string): RoleFacts => ({
	name,
	tier: random.pick(tiers),
	tools: ['read_file', 'write_file', 'run_command', 'finish_step', 'ask_person', 'delegate', 'report_blocker'],
	maxTurns: random.between(1, 7),
	toolBudget: random.between(0, 12),
	maxOutputTokens: random.pick([300, 1000, 4000]),
});

/** One limit or a few, each somewhere between far too small and hardly ever reached. */
const allowance = (random: Random, scale: number): Allowance => ({
	...(random.chance(0.4) ? {money: Math.round((fromUsd(random.between(1, 300) / 100) * scale) / 10)} : {}),
	...(random.chance(0.2) ? {tokens: random.between(10_000, 400_000) * scale} : {}),
	...(random.chance(0.2) ? {turns: random.between(1, 12) * scale} : {}),
	...(random.chance(0.2) ? {calls: random.between(1, 12) * scale} : {}),
	...(random.chance(0.1) ? {time: random.between(1, 100) * 1000 * scale} : {}),
});

const limits = (random: Random): Limits =>
	random.chance(0.4)
		? noLimits
		: {
				turn: random.chance(0.15) ? allowance(random, 1) : {},
				agent: random.chance(0.3) ? allowance(random, 1) : {},
				step: random.chance(0.3) ? allowance(random, 2) : {},
				run: random.chance(0.6) ? allowance(random, 6) : {},
				day: random.chance(0.4) ? allowance(random, 10) : {},
			};

const settings = (random: Random): RunSettings => ({
	dir: '/project',
	outputsDir: '/outputs',
	provider: 'false',
	taskType: undefined,
	role: undefined,
	permissionMode: 'ask',
	standing: {plan: random.chance(0.3), edits: random.chance(0.2), calls: random.chance(0.15)},
	maxParallel: random.between(1, 5),
	rules: noRules,
	limits: limits(random),
	patience: {
		afterMs: random.pick([undefined, 5000, 60_000, 600_000]),
		action: random.pick(['pause', 'deny']),
	},
	watch: {turnMs: random.pick([2500, 30_000, 1_200_000]), callMs: random.pick([2500, 30_000, 1_200_000])},
	unknownOutcome: random.pick(['ask', 'tell']),
	verification: random.chance(0.85) ? 'auto' : 'off',
	checks: [],
	history: [],
	roles: Object.fromEntries(rolesOf(random).map(name => [name, role(random, name)])),
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
		callWants: some(0.5),
		laneFails: random.chance(0.1) ? 1 : some(0.5),
		delegates: some(0.3),
		blocks: some(0.2),
		writes: random.chance(0.3) ? 0.6 : 0,
		loops: some(0.3),
		checkFails: some(0.6),
		checksAreNone: some(0.4),
		clockJumps: random.chance(0.4) ? some(0.03) : 0,
		controlIsInvalid: random.chance(0.05) ? 1 : some(0.3),
		planIsBroken: some(0.6),
		planIsNone: some(0.3),
		crash: random.chance(0.7) ? some(0.06) : 0,
		crashesMax: random.between(1, 6),
	};
};

/** Every so many-th goal is given to one agent. Little happens to a plan of one step, so that they are few. */
const givenEach = 12;

const givenTo = (seed: number): string | undefined =>
	seed % givenEach === 5 ? workNames[Math.floor(seed / givenEach) % workNames.length] : undefined;

export const makeScenario = (random: Random, seed: number): Scenario => ({
	settings: {...settings(random), role: givenTo(seed)},
	runs: random.chance(0.15) ? random.between(2, 3) : 1,
	beforeMidnightMs: random.pick([20_000, 600_000, 80_000_000]),
	trouble: trouble(random),
	pauseMs: random.pick([100, 500, 2000]),
	meddlings: random.chance(0.2) ? 0 : random.between(1, 30),
	revivals: random.below(3),
});
