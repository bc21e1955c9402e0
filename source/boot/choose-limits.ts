import {readAmount} from '../../store/amount.ts';
import {
	type LimitScope,
	type Limits,
	limitScopes,
	noLimits,
	type Quantity,
	quantities,
	withLimit,
} from '../domain/limits.ts';
import type {RunSettings} from '../domain/settings.ts';
import type {ProjectConfig} from './config-schema.ts';
import type {Flags} from './flags.ts';
import {type LimitUnit, limitUnits, type NamedLimit, readBudget, readLimit, toLimit} from './limit-unit.ts';
import {Problem} from './problem.ts';
import type {Sources} from './sources.ts';

/** The limits that flags set. The same one twice is a problem, for only one of them could hold. */
export const flaggedLimits = ({budget, limit = []}: Pick<Flags, 'budget' | 'limit'>): readonly NamedLimit[] => {
	const own = readBudget(budget);
	const named = limit.map(readLimit);
	const all = own === undefined ? named : [own, ...named];
	for (const [i, {scope, what}] of all.entries())
		if (all.slice(0, i).some(other => other.scope === scope && other.what === what))
			throw new Problem(
				`The limit ${scope}.${limitUnits[what]} is given more than once${own === undefined ? '' : ' (--budget is run.usd)'}. Give it once.`,
			);
	return all;
};

const least = (...amounts: readonly (number | undefined)[]): number | undefined => {
	const given = amounts.filter(amount => amount !== undefined);
	return given.length === 0 ? undefined : Math.min(...given);
};

type LimitsOfFile = Pick<ProjectConfig, 'limits' | 'budgetUsd'>;

const inFile = ({limits, budgetUsd}: LimitsOfFile, scope: LimitScope, what: Quantity): number | undefined => {
	const allowance: Partial<Record<LimitUnit, number | undefined>> | undefined = limits?.[scope];
	const amount = least(allowance?.[limitUnits[what]], scope === 'run' && what === 'money' ? budgetUsd : undefined);
	return amount === undefined ? undefined : toLimit(what, amount);
};

/** The environment's words for limits, by the scope and quantity they mean. */
const inEnvironment = ({environment}: Sources, scope: LimitScope, what: Quantity): number | undefined => {
	const found = environment.limits[`${scope}.${limitUnits[what]}`];
	if (found === undefined) return undefined;
	const read = readAmount(what, found.text);
	if ('problem' in read)
		throw new Problem(
			`${found.name} is an amount of ${found.unit ?? limitUnits[what]} that is more than nothing; "${found.text}" is not.`,
		);
	return found.unit === 'seconds' ? read.amount / 60 : read.amount;
};

/** A project may lower the limits of its user, never raise them; a flag says what holds. */
export const chooseLimits = (sources: Sources): Limits => {
	const {flags, project, user} = sources;
	const flagged = flaggedLimits(flags);
	const limits: Record<LimitScope, Limits[LimitScope]> = {...noLimits};
	for (const scope of limitScopes)
		for (const what of quantities) {
			const said = flagged.find(limit => limit.scope === scope && limit.what === what);
			const own = inFile(user, scope, what) ?? inEnvironment(sources, scope, what);
			const limit = said === undefined ? least(own, inFile(project, scope, what)) : said.limit;
			limits[scope] = withLimit(limits[scope], what, limit);
		}
	return limits;
};

/** A turn without a price reserves nothing, so no limit of money would ever stop it. */
export const refuseUnpriced = (limits: Limits, models: RunSettings['models']): void => {
	const scope = limitScopes.find(name => limits[name].money !== undefined);
	const unpriced = Object.values(models).find(model => model.price === undefined);
	if (scope === undefined || unpriced === undefined) return;
	throw new Problem(
		`There is no known price for ${unpriced.id}, so ${scope === 'run' ? 'a budget' : `the limit ${scope}.usd`} cannot be kept. Set prices in the configuration, or drop ${scope === 'run' ? '--budget (or budgetUsd, limits.run.usd)' : 'the limit'}.`,
	);
};
