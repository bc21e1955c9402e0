import type {Socket} from 'node:net';
import {createInterface} from 'node:readline';

/** Longer lines are not of ours: a run with everything it was ever told is a tenth of it. */
const lineMax = 256 * 1024 * 1024;

/** Calls back with the JSON value of every line that comes in; `onBroken` with what is none. */
export const readLines = (socket: Socket, onValue: (value: unknown) => void, onBroken: (why: string) => void): void => {
	const lines = createInterface({input: socket, crlfDelay: Number.POSITIVE_INFINITY});
	// Its errors are those of the socket, which whoever opened it hears.
	lines.on('error', () => {});
	lines.on('line', line => {
		if (line.length > lineMax) {
			onBroken('a line is too long');
			return;
		}
		let value: unknown;
		try {
			value = JSON.parse(line);
		} catch {
			onBroken('a line is not JSON');
			return;
		}
		onValue(value);
	});
};
