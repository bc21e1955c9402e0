import {looksRandom} from './redact-entropy.ts';
import {createFinder} from './redact-find.ts';
import type {KnownSecret} from './redact-known.ts';
import {isSecretField} from './redact-shapes.ts';
import {createRedactStream, type RedactStream} from './redact-stream.ts';

/** Takes secrets out of what is stored and shown. What stands in the place of one says its kind. */
export type Redactor = {
	readonly text: (text: string) => string;
	/** The same, with as many lines as before: for text whose lines are counted. */
	readonly lines: (text: string) => string;
	/**
	 * The same for every string in plain data, names of fields included. What holds no secret comes back as the same
	 * object. What a vendor must get back byte for byte is left alone; reasoning that held a secret loses its seal,
	 * because a vendor refuses it when it was changed, and is then not sent back.
	 */
	readonly value: <T>(value: T) => T;
	/** For text that comes in pieces cut anywhere. */
	readonly stream: () => RedactStream;
};

const mark = (shape: string): string => `[redacted:${shape}]`;

const isPlain = (value: object): value is Readonly<Record<string, unknown>> => {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
};

export const createRedactor = (known: readonly KnownSecret[]): Redactor => {
	const finder = createFinder(known);

	const without = (given: string, markOf: (secret: string, shape: string) => string): string => {
		const found = finder.find(given);
		if (found.length === 0) return given;
		let result = '';
		let end = 0;
		for (const secret of found) {
			result += given.slice(end, secret.start) + markOf(given.slice(secret.start, secret.end), secret.shape);
			end = secret.end;
		}
		return result + given.slice(end);
	};
	const text = (given: string): string => without(given, (_, shape) => mark(shape));
	const lines = (given: string): string =>
		without(given, (secret, shape) => mark(shape) + '\n'.repeat(secret.split('\n').length - 1));

	const fieldsOf = (object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
		const sealed =
			object['type'] === 'thinking' ? 'signature' : object['type'] === 'redacted_thinking' ? 'data' : undefined;
		let changed = false;
		const entries = Object.entries(object).map(([name, held]): readonly [string, unknown] => {
			if (name === sealed) return [name, held];
			const [cleanName, cleanHeld] = [
				text(name),
				typeof held === 'string' && isSecretField(name) && looksRandom(held) ? mark('secret-field') : clean(held),
			];
			changed ||= cleanName !== name || cleanHeld !== held;
			return [cleanName, cleanHeld];
		});
		if (!changed) return object;
		const result = Object.fromEntries(entries);
		return sealed === 'signature' ? {...result, signature: ''} : result;
	};

	const clean = (given: unknown): unknown => {
		if (typeof given === 'string') return text(given);
		if (Array.isArray(given)) {
			const items = given.map(clean);
			return items.every((item, i) => item === given[i]) ? given : items;
		}
		return typeof given === 'object' && given !== null && isPlain(given) ? fieldsOf(given) : given;
	};

	return {
		text,
		lines,
		// The shape of plain data does not change; only strings do.
		value: <T>(given: T): T => clean(given) as T,
		stream: () => createRedactStream(finder, mark),
	};
};
