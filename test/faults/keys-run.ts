import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pass} from 'node:timers/promises';
import {exitCodes} from '../../source/boot/exit-code.ts';
import {projectConfig} from '../../source/boot/paths.ts';
import {panes} from '../../store/ui.ts';
import {createRandom} from '../simulation/random.ts';
import {openPty, type PtyTerminal} from '../support/pty-terminal.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {type Act, nextAct, pressAlone} from './keys-acts.ts';
import {createCoverage} from './keys-coverage.ts';
import {findingsOfFleet} from './keys-evidence.ts';
import {movesByTime, saysTheSame, settledScreen, takesNoLetters} from './keys-screen.ts';
import {busyScript} from './keys-script.ts';
import {createSights} from './keys-sights.ts';
import {openWitnessed} from './keys-witnessed.ts';
import {copyProgram, makeGround, startProgram} from './program-run.ts';

export type TourOrder = {
	readonly seed: number;
	readonly presses: number;
	/** Goes on until every key of every view was pressed, and says what a long tour should have seen and has not. */
	readonly isLong?: boolean;
	readonly onProgress?: (words: string) => void;
};

export type Tour = {
	readonly presses: number;
	/** How often the window was left, and opened again. */
	readonly windows: number;
	readonly resizes: number;
	/** How often the screen was compared with the same painted anew. */
	readonly compared: number;
	/** Of a view and an action that has a key there: so many there are, and were pressed. */
	readonly pairs: number;
	readonly pairsPressed: number;
	/** Keys that reached the window. */
	readonly keysHeard: number;
	/** Each with what was done just before. */
	readonly problems: readonly string[];
};

/** Says how the terminal was before the program and is afterwards. */
const shell = `
trap : INT
before=$(stty -g)
"$@"
code=$?
# A Ctrl+C that comes too late must not take these words away.
trap '' INT
after=$(stty -g)
stty noflsh
[ "$before" = "$after" ] && settings=same
echo "ENDED $code, settings: $settings"
`;

/** What a window may end with, however its run stands. */
const goodEnds: readonly number[] = [
	exitCodes.done,
	exitCodes.failed,
	exitCodes.budget,
	exitCodes.waiting,
	exitCodes.interrupted,
];

const compareEvery = 150;
/** A short tour has few chances that the screen stands still. */
const compareEveryShort = 60;
/** After so many presses the window is left for one with a new goal, for agents end and are killed. */
const renewEvery = 700;
/** After these the rest would say the same again. */
const problemsMax = 5;
/** Only an engine that ends with its window makes leaving a question. */
const aloneOnly = ['quit'] as const;
const aloneMax = 1000;
/** So many presses are on the way to a key that was not pressed yet; the others fall as they do. */
const guidedPart = 0.5;
/** No shell stands behind this terminal that could stop the window: it says so after this time, ms. */
const suspendMs = 700;
const suspendKey = '\u001a';
const suspendName = 'ctrl+z';
/** Ctrl and the left arrow: bound nowhere, and no letter. */
const noLetter = '\u001b[1;5D';
/** What is left to press in so few views is told by name. */
const leftTold = 4;
const leaveTries = 10;
const leavingMs = 2000;

const resumeSignal = (pid: number | undefined, signal: 'SIGSTOP' | 'SIGCONT'): void => {
	try {
		if (pid !== undefined) process.kill(pid, signal);
	} catch {
		// The engine has ended: nothing moves then either.
	}
};

/** A real window over a real engine, keys pressed by chance from a seed; everything is looked at from outside. */
export const takeTour = async ({seed, presses, isLong = false, onProgress = () => {}}: TourOrder): Promise<Tour> => {
	const random = createRandom(seed);
	const coverage = createCoverage();
	const sights = createSights();
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
	const witnessed = openWitnessed(join(ground.home, 'keys.told'));
	const problems: string[] = [];
	const recent: string[] = [];
	let [windows, resizes, compared, pressed] = [0, 0, 0, 0];
	/** Windows have the engine in their own process. */
	let isAlone = false;
	writeFileSync(join(ground.dir, 'README.md'), '# A folder\n\nWith a file to read.\n');
	const say = (words: string): void =>
		void problems.push(`${words}\n    after ${recent.slice(-12).join(' | ')} (seed ${seed})`);

	const enginePid = (): number | undefined => {
		const file = join(ground.home, 'engine.pid');
		return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
	};
	const open = (): PtyTerminal => {
		windows++;
		const args = ['-c', shell, 'sh', process.execPath, program.launcher, 'Look at everything here'];
		return openPty({
			file: 'sh',
			args: [...args, '--dir', ground.dir, ...(isAlone ? ['--no-daemon'] : [])],
			cwd: ground.dir,
			env: {...env, ...witnessed.env},
			columns: 80,
			rows: 24,
		});
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
		if (!goodEnds.includes(code)) say(`The window ended with ${code}:\n${screen}`);
		if (!screen.includes('settings:same')) say(`The terminal is not as it was:\n${screen}`);
		if (terminal.emulator.buffer.active.type !== 'normal') say('The alternate screen was not left.');
		if (terminal.emulator.modes.mouseTrackingMode !== 'none') say('The mouse is still tracked.');
		if (terminal.emulator.modes.bracketedPasteMode) say('Pasted text is still put in brackets.');
	};

	/** The screen as it has become must be the screen as it would be painted anew. */
	const compare = async (): Promise<void> => {
		// Nothing holds still that is in the same process.
		if (isAlone) return;
		// A word to the person would leave by itself in between.
		if (await isThere()) terminal.press(noLetter);
		const pid = enginePid();
		resumeSignal(pid, 'SIGSTOP');
		try {
			const before = await settledScreen(terminal);
			if (before === undefined || ended !== undefined || movesByTime(terminal.screen())) return;
			const {cols, rows} = terminal.emulator;
			terminal.resize(cols + 1, rows);
			await settledScreen(terminal);
			terminal.resize(cols, rows);
			const after = await settledScreen(terminal);
			if (after === undefined || ended !== undefined) return;
			compared++;
			if (!saysTheSame(after, before)) say(`The screen was not as it is painted anew. Was:\n${before}\nIs:\n${after}`);
		} finally {
			resumeSignal(pid, 'SIGCONT');
		}
	};

	const progressWords = (): string => {
		const missing = coverage.missing();
		const left = missing.length > 0 && missing.length <= leftTold ? ` (left: ${missing.join('; ')})` : '';
		const keys = `${coverage.pressed()} of ${coverage.all} keys${left}`;
		return `${pressed} presses, ${windows} windows, ${compared} screens compared, ${keys}, ${problems.length} problems`;
	};

	const hear = (): void => {
		for (const line of witnessed.read()) coverage.hear(line);
	};

	/**
	 * Whether the window still has the terminal. If not, Ctrl+C would end what has it instead, and the system would drop
	 * what the window wrote last.
	 */
	const isThere = async (): Promise<boolean> => {
		await witnessed.untilQuiet();
		return ended === undefined && terminal.emulator.buffer.active.type === 'alternate';
	};

	const carryOut = async (act: Act): Promise<void> => {
		recent.push(act.what);
		if (act.kind === 'resize') {
			resizes++;
			terminal.resize(act.columns, act.rows);
		} else if (!act.bytes.includes('\u0003') || (await isThere())) terminal.press(act.bytes);
		if (act.kind === 'bytes' && act.bytes === suspendKey) await pass(suspendMs);
	};

	const openAnew = async (): Promise<void> => {
		lookAtEnd();
		// A yes for always, once kept, would hold for all that comes: nobody would be asked any more.
		rmSync(projectConfig(ground.dir), {force: true});
		hear();
		coverage.breakOff();
		terminal = open();
		follow();
		await untilOpen();
	};

	const leave = async (): Promise<void> => {
		if (ended !== undefined) return;
		// A pager may have the terminal just now; and a window that closes its engine is not to be hurried.
		for (let tries = 0; tries < leaveTries && ended === undefined; tries++) {
			if (await isThere()) terminal.press('\u0003\u0003');
			await Promise.race([terminal.exited, pass(leavingMs)]);
		}
		if (ended === undefined) say(`The window does not go away:\n${terminal.screen().join('\n')}`);
	};

	/** Presses keys, some on the way to what was not pressed yet, until it is enough. */
	const roam = async (isEnough: () => boolean, guided: number): Promise<void> => {
		while (!isEnough() && problems.length < problemsMax) {
			const isGuided = random.chance(guided);
			if (isGuided) await witnessed.untilQuiet();
			hear();
			const next = isGuided ? coverage.next(random) : undefined;
			// A short tour has no time to wait for the shell that is not there.
			const key = next === suspendName && !isLong ? undefined : next;
			if (key !== undefined && takesNoLetters(terminal.screen())) terminal.press(noLetter);
			await carryOut(key === undefined ? nextAct(random) : pressAlone(key));
			pressed++;
			// Now and then as fast as they come, mostly at the pace of quick hands.
			if (random.chance(0.8)) await pass(random.below(12));
			sights.look(terminal.screen().join('\n'));
			if (pressed % (isLong ? compareEvery : compareEveryShort) === 0) await compare();
			if (pressed % 500 === 0) onProgress(progressWords());
			if (pressed % renewEvery === 0) await leave();
			if (ended !== undefined) await openAnew();
		}
	};

	const hasAll = (): boolean => coverage.missing(aloneOnly).length === 0 && sights.missed().length === 0;

	/** What is left after so many keys: some views only a window with its own engine has. */
	const fillGaps = async (): Promise<void> => {
		await roam(() => hasAll() || pressed >= 2 * presses, 0.9);
		await leave();
		if (ended === undefined || coverage.missing().length === 0) return;
		const {launcher} = program;
		await startProgram({launcher, args: ['engine', 'stop'], env: {...env, FLOTILLA_NO_DAEMON: ''}}).ended;
		isAlone = true;
		for (const pane of panes) coverage.hint(pane, 'q', 'quit');
		await openAnew();
		const most = pressed + aloneMax;
		await roam(() => coverage.missing().length === 0 || pressed >= most, 0.9);
	};

	// Ways that keys seldom fall on by chance: a field with one choice, a log with a bar.
	coverage.hint('fields', 'enter', 'pick');
	coverage.hint('log', 'space', 'event');
	try {
		await untilOpen();
		await roam(() => pressed >= presses, guidedPart);
		if (isLong) await fillGaps();
		await leave();
		if (ended !== undefined) lookAtEnd();
		hear();
		terminal.kill('SIGKILL');
		const {launcher} = program;
		for (const {rule, words} of await findingsOfFleet({ground, launcher, env, server})) say(`${rule}: ${words}`);
		if (isLong) {
			for (const missing of coverage.missing()) say(`Never pressed: ${missing}`);
			for (const missed of sights.missed()) say(`Never on screen: ${missed}`);
			if (!existsSync(join(ground.dir, 'notes.md'))) say('No agent has written its file.');
		}
	} catch (error) {
		say(String(error));
	} finally {
		terminal.kill('SIGKILL');
		resumeSignal(enginePid(), 'SIGCONT');
		witnessed.close();
		program.remove();
		ground.remove();
	}
	return {
		presses: pressed,
		windows,
		resizes,
		compared,
		pairs: coverage.all,
		pairsPressed: coverage.pressed(),
		keysHeard: coverage.keys(),
		problems,
	};
};
