import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pass} from 'node:timers/promises';
import {createRandom} from '../simulation/random.ts';
import {openPty, type PtyTerminal} from '../support/pty-terminal.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {nextAct} from './keys-acts.ts';
import {busyScript} from './keys-script.ts';
import {copyProgram, makeGround, startProgram} from './program-run.ts';

export type Tour = {
	readonly presses: number;
	/** How often the window was left by a key, and opened again. */
	readonly windows: number;
	readonly resizes: number;
	/** How often the screen was compared with the same painted anew. */
	readonly compared: number;
	/** Each with what was done just before. */
	readonly problems: readonly string[];
};

/** Says how the terminal was before the program and is afterwards. */
const shell = `
trap : INT
before=$(stty -g)
"$@"
code=$?
[ "$before" = "$(stty -g)" ] && settings=same
echo "ENDED $code, settings: $settings"
`;

const settleMs = 60;
/** So often in a row the screen must look the same: keys may still be on their way. */
const settleTimes = 12;
const compareEvery = 150;

const headerRows = 2;

/** A row of the chart of the plan: it moves with the time. */
const passing = /[◐·█▒░┄~]{3,}|▾now|now▾/;

/** What moves by itself is alike for this: figures, spinners, bars, curves, and what is measured over time. */
const still = (screen: readonly string[]): string =>
	screen
		// Its figures grow with the time, and what else fits beside them follows.
		.slice(headerRows)
		.map(line => (passing.test(line) ? line.replace(/^│.*?(?=││(?!│)|│$)/, '│') : line))
		.join('\n')
		.replaceAll(/\brate .*/g, 'rate')
		.replaceAll(/[0-9⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏▁▂▃▄▅▆▇█░▒▓]/g, '#');

/** What the programs below a process have used of the processor; the same twice when they wait for something. */
const usedBy = (pid: number): string => {
	try {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
		return children
			.filter(child => child !== '')
			.map(child => readFileSync(`/proc/${child}/stat`, 'utf8').split(' ').slice(13, 15).join(' '))
			.join();
	} catch {
		// It has ended, or the system tells nothing.
		return '';
	}
};

const resumeSignal = (pid: number | undefined, signal: 'SIGSTOP' | 'SIGCONT'): void => {
	try {
		if (pid !== undefined) process.kill(pid, signal);
	} catch {
		// The engine has ended: nothing moves then either.
	}
};

/** Resolves with the screen once it stands still; undefined when it does not. */
const settled = async (terminal: PtyTerminal): Promise<string | undefined> => {
	const look = (): string => `${still(terminal.screen())}\n${usedBy(terminal.pid)}`;
	let last = look();
	let alike = 0;
	for (let i = 0; i < 150; i++) {
		await pass(settleMs);
		const next = look();
		alike = next === last ? alike + 1 : 0;
		if (alike === settleTimes) return still(terminal.screen());
		last = next;
	}
	return undefined;
};

/** A real window over a real engine, keys pressed by chance from a seed; everything is looked at from outside. */
export const takeTour = async (
	seed: number,
	presses: number,
	onProgress: (words: string) => void = () => {},
): Promise<Tour> => {
	const random = createRandom(seed);
	const program = copyProgram();
	const ground = makeGround();
	await using server = await startStandIn({script: busyScript});
	const {PATH = ''} = process.env;
	const env = {
		PATH,
		HOME: ground.home,
		FLOTILLA_HOME: ground.home,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		EDITOR: 'true',
		PAGER: 'cat',
		ANTHROPIC_BASE_URL: server.url,
		ANTHROPIC_API_KEY: 'a-key',
	};
	const problems: string[] = [];
	const recent: string[] = [];
	let [windows, resizes, compared] = [0, 0, 0];
	const say = (words: string): void =>
		void problems.push(`${words}\n    after ${recent.slice(-12).join(' | ')} (seed ${seed})`);

	const enginePid = (): number | undefined => {
		const file = join(ground.home, 'engine.pid');
		return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
	};
	const open = (): PtyTerminal => {
		windows++;
		const args = ['-c', shell, 'sh', process.execPath, program.launcher, 'Look at everything here'];
		return openPty({file: 'sh', args: [...args, '--dir', ground.dir], cwd: ground.dir, env, columns: 80, rows: 24});
	};

	let terminal = open();
	let ended: number | undefined;
	const follow = (): void => {
		ended = undefined;
		const mine = terminal;
		void terminal.exited.then(code => {
			if (mine === terminal) ended = code;
		});
	};
	follow();

	/** Keys that come before the window has the terminal would be the shell's. */
	const untilOpen = async (): Promise<void> => {
		await terminal.until(
			screen => (terminal.emulator.buffer.active.type === 'alternate' && screen !== '') || screen.includes('ENDED'),
			30_000,
		);
	};

	/** The window was left: by a key, in good order, with the terminal as it was. */
	const lookAtEnd = (): void => {
		// The terminal may be narrower than these words.
		const screen = terminal.screen().join('').replaceAll(' ', '');
		const code = Number(/ENDED(\d+)/.exec(screen)?.[1] ?? -1);
		if (![0, 3, 4, 130].includes(code)) say(`The window ended with ${code}:\n${screen}`);
		if (!screen.includes('settings:same')) say(`The terminal is not as it was:\n${screen}`);
		if (terminal.emulator.buffer.active.type !== 'normal') say('The alternate screen was not left.');
		if (terminal.emulator.modes.mouseTrackingMode !== 'none') say('The mouse is still tracked.');
		if (terminal.emulator.modes.bracketedPasteMode) say('Pasted text is still put in brackets.');
	};

	/** The screen as it has become must be the screen as it would be painted anew. */
	const compare = async (): Promise<void> => {
		const pid = enginePid();
		resumeSignal(pid, 'SIGSTOP');
		try {
			const before = await settled(terminal);
			if (before === undefined || ended !== undefined) return;
			const {cols, rows} = terminal.emulator;
			terminal.resize(cols + 1, rows);
			await settled(terminal);
			terminal.resize(cols, rows);
			const after = await settled(terminal);
			if (after === undefined || ended !== undefined) return;
			compared++;
			if (after !== before) say(`The screen was not as it is painted anew. Was:\n${before}\nIs:\n${after}`);
		} finally {
			resumeSignal(pid, 'SIGCONT');
		}
	};

	try {
		await untilOpen();
		for (let i = 0; i < presses && problems.length < 5; i++) {
			const act = nextAct(random);
			recent.push(act.what);
			if (act.kind === 'bytes') terminal.press(act.bytes);
			else {
				resizes++;
				terminal.resize(act.columns, act.rows);
			}
			// Now and then as fast as they come, mostly at the pace of quick hands.
			if (random.chance(0.8)) await pass(random.below(12));
			if (i % compareEvery === compareEvery - 1) await compare();
			if (i % 500 === 499) onProgress(`${i + 1} presses, ${windows} windows, ${compared} screens compared`);
			if (ended === undefined) continue;
			lookAtEnd();
			terminal = open();
			follow();
			await untilOpen();
		}
		if (ended === undefined) {
			terminal.press('\u0003\u0003');
			await Promise.race([terminal.exited, pass(5000)]);
			if (ended === undefined) say(`The window does not go away:\n${terminal.screen().join('\n')}`);
			else lookAtEnd();
		}
		const ask = (...args: readonly string[]) =>
			startProgram({launcher: program.launcher, args, env: {...env, FLOTILLA_NO_DAEMON: ''}}).ended;
		await ask('engine', 'stop');
		const doctor = await ask('doctor', '--json');
		const {findings}: {readonly findings: readonly {readonly name: string; readonly state: string}[]} = JSON.parse(
			doctor.stdout,
		);
		const states = findings.filter(({name}) => name === 'database').map(({state}) => state);
		if (states.join() !== 'ok') say(`The database is not well: ${doctor.stdout}`);
	} catch (error) {
		say(String(error));
	} finally {
		terminal.kill('SIGKILL');
		resumeSignal(enginePid(), 'SIGCONT');
		program.remove();
		ground.remove();
	}
	return {presses, windows, resizes, compared, problems};
};
