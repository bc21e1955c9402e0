import type {Agent} from './agent.ts';
import type {AgentId, StepId} from './id.ts';
import {
	type Allowance,
	addSpend,
	type Draw,
	dayOf,
	type LimitName,
	limitScopes,
	noDraw,
	noSpend,
	type Quantity,
	quantities,
	type Spend,
	warnAt,
} from './limits.ts';
import {largestCostOf} from './model.ts';
import type {NanoUsd} from './money.ts';
import {agentIn, limitKey, type Run, stepOf} from './run.ts';
import {totalTokens} from './usage.ts';

/** What all other runs of the state folder have used up today, and hold for turns under way. */
export type Elsewhere = Draw;

/** When something is decided, ms since 1970, and what others draw from the day then. */
export type Moment = {readonly now: number; readonly elsewhere: Elsewhere};

export const nothingElsewhere: Elsewhere = noDraw;

/** Guessed tokens of the next prompt of an agent: what its context holds, and what has come since. */
export const promptGuess = (agent: Agent): number => agent.contextTokens + agent.fresh.tokens;

/** The most bytes of what Flotilla itself adds to a prompt, such as that a turn is the last. */
const noteBytes = 1000;

/** The most tokens the next prompt can have. */
const promptAtMost = (agent: Agent): number =>
	// Where the whole conversation is counted again, as after a change of model, the old count may be a little short.
	Math.ceil(agent.contextTokens * 1.1) + agent.fresh.bytes + noteBytes;

/** What must be set aside before the next turn of an agent may start. */
export type Reserve = {readonly money: NanoUsd; readonly tokens: number};

export const reserveFor = (agent: Agent): Reserve => {
	const prompt = Math.min(promptAtMost(agent), agent.model.contextTokens);
	const {maxOutputTokens} = agent.assignment;
	return {money: largestCostOf(prompt, maxOutputTokens, agent.model.price), tokens: prompt + maxOutputTokens};
};

const usedBy = (agent: Agent): Spend => ({
	money: agent.settled + agent.estimated,
	tokens: totalTokens(agent.usage),
	turns: agent.turns,
	calls: agent.callsMade,
	time: agent.workedMs,
});

const heldBy = ({turn}: Agent): Spend =>
	turn === undefined ? noSpend : {...noSpend, money: turn.reserved, tokens: turn.reservedTokens, turns: 1};

const drawOf = (agents: readonly Agent[]): Draw => ({
	used: agents.reduce((sum, agent) => addSpend(sum, usedBy(agent)), noSpend),
	held: agents.reduce((sum, agent) => addSpend(sum, heldBy(agent)), noSpend),
});

/** An agent and all that work for it. */
const familyOf = (run: Run, agent: Agent): readonly Agent[] => {
	const family = [agent];
	const all = run.agents;
	// Children are made after their parents, and records keep that order.
	for (const other of all)
		if (other.parent !== undefined && family.some(({id}) => id === other.parent?.agentId)) family.push(other);
	return family;
};

/** What a run has used up on the present day. */
export const spentToday = ({today}: Run, now: number): Spend => (dayOf(now) > today.day ? noSpend : today);

/** What a whole run has used up and holds. */
export const drawOfRun = (run: Run): Draw => ({used: run.spent, held: drawOf(run.agents).held});

/** One scope an agent draws from: its limits, and how far they are used. */
type Purse = {
	readonly scope: LimitName['scope'];
	readonly allowance: Allowance;
	/** Computed only where there is a limit to compare with. */
	readonly draw: () => Draw;
	/** Whose limit it is. */
	readonly agent: Agent | undefined;
};

const pursesOf = (run: Run, agent: Agent, {now, elsewhere}: Moment): readonly Purse[] => {
	const {limits} = run.settings;
	return limitScopes.flatMap((scope): readonly Purse[] => {
		switch (scope) {
			case 'turn':
				return [{scope, agent, allowance: {...limits.turn, ...agent.limits.turn}, draw: () => noDraw}];
			case 'agent': {
				// Who works for another draws from the other's limits, too.
				const purses: Purse[] = [];
				for (let owner: Agent | undefined = agent; owner !== undefined; ) {
					const family = owner;
					const allowance = {...limits.agent, ...owner.limits.agent};
					purses.push({scope, agent: owner, allowance, draw: () => drawOf(familyOf(run, family))});
					owner = agentIn(run, owner.parent?.agentId);
				}
				return purses;
			}
			case 'step': {
				const step = stepOf(run, agent.stepId);
				if (step === undefined) return [];
				const workers = (): Draw => drawOf(run.agents.filter(({stepId}) => stepId === step.id));
				return [{scope, agent, allowance: {...limits.step, ...step.allowance}, draw: workers}];
			}
			case 'run':
				return [{scope, agent: undefined, allowance: limits.run, draw: () => drawOfRun(run)}];
			case 'day': {
				const {used, held} = elsewhere;
				// Of what others hold nobody here hears when it is settled: it counts as used.
				const draw = (): Draw => ({
					used: addSpend(addSpend(spentToday(run, now), used), held),
					held: drawOf(run.agents).held,
				});
				return [{scope, agent: undefined, allowance: limits.day, draw}];
			}
			default:
				return scope satisfies never;
		}
	});
};

/** Who asks for a limit, and for which: `agentId` and `stepId` say whose it is, neither for the run and the day. */
export type LimitOwner = LimitName & {
	readonly agentId: AgentId | undefined;
	readonly stepId: StepId | undefined;
};

const ownerOf = (purse: Purse, what: Quantity): LimitOwner => ({
	scope: purse.scope,
	what,
	agentId: purse.scope === 'step' ? undefined : purse.agent?.id,
	stepId: purse.scope === 'step' ? purse.agent?.stepId : undefined,
});

/** How an agent's next turn stands against every limit it draws from. */
export type Admission =
	| {readonly kind: 'fits'; readonly reserve: Reserve}
	/** It may fit once the turns under way are settled. */
	| {readonly kind: 'later'}
	| {readonly kind: 'over'; readonly owner: LimitOwner; readonly limit: number; readonly needed: number};

export const admit = (run: Run, agent: Agent, moment: Moment): Admission => {
	const reserve = reserveFor(agent);
	let later = false;
	for (const purse of pursesOf(run, agent, moment)) {
		const {allowance, scope} = purse;
		// Without calls an agent can still report, but a run that has none left should not begin anything.
		const calls = scope === 'run' || scope === 'day' ? 1 : 0;
		const need: Spend = {money: reserve.money, tokens: reserve.tokens, turns: 1, calls, time: 1};
		let draw: Draw | undefined;
		for (const what of quantities) {
			const limit = allowance[what];
			// A turn's own time is watched while it runs, and calls are counted when they are made.
			if (limit === undefined || (scope === 'turn' && (what === 'time' || what === 'calls'))) continue;
			draw ??= purse.draw();
			const used = draw.used[what];
			const held = draw.held[what];
			if (used + held + need[what] <= limit) continue;
			if (held > 0 && used + need[what] <= limit) later = true;
			else return {kind: 'over', owner: ownerOf(purse, what), limit, needed: used + held + need[what]};
		}
	}
	return later ? {kind: 'later'} : {kind: 'fits', reserve};
};

/** A limit of which more than four fifths are used up, and of which nobody was told at this amount. */
export type Warning = {readonly owner: LimitOwner; readonly limit: number; readonly used: number};

export const warningsFor = (run: Run, agent: Agent, moment: Moment): readonly Warning[] =>
	pursesOf(run, agent, moment).flatMap(purse => {
		let draw: Draw | undefined;
		return quantities.flatMap((what): readonly Warning[] => {
			const limit = purse.allowance[what];
			if (limit === undefined || purse.scope === 'turn') return [];
			draw ??= purse.draw();
			const used = draw.used[what];
			const owner = ownerOf(purse, what);
			return used >= limit * warnAt && run.warned[limitKey(owner)] !== limit ? [{owner, limit, used}] : [];
		});
	});

/** The calls an agent may still make: the least of its assignment's, its step's, its run's and the day's. */
export const callsLeft = (run: Run, agent: Agent, moment: Moment): number => {
	let left = agent.assignment.toolBudget - agent.callsMade;
	for (const {scope, allowance, draw} of pursesOf(run, agent, moment))
		if (allowance.calls !== undefined)
			left = Math.min(left, allowance.calls - (scope === 'turn' ? 0 : draw().used.calls));
	return Math.max(0, left);
};

/** How long a turn of this agent may take, ms. */
export const turnMsOf = (run: Run, agent: Agent): number =>
	Math.min(
		run.settings.watch.turnMs,
		agent.limits.turn.time ?? run.settings.limits.turn.time ?? Number.POSITIVE_INFINITY,
	);
