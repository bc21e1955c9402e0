import type {NanoUsd} from './money.ts';

/** Where a limit holds, narrowest first. Whoever works within a scope draws from every wider one, too. */
export const limitScopes = ['turn', 'agent', 'step', 'run', 'day'] as const;
export type LimitScope = (typeof limitScopes)[number];

/** What can be limited. Money in nano-dollars, time in ms. */
export const quantities = ['money', 'tokens', 'turns', 'calls', 'time'] as const;
export type Quantity = (typeof quantities)[number];

/** The most of each quantity; what is not named has no limit. */
export type Allowance = Readonly<Partial<Record<Quantity, number>>>;

export type Limits = Readonly<Record<LimitScope, Allowance>>;

export const noLimits: Limits = {turn: {}, agent: {}, step: {}, run: {}, day: {}};

/** What was used up. Money is what was settled or estimated, never what is only set aside. */
export type Spend = Readonly<Record<Quantity, number>>;

export const noSpend: Spend = {money: 0, tokens: 0, turns: 0, calls: 0, time: 0};

export const addSpend = (a: Spend, b: Spend): Spend => ({
	money: a.money + b.money,
	tokens: a.tokens + b.tokens,
	turns: a.turns + b.turns,
	calls: a.calls + b.calls,
	time: a.time + b.time,
});

/** What is used up and what is set aside for turns under way. */
export type Draw = {readonly used: Spend; readonly held: Spend};

export const noDraw: Draw = {used: noSpend, held: noSpend};

/** One limit of one run, agent or step. */
export type LimitName = {
	readonly scope: LimitScope;
	readonly what: Quantity;
};

/** From this part of a limit on, a person is warned. */
export const warnAt = 0.8;

const msPerDay = 86_400_000;

/** Days are counted in UTC, so that a history means the same wherever it is read. */
export const dayOf = (at: number): number => Math.floor(at / msPerDay);

/** The limit a run has in money; undefined when it has none. */
export const runBudget = ({run}: Limits): NanoUsd | undefined => run.money;

export const withLimit = (allowance: Allowance, what: Quantity, limit: number | undefined): Allowance => {
	const {[what]: _, ...rest} = allowance;
	return limit === undefined ? rest : {...rest, [what]: limit};
};
