import {once} from 'node:events';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import {text as readText} from 'node:stream/consumers';
import {onTestFinished} from 'vitest';
import {z} from 'zod';

const value = z.strictObject({
	stringValue: z.string().optional(),
	boolValue: z.boolean().optional(),
	intValue: z.union([z.number(), z.string()]).optional(),
	doubleValue: z.number().optional(),
	arrayValue: z.object({values: z.array(z.object({stringValue: z.string()}))}).optional(),
});
type Value = string | number | boolean | readonly string[];

/** By the names of attributes. */
export type Attributes = Readonly<Record<string, Value>>;

const attributes = z
	.array(z.object({key: z.string(), value}))
	.transform(
		(list): Attributes =>
			Object.fromEntries(
				list.map(({key, value: {stringValue, boolValue, intValue, doubleValue, arrayValue}}): [string, Value] => [
					key,
					stringValue ??
						boolValue ??
						doubleValue ??
						(intValue === undefined ? undefined : Number(intValue)) ??
						arrayValue?.values.map(item => item.stringValue) ??
						[],
				]),
			),
	);
const resource = z.object({attributes});
const nanos = z.string().transform(text => Number(BigInt(text) / 1_000_000n));

const span = z.object({
	traceId: z.string().regex(/^[0-9a-f]{32}$/),
	spanId: z.string().regex(/^[0-9a-f]{16}$/),
	parentSpanId: z.string().optional(),
	name: z.string(),
	kind: z.number(),
	startTimeUnixNano: nanos,
	endTimeUnixNano: nanos,
	attributes,
	status: z.object({code: z.number(), message: z.string().optional()}),
});
export type ReceivedSpan = z.infer<typeof span>;

const traces = z.object({
	resourceSpans: z.array(z.object({resource, scopeSpans: z.array(z.object({spans: z.array(span)}))})),
});

const point = z.object({
	attributes,
	asDouble: z.number().optional(),
	asInt: z.union([z.number(), z.string()]).optional(),
	count: z.union([z.number(), z.string()]).optional(),
	sum: z.number().optional(),
	explicitBounds: z.array(z.number()).optional(),
});
const points = z.object({dataPoints: z.array(point)});
const metric = z.object({name: z.string(), unit: z.string(), sum: points.optional(), histogram: points.optional()});
const metrics = z.object({
	resourceMetrics: z.array(z.object({resource, scopeMetrics: z.array(z.object({metrics: z.array(metric)}))})),
});

/** A point of a metric: `value` is the sum. */
export type ReceivedPoint = {
	readonly name: string;
	readonly unit: string;
	readonly attributes: Attributes;
	readonly value: number;
	readonly count: number;
	readonly bounds: readonly number[];
};

export type Receiver = {
	readonly url: string;
	readonly spans: readonly ReceivedSpan[];
	readonly resources: readonly Attributes[];
	/** The last state of every metric. */
	readonly points: () => readonly ReceivedPoint[];
	/** Everything that was received, as it was sent. */
	readonly text: () => string;
	readonly headers: readonly IncomingHttpHeaders[];
	readonly close: () => Promise<void>;
};

/** A receiver of OTLP over HTTP with JSON that keeps what it gets. What is not in that form, it throws at the test. */
export const startReceiver = async (status = 200): Promise<Receiver> => {
	const spans: ReceivedSpan[] = [];
	const resources: Attributes[] = [];
	const bodies: string[] = [];
	const headers: IncomingHttpHeaders[] = [];
	const states = new Map<string, ReceivedPoint>();

	const takeMetrics = (body: unknown): void => {
		for (const {resource: from, scopeMetrics} of metrics.parse(body).resourceMetrics) {
			resources.push(from.attributes);
			for (const {name, unit, sum, histogram} of scopeMetrics.flatMap(scope => scope.metrics))
				for (const taken of (sum ?? histogram)?.dataPoints ?? []) {
					const {attributes: of, asDouble, asInt, count = 0, explicitBounds: bounds = []} = taken;
					const value = taken.sum ?? asDouble ?? Number(asInt ?? 0);
					states.set(`${name} ${JSON.stringify(of)}`, {
						name,
						unit,
						attributes: of,
						value,
						count: Number(count),
						bounds,
					});
				}
		}
	};
	const takeTraces = (body: unknown): void => {
		for (const {resource: from, scopeSpans} of traces.parse(body).resourceSpans) {
			resources.push(from.attributes);
			spans.push(...scopeSpans.flatMap(scope => scope.spans));
		}
	};

	const server = createServer(async (request, response) => {
		const text = await readText(request);
		bodies.push(text);
		headers.push(request.headers);
		if (status === 200 && request.url === '/v1/traces') takeTraces(JSON.parse(text));
		else if (status === 200 && request.url === '/v1/metrics') takeMetrics(JSON.parse(text));
		response.writeHead(status, {'content-type': 'application/json'}).end('{}');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
	const close = async (): Promise<void> => {
		if (!server.listening) return;
		const closed = once(server, 'close');
		server.close();
		server.closeAllConnections();
		await closed;
	};
	onTestFinished(close);
	return {
		url: `http://127.0.0.1:${address.port}`,
		spans,
		resources,
		points: () => [...states.values()],
		text: () => bodies.join('\n'),
		headers,
		close,
	};
};
