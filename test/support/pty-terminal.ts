import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program in a real pseudo-terminal whose screen can be read, as a person would see it. */
export type PtyTerminal = {
	readonly press: (keys: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** The visible lines, without trailing blanks. */
	readonly screen: () => readonly string[];
	/** Resolves once the screen fits; rejects with the screen when it does not within the time. */
	readonly until: (met: string | RegExp | ((screen: string) => boolean), timeoutMs?: number) => Promise<string>;
	readonly exited: Promise<number>;
	/** Everything the program wrote. */
	readonly written: () => string;
	readonly emulator: xterm.Terminal;
	readonly kill: (signal?: string) => void;
	readonly pid: number;
};

export type PtyOptions = {
	readonly file: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly columns: number;
	readonly rows: number;
	readonly onData?: (data: string) => void;
};

export const openPty = ({file, args, cwd, env, columns, rows, onData}: PtyOptions): PtyTerminal => {
	const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const child: IPty = spawn(file, [...args], {name: 'xterm-256color', cols: columns, rows, cwd, env: {...env}});
	let written = '';
	const watchers = new Set<() => void>();
	child.onData(data => {
		written += data;
		onData?.(data);
		emulator.write(data, () => {
			for (const watcher of watchers) watcher();
		});
	});
	// The program may ask the terminal questions; the emulator answers as a terminal does.
	emulator.onData(answer => child.write(answer));
	// What was written last is on the screen by then: the emulator takes its input in order.
	const exited = new Promise<number>(resolve =>
		child.onExit(({exitCode}) => emulator.write('', () => resolve(exitCode))),
	);

	const screen = (): readonly string[] => {
		const buffer = emulator.buffer.active;
		return Array.from(
			{length: emulator.rows},
			(_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true, 0, emulator.cols) ?? '',
		);
	};

	const until: PtyTerminal['until'] = (met, timeoutMs = 20_000) =>
		new Promise((resolve, reject) => {
			const fits = (text: string): boolean =>
				typeof met === 'string' ? text.includes(met) : met instanceof RegExp ? met.test(text) : met(text);
			const look = (): void => {
				const text = screen().join('\n');
				if (!fits(text)) return;
				clearTimeout(timer);
				watchers.delete(look);
				resolve(text);
			};
			const timer = setTimeout(() => {
				watchers.delete(look);
				reject(new Error(`The screen never showed ${String(met)}:\n${screen().join('\n')}`));
			}, timeoutMs);
			watchers.add(look);
			look();
		});

	return {
		press: keys => child.write(keys),
		resize: (width, height) => {
			child.resize(width, height);
			emulator.resize(width, height);
		},
		screen,
		until,
		exited,
		written: () => written,
		emulator,
		kill: signal => child.kill(signal),
		pid: child.pid,
	};
};
