/** A name or a text of JSON, perhaps cut off; a sign between them; or what stands there as it is: a number, a word. */
const pieces = /"(?:[^"\\]+|\\.?)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs;

/** The last sign of a text may be cut off within. */
const halfSign = /\\(?:u[\da-f]{0,3})?$/i;

const read = (inside: string): string | undefined => {
	try {
		return JSON.parse(`"${inside}"`);
	} catch {
		return undefined;
	}
};

const unquoted = (piece: string): string => {
	const inside = piece.length > 1 && piece.endsWith('"') ? piece.slice(1, -1) : piece.slice(1);
	return read(inside) ?? read(inside.replace(halfSign, '')) ?? inside;
};

/** What a model writes for a tool, which is JSON cut off anywhere, in lines that a person can read: `name: value`. */
export const arrivingInput = (json: string): string => {
	const lines: string[] = [];
	const open: string[] = [];
	let name = '';
	let last: string | undefined;
	const tell = (): void => {
		// In braces every value has a name; what has none yet is one itself.
		if (last !== undefined && (name !== '' || open.at(-1) !== '{')) lines.push(name === '' ? last : `${name}: ${last}`);
		last = undefined;
	};
	for (const [piece] of json.matchAll(pieces))
		switch (piece) {
			case ':':
				name = last ?? '';
				last = undefined;
				break;
			case '{':
			case '[':
				open.push(piece);
				if (piece === '{') name = '';
				break;
			case ',':
				tell();
				if (open.at(-1) === '{') name = '';
				break;
			case '}':
			case ']':
				tell();
				open.pop();
				name = '';
				break;
			default:
				last = piece.startsWith('"') ? unquoted(piece) : piece;
		}
	tell();
	return lines.join('\n');
};
