import type {Socket} from 'node:net';
import {StringDecoder} from 'node:string_decoder';

/**
 * Calls back with the JSON value of every line that comes in; `onBroken` when one is none, or is longer than
 * `lineMax()` UTF-16 units. Only the newline ends a line: text may hold every other sign that ends lines elsewhere.
 */
export const readLines = (
	socket: Socket,
	lineMax: () => number,
	onValue: (value: unknown) => void,
	onBroken: () => void,
): void => {
	const decoder = new StringDecoder('utf8');
	let begun: string[] = [];
	let length = 0;
	let broken = false;
	const give = (line: string): void => {
		let value: unknown;
		try {
			value = JSON.parse(line);
		} catch {
			broken = true;
			onBroken();
			return;
		}
		onValue(value);
	};
	socket.on('data', (chunk: Buffer) => {
		const lines = decoder.write(chunk).split('\n');
		const rest = lines.pop() ?? '';
		for (const line of lines) {
			if (broken) return;
			give(begun.join('') + line);
			begun = [];
			length = 0;
		}
		begun.push(rest);
		length += rest.length;
		if (broken || length <= lineMax()) return;
		broken = true;
		onBroken();
	});
};
