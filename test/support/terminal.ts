import {PassThrough, Writable} from 'node:stream';
import xterm from '@xterm/headless';

/** Cells of one row that open an address: columns `from` up to but not including `to`. */
export type WrittenLink = {
	readonly id: string;
	readonly address: string;
	readonly y: number;
	readonly from: number;
	readonly to: number;
};

/** A terminal in memory: the two streams a program gets, and the emulator behind them. */
export const createTerminal = ({columns, rows}: {readonly columns: number; readonly rows: number}) => {
	const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true});
	const watchers = new Set<() => void>();
	let written = '';
	let hidden = false;
	let title = '';
	emulator.onTitleChange(next => {
		title = next;
	});
	let links: WrittenLink[] = [];
	let open: {readonly id: string; readonly address: string; readonly x: number; readonly y: number} | undefined;
	emulator.parser.registerOscHandler(8, data => {
		const {cursorX: x, cursorY: y} = emulator.buffer.active;
		if (open !== undefined) links.push({id: open.id, address: open.address, y, from: open.x, to: x});
		const [, id = '', address = ''] = /^(?:id=([^;]*))?;(.*)$/.exec(data) ?? [];
		if (open !== undefined && (address !== '' || open.y !== y))
			throw new Error(`The link ${open.address} is left open.`);
		open = address === '' ? undefined : {id, address, x, y};
		return false;
	});
	// The emulator does not tell whether its cursor is shown.
	const cursorSwitch = (shown: boolean) => (params: readonly (number | number[])[]) => {
		if (params.includes(25)) hidden = !shown;
		return false;
	};
	emulator.parser.registerCsiHandler({prefix: '?', final: 'h'}, cursorSwitch(true));
	emulator.parser.registerCsiHandler({prefix: '?', final: 'l'}, cursorSwitch(false));
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true as const,
		setRawMode: () => {},
		ref: () => {},
		unref: () => {},
	});
	const stdout = Object.assign(
		new Writable({
			decodeStrings: false,
			write: (chunk: string, _, done) => {
				written += chunk;
				emulator.write(chunk, () => {
					for (const watcher of watchers) watcher();
				});
				done();
			},
		}),
		{isTTY: true, columns, rows},
	);
	emulator.onData(answer => stdin.write(answer));
	return {
		emulator,
		streams: {stdin, stdout},
		/** Everything that was written since the last call. */
		written: (): string => {
			const all = written;
			written = '';
			return all;
		},
		/** The links that were written since the last call; the emulator must have read all. */
		links: (): readonly WrittenLink[] => {
			if (open !== undefined) throw new Error(`The link ${open.address} is left open.`);
			const all = links;
			links = [];
			return all;
		},
		cursor: () => ({x: emulator.buffer.active.cursorX, y: emulator.buffer.active.cursorY, hidden}),
		title: () => title,
		/** Calls after each change of the screen; returns the way to stop that. */
		watch: (watcher: () => void): (() => void) => {
			watchers.add(watcher);
			return () => void watchers.delete(watcher);
		},
		resize: (width: number, height: number): void => {
			emulator.resize(width, height);
			Object.assign(stdout, {columns: width, rows: height});
			stdout.emit('resize');
		},
	};
};
