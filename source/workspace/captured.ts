/** What was kept of a stream of bytes: its beginning and its end, with the middle only counted. */
export type Captured = {
	readonly head: string;
	readonly tail: string;
	/** Bytes between head and tail that were let go; 0 when `head` is everything. */
	readonly lostBytes: number;
};

/** Keeps at most `keepBytes` of what it is given, half from the start and half from the end. */
export const createCapture = (
	keepBytes: number,
): {readonly add: (chunk: Buffer) => void; readonly read: () => Captured} => {
	const half = Math.floor(keepBytes / 2);
	const head: Buffer[] = [];
	let headBytes = 0;
	let tail: Buffer[] = [];
	let tailBytes = 0;
	let lostBytes = 0;
	const add = (chunk: Buffer): void => {
		const toHead = chunk.subarray(0, Math.max(0, half - headBytes));
		head.push(toHead);
		headBytes += toHead.length;
		const toTail = chunk.subarray(toHead.length);
		if (toTail.length === 0) return;
		tail.push(toTail);
		tailBytes += toTail.length;
		// Cutting only when the tail has doubled keeps the cost per byte constant.
		if (tailBytes > half * 2) cut();
	};
	const cut = (): void => {
		const joined = Buffer.concat(tail);
		const kept = joined.subarray(Math.max(0, joined.length - half));
		lostBytes += joined.length - kept.length;
		tail = [kept];
		tailBytes = kept.length;
	};
	const read = (): Captured => {
		cut();
		if (lostBytes === 0) return {head: Buffer.concat([...head, ...tail]).toString('utf8'), tail: '', lostBytes};
		return {head: Buffer.concat(head).toString('utf8'), tail: Buffer.concat(tail).toString('utf8'), lostBytes};
	};
	return {add, read};
};
