import type {EventType} from '../source/domain/event.ts';
import {type Limits, noLimits} from '../source/domain/limits.ts';
import {noRules} from '../source/domain/rules.ts';
import {usualWatch} from '../source/domain/settings.ts';

/** The fields of an event as they were stored, without its type. */
export type Body = Readonly<Record<string, unknown>>;

/** From one version to the next. */
export type Upcast = (body: Body) => Body;

/** By event type, then by the version that is lifted to the one above it. */
export type Upcasts = Readonly<Partial<Record<EventType, Readonly<Record<number, Upcast>>>>>;

const withoutAllowance = (step: unknown): unknown =>
	typeof step === 'object' && step !== null ? {allowance: {}, ...step} : step;

/** Of a request that a first Flotilla has opened about the budget, the limit was the run's, in money. */
const asked = ({ask, ...body}: Body): Body =>
	typeof ask === 'object' && ask !== null && Reflect.get(ask, 'kind') === 'budget'
		? {...body, ask: {scope: 'run', what: 'money', ...ask}}
		: {...body, ask};

/** What a run was created with before there were limits beside its budget, rules and lanes. */
const firstSettings = ({settings, ...body}: Body): Body => {
	if (typeof settings !== 'object' || settings === null) return {...body, settings};
	const {budget, ...rest}: {readonly budget?: unknown} = settings;
	const limits: Limits = {...noLimits, run: typeof budget === 'number' ? {money: budget} : {}};
	return {
		...body,
		settings: {
			rules: noRules,
			limits,
			patience: {afterMs: undefined, action: 'pause'},
			watch: usualWatch,
			unknownOutcome: 'tell',
			verification: 'off',
			checks: [],
			history: [],
			...rest,
		},
	};
};

export const eventUpcasts: Upcasts = {
	'run.created': {1: firstSettings},
	'budget.raised': {1: body => ({scope: 'run', what: 'money', ...body})},
	'plan.proposed': {
		1: body => ({...body, steps: Array.isArray(body['steps']) ? body['steps'].map(withoutAllowance) : []}),
	},
	'agent.created': {1: body => ({depth: 1, inherited: 0, ...body})},
	'turn.started': {1: body => ({reservedTokens: body['promptGuess'], ...body})},
	'call.finished': {1: body => ({changes: false, ...body})},
	'request.opened': {1: asked},
};

/** Lifts a body step by step. Throws when a step is missing: then a version was raised without its upcast. */
export const lift = (upcasts: Upcasts, type: EventType, body: Body, from: number, to: number): Body => {
	let lifted = body;
	for (let version = from; version < to; version++) {
		const upcast = upcasts[type]?.[version];
		if (upcast === undefined) throw new Error(`There is no upcast of ${type} from version ${version}.`);
		lifted = upcast(lifted);
	}
	return lifted;
};
