import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import {connect, isIP, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {createIsPublicAddress, createPublicLookup, hostOf, PrivateAddressError} from './public-address.ts';
import type {Reach} from './sandbox.ts';

/** The one way out of a sandbox. Each command has its own, so that it is always known whose command asks. */
export type SandboxProxy = {
	/** Of the loopback; 0 for a socket in the file system. */
	readonly port: number;
	/** What was not reached and why, one line each, those that still wait for an answer included. */
	readonly refused: () => readonly string[];
	/** Cuts all connections; requests that wait for an answer are given up. */
	readonly close: () => Promise<void>;
};

type Target = {readonly host: string; readonly port: number};
type Answer = {readonly kind: 'open'} | {readonly kind: 'closed'; readonly words: string};

/** Opens an HTTP proxy (requests by full URL, and CONNECT) on a socket of the file system or a port of the loopback. */
export const openSandboxProxy = async (reach: Reach, place: string | 'loopback'): Promise<SandboxProxy> => {
	const isPublic = createIsPublicAddress();
	const lookup = createPublicLookup(isPublic);
	const answers = new Map<string, Promise<Answer>>();
	const refused = new Map<string, string>();
	const sockets = new Set<Duplex>();
	const track = <Connection extends Duplex>(socket: Connection): Connection => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		// Without a listener an error, such as a peer that hangs up, would end this process.
		socket.on('error', () => socket.destroy());
		return socket;
	};

	const ask = async ({host, port}: Target): Promise<Answer> => {
		if (isIP(host) !== 0 && !isPublic(host) && !reach.namesHost(host))
			return {kind: 'closed', words: new PrivateAddressError(host).message};
		const may = await reach.mayReach(host, port).catch(() => false);
		return may ? {kind: 'open'} : {kind: 'closed', words: `${host} is not on the list of hosts that may be reached`};
	};
	const answerFor = async (target: Target): Promise<Answer> => {
		const name = `${target.host}:${target.port}`;
		const known = answers.get(name);
		if (known !== undefined) return known;
		refused.set(name, 'still waited for an answer whether it may be reached');
		const asked = ask(target);
		answers.set(name, asked);
		const answer = await asked;
		if (answer.kind === 'open') refused.delete(name);
		else refused.set(name, answer.words);
		return answer;
	};
	const optionsFor = ({host, port}: Target) => (reach.namesHost(host) ? {host, port} : {host, port, lookup});
	const wordsOf = (target: Target, error: Error): string => {
		if (error instanceof PrivateAddressError) refused.set(`${target.host}:${target.port}`, error.message);
		return error.message;
	};

	const forward = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const url = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : undefined;
		const target = url?.protocol === 'http:' ? targetOf(url.host, 80) : undefined;
		if (url === undefined || target === undefined) return fail(outgoing, 400, 'This proxy takes full http:// URLs.');
		const answer = await answerFor(target);
		if (answer.kind === 'closed') return fail(outgoing, 403, answer.words);
		const {'proxy-connection': _, 'proxy-authorization': __, ...headers} = incoming.headers;
		const onward = request({
			...optionsFor(target),
			method: incoming.method,
			path: url.pathname + url.search,
			headers: {...headers, host: url.host},
		});
		onward.on('response', response => {
			outgoing.writeHead(response.statusCode ?? 502, response.headers);
			response.pipe(outgoing);
		});
		onward.on('error', error => fail(outgoing, 502, wordsOf(target, error)));
		onward.on('socket', track);
		outgoing.once('close', () => onward.destroy());
		incoming.pipe(onward);
	};

	const tunnel = async (incoming: IncomingMessage, client: Duplex, head: Buffer): Promise<void> => {
		const target = targetOf(incoming.url ?? '');
		if (target === undefined) return refuse(client, 400, 'CONNECT takes host:port.');
		const answer = await answerFor(target);
		if (answer.kind === 'closed') return refuse(client, 403, answer.words);
		if (client.destroyed) return;
		const server: Socket = track(connect(optionsFor(target)));
		server.once('connect', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			server.write(head);
			server.pipe(client).pipe(server);
		});
		server.once('error', error => refuse(client, 502, wordsOf(target, error)));
		server.once('close', () => client.destroy());
		client.once('close', () => server.destroy());
	};

	const server = createServer((incoming, outgoing) => void forward(incoming, outgoing));
	server.on('connection', track);
	server.on('connect', (incoming, client, head) => void tunnel(incoming, client, head));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		const ready = (): void => resolve();
		if (place === 'loopback') server.listen(0, '127.0.0.1', ready);
		else server.listen(place, ready);
	});
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		refused: () => [...refused].map(([name, words]) => `${name}: ${words}`),
		close: async () => {
			const closed = new Promise<void>(resolve => server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
};

const targetOf = (authority: string, usualPort?: number): Target | undefined => {
	const [, name = '', digits] = /^(.*?)(?::(\d{1,5}))?$/.exec(authority) ?? [];
	const host = hostOf(name);
	const port = digits === undefined ? usualPort : Number(digits);
	return host === undefined || port === undefined || port < 1 || port > 65_535 ? undefined : {host, port};
};

const fail = (outgoing: ServerResponse, status: number, words: string): void => {
	if (outgoing.headersSent) {
		outgoing.destroy();
		return;
	}
	outgoing.writeHead(status, {'content-type': 'text/plain', connection: 'close'});
	outgoing.end(`The sandbox: ${words}\n`);
};

const refuse = (client: Duplex, status: number, words: string): void => {
	const body = `The sandbox: ${words}\n`;
	client.end(
		`HTTP/1.1 ${status} ${status === 403 ? 'Refused by the sandbox' : 'Not reached'}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
	);
};
