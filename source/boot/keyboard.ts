import {PassThrough} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';

/** What a person types on: a terminal has raw mode and may keep the process alive. */
export type Keyboard = NodeJS.ReadableStream & {
	readonly isTTY?: boolean;
	readonly setRawMode?: (raw: boolean) => unknown;
	readonly ref?: () => unknown;
	readonly unref?: () => unknown;
};

/**
 * What is typed on a keyboard, as `read` lets it through. It is read only between a `ref` and an `unref`: Node would else
 * go on reading what is typed into another program, and hand it over as keys afterwards.
 */
export const createKeyboard = (stdin: Keyboard, read: (chunk: string) => string): NodeJS.ReadableStream => {
	const decoder = new StringDecoder('utf8');
	const take = (chunk: Buffer | string): void => {
		const typed = read(typeof chunk === 'string' ? chunk : decoder.write(chunk));
		if (typed !== '') stream.write(typed);
	};
	const end = (): void => void stream.end();
	const raw = stdin.setRawMode?.bind(stdin);
	const stream = Object.assign(new PassThrough(), {
		isTTY: stdin.isTTY === true,
		...(raw === undefined ? {} : {setRawMode: (mode: boolean): void => void raw(mode)}),
		ref: (): void => {
			stdin.ref?.();
			stdin.off('data', take).off('end', end).on('data', take).on('end', end).resume();
		},
		// Another program may read now: not a byte may be taken from it.
		unref: (): void => {
			stdin.off('data', take).off('end', end).pause();
			stdin.unref?.();
		},
	});
	return stream;
};
