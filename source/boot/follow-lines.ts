import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import type {Clock} from '../engine/clock.ts';
import {pauseUnless} from './pause.ts';

/** How often a file is looked at, ms. */
const lookEveryMs = 250;
const pieceBytes = 64 * 1024;

type FollowedFile = {
	readonly file: string;
	readonly clock: Clock;
	readonly onLine: (line: string) => void;
	/** Ends it. */
	readonly abort: AbortSignal;
};

const openIfThere = (file: string): number | undefined => {
	try {
		return openSync(file, 'r');
	} catch {
		return undefined;
	}
};

/** Every line of a file: those that are there, then those that come; also over its being put away for a new one. */
export const followLines = async ({file, clock, onLine, abort}: FollowedFile): Promise<void> => {
	const piece = Buffer.alloc(pieceBytes);
	let decoder = new StringDecoder('utf8');
	let open = openIfThere(file);
	let begun = '';

	const readOn = (from: number): void => {
		for (let length = readSync(from, piece); length > 0; length = readSync(from, piece)) {
			const lines = (begun + decoder.write(piece.subarray(0, length))).split('\n');
			begun = lines.pop() ?? '';
			for (const line of lines) onLine(line);
		}
	};

	const look = (): void => {
		if (open === undefined) open = openIfThere(file);
		while (open !== undefined) {
			readOn(open);
			const there = statSync(file, {throwIfNoEntry: false});
			if (there === undefined || there.ino === fstatSync(open).ino) return;
			// What was written before it was put away is read from where it lies now.
			readOn(open);
			closeSync(open);
			open = openIfThere(file);
			decoder = new StringDecoder('utf8');
			begun = '';
		}
	};

	try {
		while (!abort.aborted) {
			look();
			await pauseUnless(abort, lookEveryMs, clock);
		}
	} finally {
		if (open !== undefined) closeSync(open);
	}
};
