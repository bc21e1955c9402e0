import {disorders, type Fault} from '../support/stand-in/reply.ts';

/** What happens to a request: a fault of the server, no server at all, or a reply that comes drop by drop. */
export type HttpFault = {
	readonly name: string;
	readonly does: Fault | 'refused' | 'drip';
	/** Whether asking again helps, so that a run in which it happens once must still be done. */
	readonly passes: boolean;
};

const status = (code: number, rest: Omit<Extract<Fault, {readonly status: number}>, 'status'> = {}): Fault => ({
	status: code,
	...rest,
});

const badGateway =
	'<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';
const credit = 'Your credit balance is too low to access the API. Please go to Plans & Billing.';

/** The most events that a reply of the script has; a fault after more of them is no fault. */
const eventsMost = 14;

export const httpFaults: readonly HttpFault[] = [
	{name: '429', does: status(429), passes: true},
	{name: '429, retry-after 2 s', does: status(429, {headers: {'retry-after': '2'}}), passes: true},
	{name: '529', does: status(529), passes: true},
	{name: '500', does: status(500), passes: true},
	{name: '502, a page', does: {page: badGateway, contentType: 'text/html', status: 502}, passes: true},
	{name: '503', does: status(503), passes: true},
	{name: '400', does: status(400), passes: false},
	{name: '401', does: status(401), passes: false},
	{name: '403, no credit', does: status(403, {message: credit}), passes: false},
	{name: '404', does: status(404), passes: false},
	{name: 'refused', does: 'refused', passes: true},
	{name: 'reset before headers', does: {hangUp: true}, passes: true},
	...Array.from(
		{length: eventsMost},
		(_, at): HttpFault => ({
			name: `reset after ${at} events`,
			does: {dropAfterEvents: at},
			passes: true,
		}),
	),
	{name: 'ended early', does: {endAfterDeltas: 2}, passes: true},
	{name: 'silent from the start', does: {stallAfterDeltas: 0}, passes: true},
	{name: 'silent within', does: {stallAfterDeltas: 2}, passes: true},
	{name: 'an event is no JSON', does: {malformedAfterDeltas: 2}, passes: true},
	...disorders.map((disorder): HttpFault => ({name: `disorder: ${disorder}`, does: {disorder}, passes: true})),
	{name: 'empty body', does: {page: '', contentType: 'text/event-stream'}, passes: true},
	{name: 'empty JSON', does: {page: '', contentType: 'application/json'}, passes: true},
	{
		name: 'a page instead of a stream',
		does: {page: `<html><script>x()</script>${'<p>Sign in</p>'.repeat(400)}</html>`, contentType: 'text/html'},
		passes: true,
	},
	{
		name: 'error event: overloaded',
		does: {errorAfterDeltas: 1, type: 'overloaded_error', message: 'Overloaded'},
		passes: true,
	},
	{
		name: 'error event: api error',
		does: {errorAfterDeltas: 1, type: 'api_error', message: 'Internal server error'},
		passes: true,
	},
	{name: 'drop by drop', does: 'drip', passes: true},
];
