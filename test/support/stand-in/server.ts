import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {text as readText} from 'node:stream/consumers';
import type {ModelFacts} from '../../../source/domain/model.ts';
import {listModels} from '../../../source/providers/catalog.ts';
import {problemOf} from './check-request.ts';
import {countTokens} from './count-tokens.ts';
import {finalUsage, messageEvents, wholeMessage} from './message-events.ts';
import {type MessagesBody, messagesBody, type ParsedRequest, parseRequest} from './parsed-request.ts';
import {PromptCache, promptTokensOf} from './prompt-cache.ts';
import type {Reply, ServedUsage} from './reply.ts';
import {sendStream} from './send-stream.ts';

/** Decides what the model says to the n-th request (from 1). */
export type Script = (request: ParsedRequest, n: number) => Reply | Promise<Reply>;

/** What the vendor would put on the bill for one request. */
export type LedgerEntry = {
	readonly n: number;
	readonly model: string;
	readonly status: number;
	/** Whether the client was sent the whole reply; else the output is counted from what was sent. */
	readonly complete: boolean;
	/** Undefined when the request was refused: it costs nothing. */
	readonly usage: ServedUsage | undefined;
	/** Why the vendor would have refused the request, as opposed to a refusal that the script wanted. */
	readonly problem?: string;
};

export type StandIn = AsyncDisposable & {
	/** The address for `ANTHROPIC_BASE_URL`. */
	readonly url: string;
	/** Every request for a reply that was well-formed, in order. */
	readonly requests: readonly ParsedRequest[];
	/** Every answer to a request for a reply, in the order in which they ended. */
	readonly ledger: readonly LedgerEntry[];
	readonly close: () => Promise<void>;
};

export type StandInOptions = {
	readonly script: Script;
	/** Any free port when absent. */
	readonly port?: number;
	/** Usually every key that does not contain `invalid`. */
	readonly acceptsKey?: (key: string) => boolean;
};

/** Node's own limit of 511 waiting connections makes a thousand streams at once take twice as long. */
const backlog = 4096;

const typeOfStatus: Readonly<Record<number, string>> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	402: 'billing_error',
	403: 'permission_error',
	404: 'not_found_error',
	429: 'rate_limit_error',
	529: 'overloaded_error',
};

const modelOnWire = (facts: ModelFacts) => ({
	type: 'model',
	id: facts.id,
	display_name: facts.id,
	created_at: '1970-01-01T00:00:00Z',
	capabilities: null,
	deprecated_at: null,
	retires_at: null,
	lifecycle: 'active',
	line: null,
	max_input_tokens: facts.contextTokens,
	max_tokens: facts.maxOutputTokens,
});

const keyOf = (request: IncomingMessage): string => {
	const bearer = request.headers.authorization?.replace(/^Bearer /, '');
	const own = request.headers['x-api-key'];
	return bearer ?? (typeof own === 'string' ? own : '');
};

/**
 * A local server that speaks the Messages API, with the script as the model. It refuses what the vendor refuses,
 * keeps a prompt cache, and writes down what it would charge.
 */
export const startStandIn = async (options: StandInOptions): Promise<StandIn> => {
	const {script, acceptsKey = key => key !== '' && !key.includes('invalid')} = options;
	const requests: ParsedRequest[] = [];
	const ledger: LedgerEntry[] = [];
	const cache = new PromptCache();
	const models = listModels();
	const knowsModel = (id: string) => models.some(facts => facts.id === id);

	const sendJson = (response: ServerResponse, status: number, body: unknown, headers = {}) => {
		response.writeHead(status, {'content-type': 'application/json', ...headers});
		response.end(JSON.stringify(body));
	};
	const sendError = (response: ServerResponse, status: number, message: string, type?: string, headers = {}) => {
		const error = {type: type ?? typeOfStatus[status] ?? 'api_error', message};
		sendJson(response, status, {type: 'error', error, request_id: 'req_stand_in'}, headers);
	};

	const answer = async (response: ServerResponse, body: MessagesBody, parsed: ParsedRequest, n: number) => {
		const {model} = parsed;
		const refuse = (status: number, ...rest: [message: string, type?: string, headers?: object]) => {
			ledger.push({n, model, status, complete: false, usage: undefined});
			sendError(response, status, ...rest);
		};
		if (!knowsModel(model)) return refuse(404, `model: ${model}`);
		const problem = problemOf(body);
		if (problem !== undefined) {
			ledger.push({n, model, status: 400, complete: false, usage: undefined, problem});
			return sendError(response, 400, problem);
		}
		const reply = await script(parsed, n);
		const {fault} = reply;
		if (fault !== undefined && 'page' in fault) {
			const {status = 200, contentType, page} = fault;
			ledger.push({n, model, status, complete: false, usage: undefined});
			response.writeHead(status, {'content-type': contentType});
			response.end(page);
			return;
		}
		if (fault !== undefined && 'status' in fault)
			return refuse(fault.status, fault.message ?? 'The script says so', fault.type, fault.headers);
		if (fault !== undefined && 'hangUp' in fault) {
			ledger.push({n, model, status: 0, complete: false, usage: undefined});
			response.destroy();
			return;
		}
		const usage = finalUsage(reply, cache.charge(body));
		const envelope = {id: `msg_${String(n).padStart(6, '0')}`, model, reply, usage};
		if (body.stream !== true) {
			ledger.push({n, model, status: 200, complete: true, usage});
			return sendJson(response, 200, wholeMessage(envelope));
		}
		const sent = await sendStream(response, messageEvents(envelope), reply.pace, fault);
		const written = {...usage, output_tokens: Math.max(1, countTokens(sent.characters))};
		ledger.push({n, model, status: 200, complete: sent.complete, usage: sent.complete ? usage : written});
	};

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const {pathname} = new URL(request.url ?? '/', 'http://stand-in');
		const text = await readText(request);
		// For a stand-in that runs as a program of its own.
		if (pathname === '/stand-in/ledger') return sendJson(response, 200, ledger);
		if (!acceptsKey(keyOf(request))) return sendError(response, 401, 'invalid x-api-key');
		if (request.method === 'GET' && pathname === '/v1/models')
			return sendJson(response, 200, {data: models.map(modelOnWire), has_more: false, first_id: null, last_id: null});
		const named = /^\/v1\/models\/(.+)$/.exec(pathname)?.[1];
		if (request.method === 'GET' && named !== undefined) {
			const facts = models.find(model => model.id === decodeURIComponent(named));
			return facts ? sendJson(response, 200, modelOnWire(facts)) : sendError(response, 404, `model: ${named}`);
		}
		const counts = pathname === '/v1/messages/count_tokens';
		if (request.method !== 'POST' || !(counts || pathname === '/v1/messages'))
			return sendError(response, 404, `Not found: ${pathname}`);
		const body = messagesBody.safeParse(parseJson(text));
		if (!body.success) return sendError(response, 400, body.error.issues[0]?.message ?? 'not a request');
		if (counts) return sendJson(response, 200, {input_tokens: promptTokensOf(body.data)});
		const parsed = parseRequest(text, body.data);
		const n = requests.push(parsed);
		return answer(response, body.data, parsed, n);
	};

	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			// A script that throws is a mistake of the test: say so where the client will show it.
			if (response.headersSent || response.destroyed) response.destroy();
			else sendError(response, 500, `The stand-in failed: ${error instanceof Error ? error.message : String(error)}`);
		});
	});
	server.listen({port: options.port ?? 0, host: '127.0.0.1', backlog});
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.');

	const close = async () => {
		const closed = once(server, 'close');
		server.close();
		server.closeAllConnections();
		await closed;
	};
	return {url: `http://127.0.0.1:${address.port}`, requests, ledger, close, [Symbol.asyncDispose]: close};
};

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};
