import {OTLPMetricExporter} from '@opentelemetry/exporter-metrics-otlp-http';
import {OTLPTraceExporter} from '@opentelemetry/exporter-trace-otlp-http';
import {defaultResource, detectResources, envDetector, resourceFromAttributes} from '@opentelemetry/resources';
import type {PushMetricExporter} from '@opentelemetry/sdk-metrics';
import type {SpanExporter} from '@opentelemetry/sdk-trace';
import {ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION} from '@opentelemetry/semantic-conventions';
import type {Fact} from './fact.ts';
import {createMeasures} from './measures.ts';
import type {TelemetryConfig} from './open-telemetry.ts';
import {createSpans} from './spans.ts';

/** The way of facts to the receiver. */
export type Sender = {
	readonly send: (fact: Fact) => void;
	/** Sends what has not been sent, or gives up on it within a few seconds. Never rejects. */
	readonly close: () => Promise<void>;
};

/** How long one export may take with all its attempts, and so how long leaving waits for a dead receiver, ms. */
const exportMs = 3000;

type Done = Parameters<SpanExporter['export']>[1];

/**
 * Opens the exporters. This is the module by which the packages of OpenTelemetry are loaded. `onFailure` is told each
 * time an export fails.
 */
export const openSender = (
	{endpoint, headers, metricsSeconds}: TelemetryConfig,
	version: string,
	onFailure: (error: unknown) => void,
): Sender => {
	const at = (path: string) => ({
		url: `${endpoint.replace(/\/+$/, '')}/${path}`,
		headers: {...headers},
		timeoutMillis: exportMs,
		userAgent: `flotilla/${version}`,
	});
	const watched =
		(done: Done): Done =>
		result => {
			if (result.error !== undefined) onFailure(result.error);
			done(result);
		};
	const traces = new OTLPTraceExporter(at('v1/traces'));
	const spanExporter: SpanExporter = {
		export: (spans, done) => traces.export(spans, watched(done)),
		forceFlush: () => traces.forceFlush(),
		shutdown: () => traces.shutdown(),
	};
	const metrics = new OTLPMetricExporter(at('v1/metrics'));
	const metricExporter: PushMetricExporter = {
		export: (batch, done) => metrics.export(batch, watched(done)),
		forceFlush: () => metrics.forceFlush(),
		shutdown: () => metrics.shutdown(),
		selectAggregation: type => metrics.selectAggregation(type),
		selectAggregationTemporality: type => metrics.selectAggregationTemporality(type),
	};
	// Of the detectors only the one that reads OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES: the others tell of the
	// machine, the user and the command line, which holds the goal.
	const resource = defaultResource()
		.merge(resourceFromAttributes({[ATTR_SERVICE_NAME]: 'flotilla', [ATTR_SERVICE_VERSION]: version}))
		.merge(detectResources({detectors: [envDetector]}));
	const spans = createSpans(spanExporter, resource, version);
	const measures = createMeasures(metricExporter, resource, version, metricsSeconds * 1000);

	return {
		send: fact => {
			measures.take(fact);
			if (fact.kind !== 'opened' && fact.kind !== 'settled') spans.write(fact);
		},
		close: async () => {
			// What fails here was told to `onFailure` already.
			await Promise.allSettled([spans.close(), measures.close()]);
		},
	};
};
