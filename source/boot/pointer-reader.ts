import type {Pointer} from '../../store/point.ts';

/** What a terminal says of its mouse, and the beginning of a paste. The last one is for terminals that know no SGR. */
const reports = /\u001b\[<(\d+);(\d+);(\d+)([Mm])|\u001b\[200~|\u001b\[M[\s\S]{3}/;
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/** The beginning of one of these at the end of a chunk; a bare Esc is a key. */
const begun = /\u001b\[(?:<[\d;]*|M[\s\S]{0,2}|2(?:00?)?)$/;
/** Right behind a report, as when a wheel is turned fast, it may be the beginning of another. */
const begunBehind = /^\u001b\[?$/;

const kinds: Readonly<Record<string, Pointer['kind']>> = {0: 'press', 64: 'up', 65: 'down'};

/** Of motion, releases, other buttons and held keys nothing is made. */
const pointerOf = ([, button = '', x, y, end]: RegExpExecArray): Pointer | undefined => {
	const kind = kinds[button];
	return kind === undefined || end !== 'M' ? undefined : {kind, x: Number(x) - 1, y: Number(y) - 1};
};

/**
 * Takes what the mouse says out of what is typed, and gives back the rest. What is pasted is left as it is: text must
 * not move the pointer.
 */
export const createPointerReader = (onPointer: (pointer: Pointer) => void): ((chunk: string) => string) => {
	let held = '';
	let pasting = false;
	return chunk => {
		let rest = held + chunk;
		let typed = '';
		let behind = held !== '';
		held = '';
		for (;;) {
			if (pasting) {
				const end = rest.indexOf(pasteEnd);
				if (end === -1) {
					// The end of a paste may be cut in two.
					const cut = /\u001b(?:\[(?:2(?:0(?:1)?)?)?)?$/.exec(rest)?.index ?? rest.length;
					held = rest.slice(cut);
					return typed + rest.slice(0, cut);
				}
				typed += rest.slice(0, end + pasteEnd.length);
				rest = rest.slice(end + pasteEnd.length);
				pasting = false;
			}
			const report = reports.exec(rest);
			if (report === null) break;
			const [text] = report;
			typed += rest.slice(0, report.index);
			rest = rest.slice(report.index + text.length);
			pasting = text === pasteStart;
			behind = !pasting;
			if (pasting) typed += text;
			const pointer = pointerOf(report);
			if (pointer !== undefined) onPointer(pointer);
		}
		const cut = behind && begunBehind.test(rest) ? 0 : (begun.exec(rest)?.index ?? rest.length);
		held = rest.slice(cut);
		return typed + rest.slice(0, cut);
	};
};
