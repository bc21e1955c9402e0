import {createConnection, type Socket} from 'node:net';
import type {Rejection} from '../domain/command.ts';
import type {Stamped} from '../domain/event.ts';
import type {RunSummary} from '../domain/run.ts';
import type {Cursor, Listener, SearchPage} from '../engine/port.ts';
import {type Build, type EndWord, type FromEngine, lineOf, type Question, type ToEngine, wireVersion} from './frame.ts';
import type {EngineStatus, HostPort, SetDown} from './host-port.ts';
import {readLines} from './read-lines.ts';

/** Why a connection ended: what the engine said, `lost` when it said nothing, `closed` from this side. */
export type Ending = EndWord | 'lost' | 'closed';

/** A connection to an engine. */
export type Connection = HostPort & {
	readonly engine: {readonly version: string; readonly build?: Build | undefined; readonly pid: number};
	readonly status: () => Promise<EngineStatus>;
	/** Ask it to set down all runs and end: for good, or for another engine. Resolves with what it carried. */
	readonly stop: () => Promise<readonly SetDown[]>;
	readonly retire: () => Promise<readonly SetDown[]>;
	/** Ask it to end for good if it carries nothing. False when it does. */
	readonly makeWay: () => Promise<boolean>;
	/** Resolves when the connection has ended, with why. */
	readonly ended: Promise<Ending>;
	readonly close: () => void;
};

/** What comes of an attempt to speak to an engine. */
export type Meeting =
	| {readonly kind: 'welcome'; readonly connection: Connection}
	/** Nobody listens there. */
	| {readonly kind: 'absent'}
	/** Somebody listens and does not answer. */
	| {readonly kind: 'silent'}
	| {
			readonly kind: 'refused';
			readonly why: 'wire' | 'token';
			readonly wire: number;
			readonly version: string;
			readonly pid: number;
			readonly retire: () => Promise<readonly SetDown[]>;
			readonly close: () => void;
	  };

/** The connection ended before the answer: whoever sent a command cannot know whether it was stored. */
export class Unanswered extends Error {
	constructor() {
		super('The engine ended before it answered. Look whether it happened, and say it again if not.');
	}
}

/** How long an engine may take to greet, ms: one that is stopped or stuck would keep everybody waiting. */
const greetingMs = 5000;

type Asked = {readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void};

/** Nobody listens: nothing lies there, it was left behind, or who listened ended before taking the call. */
const goneCodes: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET']);

const dial = (path: string): Promise<Socket | undefined> =>
	new Promise((resolve, reject) => {
		const socket = createConnection(path);
		socket.once('connect', () => resolve(socket));
		socket.once('error', (error: NodeJS.ErrnoException) => {
			if (goneCodes.has(error.code)) resolve(undefined);
			else reject(error);
		});
	});

/**
 * Connects to the engine behind a socket. `version` is that of this program. Rejects when the socket is there and cannot
 * be used, such as another user's. Values come back as the engine made them: both speak the same form of the wire.
 */
export const connect = async (
	path: string,
	token: string,
	version: string,
	after: (ms: number, call: () => void) => () => void,
): Promise<Meeting> => {
	const found = await dial(path);
	if (found === undefined) return {kind: 'absent'};
	const socket = found;
	const asked = new Map<number, Asked>();
	const listeners = new Map<number, Listener>();
	const ended = Promise.withResolvers<Ending>();
	const met = Promise.withResolvers<Extract<FromEngine, {type: 'welcome' | 'refused'}> | undefined>();
	let why: Ending = 'lost';
	let last = 0;

	const say = (frame: ToEngine): void => void socket.write(lineOf(frame));

	const take = (frame: FromEngine): void => {
		switch (frame.type) {
			case 'welcome':
			case 'refused':
				met.resolve(frame);
				break;
			case 'answer':
				asked.get(frame.id)?.resolve(frame.value);
				asked.delete(frame.id);
				break;
			case 'fault':
				asked.get(frame.id)?.reject(new Error(`The engine could not do this: ${frame.message}`));
				asked.delete(frame.id);
				break;
			case 'events':
				listeners.get(frame.id)?.onEvents(frame.batch);
				break;
			case 'signal':
				listeners.get(frame.id)?.onSignal(frame.signal);
				break;
			case 'over':
				why = frame.why;
				break;
			default:
				frame satisfies never;
		}
	};

	socket.on('error', () => socket.destroy());
	socket.on('close', () => {
		met.resolve(undefined);
		for (const {reject} of asked.values()) reject(new Unanswered());
		asked.clear();
		ended.resolve(why);
	});
	readLines(
		socket,
		() => Number.POSITIVE_INFINITY,
		value => take(value as FromEngine),
		() => socket.destroy(),
	);

	const ask = <T>(question: Question, input?: unknown): Promise<T> =>
		new Promise<T>((resolve, reject) => {
			if (socket.destroyed) {
				reject(new Unanswered());
				return;
			}
			const id = ++last;
			asked.set(id, {resolve: value => resolve(value as T), reject});
			say({type: 'ask', id, question, input});
		});

	/** A command is answered in every case. */
	const order = async (question: Question, input: unknown): Promise<Rejection | undefined> => {
		try {
			return await ask<Rejection | undefined>(question, input);
		} catch (error) {
			return {code: 'storage', message: error instanceof Error ? error.message : String(error)};
		}
	};

	const close = (): void => {
		why = 'closed';
		socket.end();
		socket.destroySoon();
	};
	const retire = (): Promise<readonly SetDown[]> => ask<readonly SetDown[]>('retire');

	say({type: 'hello', wire: wireVersion, version, token});
	let silent = false;
	const callOff = after(greetingMs, () => {
		silent = true;
		socket.destroy();
	});
	const greeting = await met.promise;
	callOff();
	if (silent) return {kind: 'silent'};
	// It ended in the same moment.
	if (greeting === undefined) return {kind: 'absent'};
	if (greeting.type === 'refused') {
		const {why: reason, wire, version: theirs, pid} = greeting;
		return {kind: 'refused', why: reason, wire, version: theirs, pid, retire, close};
	}
	return {
		kind: 'welcome',
		connection: {
			engine: {version: greeting.version, build: greeting.build, pid: greeting.pid},
			send: command => order('send', command),
			carry: (runId, grounds, first) => order('carry', {runId, grounds, first}),
			history: query => ask<readonly Stamped[]>('history', query),
			runs: () => ask<readonly RunSummary[]>('runs'),
			search: query => ask<SearchPage>('search', query),
			status: () => ask<EngineStatus>('status'),
			subscribe: ({after, runId}: Cursor, listener) => {
				const id = ++last;
				listeners.set(id, listener);
				say({type: 'subscribe', id, after, runId});
				return () => {
					listeners.delete(id);
					if (!socket.destroyed) say({type: 'unsubscribe', id});
				};
			},
			stop: () => ask<readonly SetDown[]>('stop'),
			retire,
			makeWay: () => ask<boolean>('makeWay'),
			ended: ended.promise,
			close,
		},
	};
};
