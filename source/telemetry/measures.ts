import type {Resource} from '@opentelemetry/resources';
import {MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter} from '@opentelemetry/sdk-metrics';
import {
	ATTR_ERROR_TYPE,
	ATTR_GEN_AI_OPERATION_NAME,
	ATTR_GEN_AI_PROVIDER_NAME,
	ATTR_GEN_AI_REQUEST_MODEL,
	ATTR_GEN_AI_TOKEN_TYPE,
	ATTR_GEN_AI_TOOL_NAME,
	GEN_AI_OPERATION_NAME_VALUE_CHAT,
	GEN_AI_TOKEN_TYPE_VALUE_INPUT,
	GEN_AI_TOKEN_TYPE_VALUE_OUTPUT,
	METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
	METRIC_GEN_AI_CLIENT_TOKEN_USAGE,
} from '@opentelemetry/semantic-conventions/incubating';
import {toUsd} from '../domain/money.ts';
import {promptTokens} from '../domain/usage.ts';
import {errorOf} from './attributes.ts';
import type {Fact, TurnFact} from './fact.ts';

/** Counts and measures what happens; listed in docs/telemetry.md. */
export type Measures = {
	readonly take: (fact: Fact) => void;
	/** Sends the last state. */
	readonly close: () => Promise<void>;
};

/** The bounds that the conventions ask for: tokens, then seconds. */
const tokenBounds = Array.from({length: 14}, (_, i) => 4 ** i);
const durationBounds = Array.from({length: 14}, (_, i) => 0.01 * 2 ** i);
/** A person answers within seconds, or the next morning. */
const waitBounds = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 14_400, 43_200, 86_400];

export const createMeasures = (
	exporter: PushMetricExporter,
	resource: Resource,
	version: string,
	everyMs: number,
): Measures => {
	const reader = new PeriodicExportingMetricReader({exporter, exportIntervalMillis: everyMs});
	const provider = new MeterProvider({resource, readers: [reader]});
	const meter = provider.getMeter('flotilla', version);
	const histogram = (name: string, unit: string, description: string, explicitBucketBoundaries: number[]) =>
		meter.createHistogram(name, {unit, description, advice: {explicitBucketBoundaries}});

	const tokens = histogram(METRIC_GEN_AI_CLIENT_TOKEN_USAGE, '{token}', 'Tokens of a turn, by type.', tokenBounds);
	const durations = histogram(METRIC_GEN_AI_CLIENT_OPERATION_DURATION, 's', 'Time of a turn.', durationBounds);
	const waits = histogram(
		'flotilla.request.wait',
		's',
		'How long a request was open until it was settled.',
		waitBounds,
	);
	const cost = meter.createCounter('flotilla.cost', {unit: '{USD}', description: 'What turns cost.'});
	const turns = meter.createCounter('flotilla.turns', {unit: '{turn}', description: 'Turns that are over.'});
	const calls = meter.createCounter('flotilla.calls', {unit: '{call}', description: 'Tool calls that are over.'});
	const opened = meter.createCounter('flotilla.requests.opened', {unit: '{request}', description: 'Requests opened.'});
	const answered = meter.createCounter('flotilla.requests.answered', {
		unit: '{request}',
		description: 'Requests answered, by a person or by what was approved in advance.',
	});
	const runs = meter.createCounter('flotilla.runs', {unit: '{run}', description: 'Runs that are over, by outcome.'});

	const takeTurn = (fact: TurnFact): void => {
		const {model, worker, usage, start, end} = fact;
		const error = errorOf(fact);
		const asked = {
			[ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_CHAT,
			[ATTR_GEN_AI_PROVIDER_NAME]: model.provider,
			[ATTR_GEN_AI_REQUEST_MODEL]: model.id,
		};
		const failed = error === undefined ? {} : {[ATTR_ERROR_TYPE]: error};
		// A turn that was refused has used nothing.
		if (promptTokens(usage) > 0)
			tokens.record(promptTokens(usage), {...asked, [ATTR_GEN_AI_TOKEN_TYPE]: GEN_AI_TOKEN_TYPE_VALUE_INPUT});
		if (usage.output > 0)
			tokens.record(usage.output, {...asked, [ATTR_GEN_AI_TOKEN_TYPE]: GEN_AI_TOKEN_TYPE_VALUE_OUTPUT});
		durations.record(Math.max(0, end - start) / 1000, {...asked, ...failed});
		const whose = {...asked, 'flotilla.agent.role': worker.role};
		turns.add(1, {...whose, ...failed});
		if (fact.cost !== undefined) cost.add(toUsd(fact.cost), {...whose, 'flotilla.cost.estimated': fact.estimated});
	};

	return {
		take: fact => {
			switch (fact.kind) {
				case 'run':
					runs.add(1, {'flotilla.run.outcome': fact.outcome});
					return;
				case 'turn':
					takeTurn(fact);
					return;
				case 'call':
					calls.add(1, {[ATTR_GEN_AI_TOOL_NAME]: fact.tool, 'flotilla.call.outcome': fact.outcome});
					return;
				case 'opened':
					opened.add(1, {'flotilla.request.kind': fact.ask});
					return;
				case 'settled': {
					const {ask, by = 'nobody', waitedMs} = fact;
					const what = {'flotilla.request.kind': ask, 'flotilla.request.by': by};
					if (by !== 'nobody') answered.add(1, what);
					waits.record(waitedMs / 1000, what);
					return;
				}
				case 'step':
				case 'agent':
					return;
				default:
					fact satisfies never;
			}
		},
		close: () => provider.shutdown(),
	};
};
