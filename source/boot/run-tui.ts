import type {Terminal} from '../../components/canvas/ink-stream.ts';
import {createFrameLoop} from '../../components/frame-loop.ts';
import type {Look} from '../../components/look.ts';
import {type OpenScreen, openScreen} from '../../components/open-screen.tsx';
import {createPainter} from '../../components/painter.ts';
import {logLine} from '../../components/panes/log-line.ts';
import type {TerminalLease} from '../../components/terminal-lease.ts';
import {createTheme} from '../../components/theme.ts';
import type {Opening, WindowPlace} from '../../store/action.ts';
import {type Arrangement, usualArrangement} from '../../store/arrangement.ts';
import {createFleetStore, type FleetState} from '../../store/fleet-store.ts';
import {builtInKeys, type Keymap} from '../../store/keymap.ts';
import type {Outside} from '../../store/outside.ts';
import type {WaitingSource} from '../../store/waiting-source.ts';
import {createWindow} from '../../store/window.ts';
import type {Written} from '../../store/written.ts';
import type {RunId} from '../domain/id.ts';
import {openRequests, type RunAt} from '../domain/run.ts';
import {type Clock, systemClock} from '../engine/clock.ts';
import type {FleetPort} from '../engine/port.ts';
import {linePartsOf} from '../policy/line-parts.ts';
import type {Claim} from './claims.ts';
import {type NoticeForm, type NoticeKind, noticeOf, noticeOfOthers} from './notice.ts';
import type {Renderer} from './renderer.ts';
import {createTerminalHold} from './terminal-hold.ts';
import {type ClosedBy, untilClosed} from './until-closed.ts';

type TuiOptions = {
	readonly port: FleetPort;
	readonly runId: RunId;
	/** The run as it was a moment ago, to be shown until its history is read. */
	readonly head?: RunAt | undefined;
	readonly stdin: NodeJS.ReadableStream;
	readonly stdout: Terminal;
	readonly noColor: boolean;
	/** Colours of our own; the terminal's when absent. */
	readonly look?: Look | undefined;
	/** The terminal can be told what addresses open; not when absent. */
	readonly links?: boolean;
	readonly screenReader: boolean;
	readonly renderer?: Renderer;
	readonly reducedMotion: boolean;
	/** How the terminal calls a person who looks elsewhere; without it, not at all. */
	readonly notify?: NoticeKind;
	readonly noticeForm?: NoticeForm;
	/** Whether nobody was called for a request yet; without it, nobody else calls. */
	readonly claim?: Claim;
	/** Whether the agents go on when the window is left. */
	readonly outlives?: boolean;
	/** The person's own programs, which borrow the terminal; without it there are none. */
	readonly outside?: (borrow: TerminalLease['borrow']) => Outside;
	readonly keymap?: Keymap;
	/** Told when the person leaves for the list of all runs, or for the window on another run; without it they cannot. */
	readonly onHome?: (to: WindowPlace | undefined) => void;
	/** Where in the run it is opened. */
	readonly place?: Opening;
	/** The goal of the run, where the person comes from the window on another one. */
	readonly arrivedAt?: string;
	/** How long an answer to a request can be taken back, ms; without it, not at all. */
	readonly answerDelayMs?: number;
	/** How the person has arranged the panes before; as usual when absent. */
	readonly arrangement?: Arrangement;
	/** What waits in all runs; without it no others are known. */
	readonly waiting?: WaitingSource;
	/** The person has arranged the panes. */
	readonly onArrange?: (arrangement: Arrangement) => void;
	/** Told when the window is about to free the terminal for good: keys become signals then. */
	readonly onClosing?: () => void;
	/** What was written in a window on the run before. */
	readonly written?: Written | undefined;
	/**
	 * Told when the window has closed how far it has read the run, for a long one takes a while to read again, and what was
	 * written and not sent.
	 */
	readonly onLeft?: (read: RunAt | undefined, written: Written) => void;
	/** A word for the person at the beginning. */
	readonly word?: string | undefined;
	readonly clock?: Clock;
};

/** How long news may wait to be drawn with others, ms: twenty frames a second. */
const frameMs = 50;

/** After a frame that takes long, as while a long history comes in, news wait so many times its length for the next. */
const restPerFrame = 4;

/** How long leaving may wait for the engine to take the last answers, ms. */
const leavingMs = 2000;

const waitingHere = ({run}: FleetState): number => (run === undefined ? 0 : openRequests(run).length);

const waitingCount = (state: FleetState): number => waitingHere(state) + state.waitsElsewhere.length;

/** Opens the window over a run of a port. Needs a terminal on both streams. */
export const openTui = (options: TuiOptions): OpenScreen => {
	const {
		port,
		runId,
		head,
		stdin,
		stdout,
		noColor,
		look,
		links = false,
		screenReader,
		renderer = 'canvas',
		reducedMotion,
		notify = 'off',
		noticeForm,
		claim = () => true,
		outlives = false,
		outside,
		keymap = builtInKeys,
		onHome,
		place,
		arrivedAt,
		answerDelayMs = 0,
		arrangement = usualArrangement,
		onArrange = () => {},
		onClosing = () => {},
		written,
		onLeft = () => {},
		word,
		waiting,
		clock = systemClock,
	} = options;
	let callOffFrame: (() => void) | undefined;
	let lastFrameAt = 0;
	let frameTook = 0;
	const fleet = createFleetStore({
		port,
		runId,
		head,
		describe: logLine,
		schedule: call => {
			// After a rest the first news is shown at once.
			const rest = Math.max(frameMs, frameTook * restPerFrame);
			callOffFrame = clock.after(Math.min(rest, Math.max(0, lastFrameAt + rest - clock.now())), () => {
				lastFrameAt = clock.now();
				call();
			});
		},
		soon: clock.soon,
		...(waiting === undefined ? {} : {waiting}),
	});
	fleet.flush();
	const hold = createTerminalHold({
		stdin,
		stdout,
		notify,
		noticeForm,
		onPointer: pointer => window.point(pointer),
		onDefect: error => loop.fail(error),
	});
	const window = createWindow({
		port,
		fleet,
		now: clock.now,
		after: clock.after,
		answerDelayMs,
		onQuit: () => screen.close(),
		...(onHome === undefined
			? {}
			: {
					onHome: to => {
						onHome(to);
						screen.close();
					},
				}),
		outlives,
		keymap,
		arrangement,
		written,
		onArrange,
		...(word === undefined ? {} : {word}),
		...(place === undefined ? {} : {place}),
		...(arrivedAt === undefined ? {} : {arrivedAt}),
		...(outside === undefined ? {} : {outside: outside(hold.borrow)}),
	});
	const unpoint = window.ui.subscribe(state => hold.turnMouse(state.mouse));
	const paint = createPainter({
		theme: createTheme({color: !noColor, look, links: links && !screenReader}),
		reducedMotion,
		spoken: screenReader,
		keymap,
		abilities: {outlives, hasHome: onHome !== undefined},
		readLine: (line, {dir, outputsDir}) => linePartsOf(line, {root: dir, outputs: outputsDir}),
	});
	const loop = createFrameLoop({
		window,
		paint: scene => {
			const began = clock.now();
			const painted = paint(scene);
			frameTook = clock.now() - began;
			return painted;
		},
		after: clock.after,
		now: clock.now,
		reducedMotion,
		spoken: screenReader,
		columns: stdout.columns ?? 80,
		rows: stdout.rows ?? 24,
	});
	const openedAt = clock.now();
	const unwatch = fleet.state.subscribe((state, last) => {
		if (waitingCount(state) !== waitingCount(last)) hold.tellWaiting(waitingCount(state));
		if (notify === 'off') return;
		const {run, waitsElsewhere} = state;
		// A long history comes in pieces, and is no news.
		if (run !== undefined && last.run !== undefined && run !== last.run && run.lastEventAt >= openedAt)
			hold.call(noticeOf(last.run, run, {claim, elsewhere: waitsElsewhere.length}));
		if (waitsElsewhere !== last.waitsElsewhere)
			hold.call(noticeOfOthers(last.waitsElsewhere, waitsElsewhere, {claim, here: waitingHere(state)}));
	});
	hold.tellWaiting(waitingCount(fleet.state.getState()));
	/** Leaving is no reason to lose what was answered, and an engine that is gone none to stay. */
	const sendLastAnswers = async (): Promise<void> => {
		const late = Promise.withResolvers<void>();
		const callOff = clock.after(leavingMs, late.resolve);
		await Promise.race([window.leave(), late.promise]);
		callOff();
	};
	const screen = openScreen({
		shown: {window, loop, lease: hold.lease},
		stdin: hold.stdin,
		stdout,
		renderer,
		screenReader,
		now: clock.now,
		after: clock.after,
		onClosing,
		onLeaving: sendLastAnswers,
		onClosed: () => {
			unwatch();
			unpoint();
			hold.free();
			callOffFrame?.();
			window.close();
			fleet.close();
			onLeft(fleet.runAt(), window.written());
		},
	});
	hold.listen();
	return screen;
};

/**
 * Opens the window and waits until the person leaves it, the process is told to end, or `abort` fires. The terminal is
 * restored in every case, also before a defect of the window is thrown.
 */
export const runTui = (options: TuiOptions & {readonly abort?: AbortSignal}): Promise<ClosedBy> =>
	untilClosed(openTui(options), options.abort);
