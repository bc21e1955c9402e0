import {readFileSync} from 'node:fs';
import {ensurePrivateFile} from '../../db/private-file.ts';
import {systemClock} from '../engine/clock.ts';
import {startDetached} from '../workspace/detached.ts';
import type {Context} from './context.ts';
import {openEngineLog} from './engine-log.ts';
import {endingMs, engineNodeArgs, lockHeldCode, startMs} from './engine-process.ts';
import {type Holder, holderIn, type Met, meetEngine} from './meet-engine.ts';
import {pause} from './pause.ts';
import {Problem} from './problem.ts';

/** Says in words what is waited for. */
export type Tell = (words: string) => void;

const lookEveryMs = 15;

/** What is waited for longer than this is told, ms. */
const tellAfterMs = 3000;

/** How long the words of a holder must stay the same before they are held against it, ms: it may just have begun. */
const sureMs = 200;

const briefMs = 60_000;
/** An engine of a newer version brings the database up to date before it listens. */
const startingMs = 10 * 60_000;
const finishingMs = 90_000;

/** So often an engine is started, where somebody ends each before it listens. */
const spawnsMax = 10;

type Standing = {
	readonly words: string;
	/** How long it may last, ms, and what to do when it lasts longer. */
	readonly ms: number;
	readonly mend: string;
};

/** What it means for somebody who waits for an engine that the state folder is held. */
const standingOf = ({paths}: Context, holder: Holder | undefined): Standing => {
	if (holder === undefined)
		return {
			words: 'The engine in the background is on its way.',
			ms: startMs,
			mend: `Look into ${paths.engine.log}, or work without it: --no-daemon.`,
		};
	const {pid, phase} = holder;
	const end = `Wait until process ${pid} ends, or end it; what it carries is taken up again.`;
	switch (phase) {
		case 'foreground':
			return {
				words: `An engine works in ${paths.state} and can be asked by nobody else (process ${pid}): it was started with --no-daemon.`,
				ms: sureMs,
				mend: 'Use its own terminal, or wait until it ends.',
			};
		case 'briefly':
			return {words: `Another command has ${paths.state} for itself (process ${pid}).`, ms: briefMs, mend: end};
		case 'starting':
			return {
				words: `The engine in the background (process ${pid}) is starting, and brings the state folder up to date first.`,
				ms: startingMs,
				mend: end,
			};
		case 'serving':
			return {
				words: `The engine in the background (process ${pid}) is at work, and nobody listens at ${paths.engine.socket}.`,
				ms: endingMs,
				mend: end,
			};
		case 'finishing':
			return {
				words: `The engine in the background (process ${pid}) is to be replaced, and finishes what is under way first; \`flotilla engine stop\` cuts that off.`,
				ms: finishingMs,
				mend: end,
			};
		case 'ending':
			return {
				words: `The engine in the background (process ${pid}) is ending; its last hooks and tools are waited for.`,
				ms: endingMs,
				mend: end,
			};
		case undefined:
			return {
				words: `An engine works in ${paths.state} (process ${pid}) and does not listen.`,
				ms: endingMs,
				mend: end,
			};
		default:
			return phase satisfies never;
	}
};

const lockHeld = `exit code ${lockHeldCode}`;

const read = (file: string): string => {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
};

const lastLines = (file: string, lines: number): string => read(file).split('\n').slice(-lines).join('\n');

/** What the engine before printed is kept: it may say why that ended. */
const keepPrinted = ({engine}: Context['paths']): void => {
	const printed = lastLines(engine.out, 100);
	if (printed !== '') openEngineLog(engine.log, systemClock.now).say(`the engine before printed:\n${printed}`);
};

const whyNot = ({engine}: Context['paths']): string => {
	const printed = lastLines(engine.out, 20);
	return `The end of ${engine.log} says:\n${lastLines(engine.log, 5)}${printed === '' ? '' : `\nIt printed:\n${printed}`}`;
};

/** Start an engine that outlives this process. Resolves with how it ended, if it does while we live. */
const spawnEngine = ({paths, inherited}: Context): Promise<string> => {
	const program = process.argv[1];
	if (program === undefined) throw new Error('A program without a file cannot start an engine.');
	ensurePrivateFile(paths.engine.log);
	keepPrinted(paths);
	ensurePrivateFile(paths.engine.out);
	// A debugger or profiler looks at the process that was asked for it.
	const ours = process.execArgv.filter(arg => !/^--(?:inspect|cpu-prof|heap-prof)/.test(arg));
	return startDetached({
		program: process.execPath,
		args: [...ours, ...engineNodeArgs, program, 'engine', 'serve'],
		cwd: '/',
		env: {...inherited, ...(inherited['FLOTILLA_HOME'] === undefined ? {} : {FLOTILLA_HOME: paths.state})},
		out: paths.engine.out,
	});
};

/** Another one holds the lock and is on its way, or somebody killed ours: then it is tried once more. */
const isPassing = (how: string): boolean => how === lockHeld || how.startsWith('SIG');

/**
 * Wait until an engine listens that is there to stay, and start one whenever nobody holds the state folder. Whoever
 * holds it is waited for as long as what it does may take; an engine that nobody else may ask is not.
 */
export const startEngine = async (context: Context, tell: Tell): Promise<Exclude<Met, {kind: 'absent'}>> => {
	const {state} = context.paths;
	/** How the one that we started ended; at first as if it had found another. */
	let ended: string | undefined = lockHeld;
	let spawns = 0;
	let since = {standing: '', at: systemClock.now(), isTold: false};
	for (;;) {
		// Whoever has come since then is met in the next round.
		const holder = holderIn(state);
		// It can still be asked, but whoever comes now is served by the next one.
		const isLeaving = holder?.phase === 'finishing';
		const meeting = isLeaving ? ({kind: 'absent'} as const) : await meetEngine(context);
		if (meeting.kind !== 'absent') return meeting;
		if (ended !== undefined && (!isPassing(ended) || spawns > spawnsMax))
			throw new Problem(`The engine in the background did not start (${ended}). ${whyNot(context.paths)}`);
		if (ended !== undefined && holder === undefined) {
			ended = undefined;
			spawns++;
			void spawnEngine(context).then(how => {
				ended = how;
			});
		}
		const {words, ms, mend} = standingOf(context, holder);
		const now = systemClock.now();
		if (since.standing !== words) since = {standing: words, at: now, isTold: false};
		if (now - since.at > ms) throw new Problem(`${words} ${mend}`);
		if (!since.isTold && now - since.at > tellAfterMs) {
			since.isTold = true;
			tell(words);
		}
		await pause(lookEveryMs);
	}
};
