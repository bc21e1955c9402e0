import type {Terminal} from '@xterm/headless';

const cell = {width: 8.4, height: 16.5};
const palette = [
	...['#1d1f27', '#e5636f', '#7ec27a', '#e0b865', '#6aa5e8', '#c08be0', '#5fc1cf', '#c9ced9'],
	...['#666d7d', '#ff8a94', '#a2e09d', '#f5d58a', '#92c3fb', '#d9acf5', '#8adfeb', '#ffffff'],
];
const ground = '#14161d';
const ink = '#c9ced9';

const colourOf = (index: number): string => {
	const listed = palette[index];
	if (listed !== undefined) return listed;
	if (index >= 232) {
		const level = 8 + (index - 232) * 10;
		return `rgb(${level},${level},${level})`;
	}
	const steps = [0, 95, 135, 175, 215, 255];
	const at = index - 16;
	return `rgb(${steps[Math.floor(at / 36)]},${steps[Math.floor(at / 6) % 6]},${steps[at % 6]})`;
};

const hex = (color: number): string => `#${color.toString(16).padStart(6, '0')}`;

const escapeXml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One row of the screen as SVG, at the height 0; empty for a blank row. */
const drawRow = (terminal: Terminal, row: number): string => {
	const buffer = terminal.buffer.active;
	const line = buffer.getLine(buffer.viewportY + row);
	if (line === undefined) return '';
	let out = '';
	let run = {x: 0, text: '', style: '', back: ''};
	const flush = (end: number): void => {
		const x = (run.x * cell.width).toFixed(1);
		const width = ((end - run.x) * cell.width).toFixed(1);
		if (run.back !== '') out += `<rect x="${x}" width="${width}" height="${cell.height}" fill="${run.back}"/>`;
		if (run.text.trim() !== '')
			out += `<text x="${x}" y="12.6" textLength="${width}" xml:space="preserve"${run.style}>${escapeXml(run.text)}</text>`;
	};
	for (let x = 0; x < terminal.cols; x++) {
		const at = line.getCell(x);
		if (at === undefined || at.getWidth() === 0) continue;
		let front = at.isFgRGB() ? hex(at.getFgColor()) : at.isFgPalette() ? colourOf(at.getFgColor()) : ink;
		let back = at.isBgRGB() ? hex(at.getBgColor()) : at.isBgPalette() ? colourOf(at.getBgColor()) : '';
		if (at.isInverse()) [front, back] = [back === '' ? ground : back, front];
		const style = `${front === ink ? '' : ` fill="${front}"`}${at.isBold() ? ' font-weight="bold"' : ''}${at.isDim() ? ' opacity=".6"' : ''}`;
		if (style !== run.style || back !== run.back) {
			flush(x);
			run = {x, text: '', style, back};
		}
		run.text += at.getChars() || ' ';
	}
	flush(terminal.cols);
	return out;
};

/** The screen as its rows; two frames share the rows in which they are alike. */
export type Frame = {readonly atMs: number; readonly rows: readonly string[]};

export const takeFrame = (terminal: Terminal, atMs: number): Frame => ({
	atMs,
	rows: Array.from({length: terminal.rows}, (_, row) => drawRow(terminal, row)),
});

const wrap = (columns: number, rows: number, body: string): string => {
	const width = Math.ceil(columns * cell.width) + 24;
	const height = rows * cell.height + 24;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="${ink}"><rect width="100%" height="100%" rx="8" fill="${ground}"/><g transform="translate(12 12)">${body}</g></svg>\n`;
};

export const drawStill = (frame: Frame, columns: number): string =>
	wrap(
		columns,
		frame.rows.length,
		frame.rows
			.map((row, y) => (row === '' ? '' : `<g transform="translate(0 ${y * cell.height})">${row}</g>`))
			.join(''),
	);

/** A moving picture without a script: each frame is shown for its time, rows that recur are stored once. */
export const drawMovie = (frames: readonly Frame[], columns: number, endMs: number): string => {
	const ids = new Map<string, string>();
	const idOf = (row: string): string => {
		const known = ids.get(row) ?? `r${ids.size}`;
		ids.set(row, known);
		return known;
	};
	const height = frames[0]?.rows.length ?? 0;
	// Per row of the screen: which picture is there from when to when.
	let body = '';
	for (let y = 0; y < height; y++) {
		let from = 0;
		let shown = frames[0]?.rows[y] ?? '';
		const spans: {readonly row: string; readonly from: number; readonly to: number}[] = [];
		for (const frame of [...frames.slice(1), undefined]) {
			const row = frame?.rows[y];
			const at = frame?.atMs ?? endMs;
			if (row === shown) continue;
			spans.push({row: shown, from, to: at});
			from = at;
			shown = row ?? '';
		}
		for (const span of spans) {
			if (span.row === '') continue;
			const begin = (span.from / endMs).toFixed(4);
			const end = Math.min(1, span.to / endMs).toFixed(4);
			const always = span.from === 0 && span.to >= endMs;
			const times = span.from === 0 ? `0;${end}` : `0;${begin};${end}`;
			const values = span.from === 0 ? 'inline;none' : 'none;inline;none';
			const animate = always
				? ''
				: `<animate attributeName="display" dur="${(endMs / 1000).toFixed(1)}s" repeatCount="indefinite" calcMode="discrete" keyTimes="${times}" values="${values}"/>`;
			body += `<use href="#${idOf(span.row)}" y="${y * cell.height}"${always || span.from === 0 ? '' : ' display="none"'}>${animate}</use>`;
		}
	}
	const defs = [...ids].map(([row, id]) => `<g id="${id}">${row}</g>`).join('');
	return wrap(columns, height, `<defs>${defs}</defs>${body}`);
};
