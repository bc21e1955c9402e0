import {createHash} from 'node:crypto';
import {ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace} from '@opentelemetry/api';
import type {Resource} from '@opentelemetry/resources';
import {BatchSpanProcessor, type SpanExporter, TracerProvider} from '@opentelemetry/sdk-trace';
import {errorOf, spanAttributes, spanName} from './attributes.ts';
import type {SpanFact} from './fact.ts';

/** Sends what is over as spans. */
export type Spans = {
	readonly write: (fact: SpanFact) => void;
	/** Sends what has not been sent. */
	readonly close: () => Promise<void>;
};

const hexOf = (text: string, digits: number): string =>
	createHash('sha256').update(text).digest('hex').slice(0, digits);

/** The same in every process, so that an engine that is started again goes on in the same trace. */
const traceIdOf = ({trace: name}: SpanFact): string => hexOf(`trace ${name}`, 32);
const spanIdOf = (key: string): string => hexOf(`span ${key}`, 16);

/** How many spans wait for a slow receiver before further ones are dropped. */
const waitingMax = 8192;

/** How long a span waits for others to be sent with, ms. */
const delayMs = 2000;

export const createSpans = (exporter: SpanExporter, resource: Resource, version: string): Spans => {
	let next = {traceId: '', spanId: ''};
	const provider = new TracerProvider({
		resource,
		idGenerator: {generateTraceId: () => next.traceId, generateSpanId: () => next.spanId},
		spanProcessors: [new BatchSpanProcessor({exporter, maxQueueSize: waitingMax, scheduledDelayMillis: delayMs})],
	});
	const tracer = provider.getTracer('flotilla', version);

	return {
		write: fact => {
			const {key, parent, start, end, kind} = fact;
			const traceId = traceIdOf(fact);
			next = {traceId, spanId: spanIdOf(key)};
			const within =
				parent === undefined
					? ROOT_CONTEXT
					: trace.setSpanContext(ROOT_CONTEXT, {
							traceId,
							spanId: spanIdOf(parent),
							traceFlags: TraceFlags.SAMPLED,
						});
			const span = tracer.startSpan(
				spanName(fact),
				{
					kind: kind === 'turn' ? SpanKind.CLIENT : SpanKind.INTERNAL,
					startTime: new Date(start),
					attributes: spanAttributes(fact),
				},
				within,
			);
			// Its words would be text of the work: what went wrong is in `error.type`.
			if (errorOf(fact) !== undefined) span.setStatus({code: SpanStatusCode.ERROR});
			span.end(new Date(end));
		},
		close: () => provider.shutdown(),
	};
};
