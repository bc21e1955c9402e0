import {timingSafeEqual} from 'node:crypto';
import type {Socket} from 'node:net';
import {z} from 'zod';
import type {Stamped} from '../domain/event.ts';
import {commandSchema} from './command-schema.ts';
import {type Build, type FromEngine, lineOf, type Question, wireVersion} from './frame.ts';
import type {EngineStatus, HostPort, SetDown} from './host-port.ts';
import {readLines} from './read-lines.ts';

/** What is served to everyone who connects. */
export type Service = {
	readonly port: HostPort;
	/** The version of the program. */
	readonly version: string;
	readonly build?: Build | undefined;
	readonly pid: number;
	/** Who knows it may ask: it lies in a file that only this user can read. */
	readonly token: string;
	readonly status: () => EngineStatus;
	/** Set down all runs, and end: for good, or for another engine. */
	readonly end: (why: 'stopped' | 'retired') => Promise<readonly SetDown[]>;
	/** The same for good, but only when it carries nothing; false when it does. */
	readonly endIfIdle: () => Promise<boolean>;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
};

const runId = z.templateLiteral(['run_', z.string()]);
const id = z.number().int();
/** What a client may say. */
export const frames = z.discriminatedUnion('type', [
	z.object({type: z.literal('hello'), wire: z.number(), version: z.string(), token: z.string()}),
	z.object({
		type: z.literal('ask'),
		id,
		question: z.enum(['send', 'carry', 'history', 'runs', 'search', 'status', 'stop', 'makeWay', 'retire']),
		input: z.unknown().optional(),
	}),
	z.object({type: z.literal('subscribe'), id, after: z.number(), runId: runId.optional()}),
	z.object({type: z.literal('unsubscribe'), id}),
]);
const carrying = z.object({runId, grounds: z.unknown().optional(), first: z.array(commandSchema)});
const query = z.object({
	runId,
	agentId: z.templateLiteral(['agent_', z.string()]).exactOptional(),
	after: z.number().exactOptional(),
	before: z.number().exactOptional(),
	newest: z.boolean().exactOptional(),
	text: z.string().exactOptional(),
	limit: z.number().int().nonnegative(),
});
const searching = z.object({
	text: z.string(),
	runId: runId.exactOptional(),
	order: z.enum(['newest', 'best']).exactOptional(),
	limit: z.number().int().nonnegative(),
});

/** What a client has not read yet, bytes: beyond the first no passing weather is sent, beyond the second it is let go. */
const signalsMax = 4 * 1024 * 1024;
const unreadMax = 128 * 1024 * 1024;

/** Passing weather waits so long, ms, for more of it: to wake a client costs more than to tell it. */
const gatherMs = 20;

/** How long a line of a client may be: of one that is known, and of one that is not. */
const lineMax = 64 * 1024 * 1024;
const firstLineMax = 4096;

/** How many stored events are read and sent at a time. */
const slice = 500;

const isSame = (given: string, token: string): boolean => {
	const [a, b] = [Buffer.from(given), Buffer.from(token)];
	return a.length === b.length && timingSafeEqual(a, b);
};

/** Serves one client until its connection ends. Nothing a client says can harm the engine or another client. */
export const serveClient = (socket: Socket, service: Service): void => {
	const {port, token, version, build, pid} = service;
	const subscriptions = new Map<number, () => void>();
	let trust: 'none' | 'parting' | 'full' = 'none';

	let gathering: (() => void) | undefined;
	const release = (): void => {
		if (gathering === undefined) return;
		gathering();
		gathering = undefined;
		socket.uncork();
	};
	const gather = (frame: FromEngine): void => {
		if (socket.destroyed) return;
		if (gathering === undefined) {
			socket.cork();
			gathering = service.after(gatherMs, release);
		}
		socket.write(lineOf(frame));
	};

	const say = (frame: FromEngine): void => {
		if (socket.destroyed) return;
		// Whoever does not read is not waited for: it can come again and go on where it was.
		if (socket.writableLength > unreadMax) socket.destroy();
		else socket.write(lineOf(frame));
		release();
	};

	const answerTo = (question: Question, input: unknown): Promise<unknown> => {
		switch (question) {
			case 'send':
				return port.send(commandSchema.parse(input));
			case 'carry': {
				const {runId: carried, grounds, first} = carrying.parse(input);
				return port.carry(carried, grounds, first);
			}
			case 'history':
				return port.history(query.parse(input));
			case 'runs':
				return port.runs();
			case 'search':
				return port.search(searching.parse(input));
			case 'status':
				return Promise.resolve(service.status());
			case 'stop':
				return service.end('stopped');
			case 'makeWay':
				return service.endIfIdle();
			case 'retire':
				return service.end('retired');
			default:
				return question satisfies never;
		}
	};

	const faultOf = (error: unknown): string =>
		error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);

	const ask = async (asked: number, question: Question, input: unknown): Promise<void> => {
		try {
			say({type: 'answer', id: asked, value: await answerTo(question, input)});
		} catch (error) {
			say({type: 'fault', id: asked, message: faultOf(error)});
		}
	};

	const drained = (): Promise<void> =>
		new Promise(resolve => {
			const done = (): void => {
				socket.off('drain', done);
				socket.off('close', done);
				resolve();
			};
			if (socket.destroyed || !socket.writableNeedDrain) resolve();
			else {
				socket.on('drain', done);
				socket.on('close', done);
			}
		});

	/** A long history is sent as fast as it is read; the rest, and all that comes, as it happens. */
	const subscribe = async (asked: number, from: {readonly after: number; readonly runId?: `run_${string}`}) => {
		let over = false;
		subscriptions.get(asked)?.();
		subscriptions.set(asked, () => {
			over = true;
		});
		let {after} = from;
		const send = (batch: readonly Stamped[]): void => {
			after = batch.at(-1)?.seq ?? after;
			say({type: 'events', id: asked, batch});
		};
		while (from.runId !== undefined && !over) {
			const page = await port.history({runId: from.runId, after, limit: slice});
			if (page.length < slice) break;
			send(page);
			await drained();
		}
		if (over || socket.destroyed) return;
		const unsubscribe = port.subscribe(
			{...from, after},
			{
				onEvents: send,
				onSignal: signal => {
					if (signal.type === 'storage') say({type: 'signal', id: asked, signal});
					else if (socket.writableLength < signalsMax) gather({type: 'signal', id: asked, signal});
				},
			},
		);
		subscriptions.set(asked, unsubscribe);
	};

	const hello = (wire: number, given: string): void => {
		const known = isSame(given, token);
		if (known && wire === wireVersion) {
			trust = 'full';
			say({type: 'welcome', version, build, pid});
			return;
		}
		trust = known ? 'parting' : 'none';
		say({type: 'refused', why: known ? 'wire' : 'token', wire: wireVersion, version, pid});
		if (!known) socket.end();
	};

	const take = (value: unknown): void => {
		const parsed = frames.safeParse(value);
		if (!parsed.success) {
			socket.destroy();
			return;
		}
		const frame = parsed.data;
		if (frame.type === 'hello') hello(frame.wire, frame.token);
		else if (trust === 'full' || (trust === 'parting' && frame.type === 'ask' && frame.question === 'retire'))
			switch (frame.type) {
				case 'ask':
					void ask(frame.id, frame.question, frame.input);
					break;
				case 'subscribe': {
					const {after, runId: of} = frame;
					// Without its events a client would wait for ever: it can come again.
					subscribe(frame.id, of === undefined ? {after} : {after, runId: of}).catch(() => socket.destroy());
					break;
				}
				case 'unsubscribe':
					subscriptions.get(frame.id)?.();
					subscriptions.delete(frame.id);
					break;
				default:
					frame satisfies never;
			}
		else socket.destroy();
	};

	socket.on('error', () => socket.destroy());
	socket.on('close', () => {
		release();
		for (const unsubscribe of subscriptions.values()) unsubscribe();
		subscriptions.clear();
	});
	readLines(
		socket,
		() => (trust === 'none' ? firstLineMax : lineMax),
		take,
		() => socket.destroy(),
	);
};
