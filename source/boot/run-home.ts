import {createHomeLoop} from '../../components/home/home-loop.ts';
import {createHomePainter} from '../../components/home/home-painter.ts';
import {type OpenScreen, openScreen} from '../../components/open-screen.tsx';
import {createTheme} from '../../components/theme.ts';
import {createHome, type HomeParts, type HomeSource} from '../../store/home/home.ts';
import type {HomeExit} from '../../store/home/home-action.ts';
import type {HomeDeeds} from '../../store/home/home-deeds.ts';
import type {HomeReturn} from '../../store/home/home-return.ts';
import {waitingIn} from '../../store/home/home-runs.ts';
import {firstHomeUi, type HomeUi} from '../../store/home/home-ui.ts';
import type {Clock} from '../engine/clock.ts';
import {noticeOfOthers} from './notice.ts';
import {askInOneLine} from './request-words.ts';
import type {ScreenOptions} from './screen-options.ts';
import {createTerminalHold} from './terminal-hold.ts';
import {type ClosedBy, untilClosed} from './until-closed.ts';

/** What Home can do without. */
type Spared = 'outside' | 'notify' | 'noticeForm' | 'claim';

type HomeOptions = Omit<ScreenOptions, 'stdout' | 'links' | Spared> &
	Partial<Pick<ScreenOptions, Spared>> & {
		readonly stdout: Parameters<typeof openScreen>[0]['stdout'];
		readonly source: HomeSource;
		readonly deeds: HomeDeeds;
		readonly here: string;
		readonly findFolder: HomeParts['findFolder'];
		readonly taskTypes: readonly string[];
		readonly roles: readonly string[];
		/** How it is come back to; not when it is opened first. */
		readonly last?: HomeReturn | undefined;
		readonly clock: Clock;
		readonly onLeave: HomeParts['onLeave'];
		/** Told how Home is when it has closed, whoever closed it. */
		readonly onClosed?: (ui: HomeUi) => void;
	};

/** Opens the list of all runs. Needs a terminal on both streams. */
export const openHome = (options: HomeOptions): OpenScreen => {
	const {
		source,
		deeds,
		here,
		findFolder,
		taskTypes,
		roles,
		last,
		keymap,
		outside,
		clock,
		onLeave,
		onClosed = () => {},
		stdin,
		stdout,
		renderer,
		screenReader,
	} = options;
	const {noColor, look, reducedMotion} = options;
	const {notify = 'off', noticeForm, claim = () => true} = options;
	const hold = createTerminalHold({
		stdin,
		stdout,
		notify,
		noticeForm,
		onPointer: pointer => home.point(pointer),
		onDefect: error => loop.fail(error),
	});
	const home = createHome({
		source,
		deeds,
		here,
		findFolder,
		taskTypes,
		roles,
		last,
		now: clock.now,
		after: clock.after,
		onLeave: (exit, ui) => {
			onLeave(exit, ui);
			screen.close();
		},
		keymap,
		...(outside === undefined ? {} : {outside: outside(hold.borrow)}),
	});
	const unpoint = home.state.subscribe(({ui}) => hold.turnMouse(ui.mouse));
	const loop = createHomeLoop({
		home,
		paint: createHomePainter({
			theme: createTheme({color: !noColor, look}),
			reducedMotion,
			wordsOf: askInOneLine,
			spoken: screenReader,
		}),
		now: clock.now,
		after: clock.after,
		reducedMotion,
		spoken: screenReader,
		columns: stdout.columns ?? 80,
		rows: stdout.rows ?? 24,
	});
	let waiting = waitingIn(home.state.getState().facts);
	hold.tellWaiting(waiting.length);
	const unwatch = home.state.subscribe(({facts}, last) => {
		if (facts === last.facts) return;
		const before = waiting;
		waiting = waitingIn(facts);
		if (waiting.length !== before.length) hold.tellWaiting(waiting.length);
		if (notify !== 'off') hold.call(noticeOfOthers(before, waiting, {claim, here: 0}));
	});
	const screen = openScreen({
		shown: {window: home, loop, lease: hold.lease},
		stdin: hold.stdin,
		stdout,
		renderer,
		screenReader,
		now: clock.now,
		after: clock.after,
		onClosed: () => {
			unwatch();
			unpoint();
			hold.free();
			home.close();
			onClosed(home.state.getState().ui);
		},
	});
	hold.listen();
	return screen;
};

/** Opens the list of all runs and waits until the person leaves it, or the process is told to end. */
export const runHome = async (
	options: Omit<HomeOptions, 'onLeave' | 'onClosed'> & {readonly abort: AbortSignal},
): Promise<{readonly exit: HomeExit | Exclude<ClosedBy, {kind: 'quit'}>; readonly left: HomeUi}> => {
	let exit: HomeExit = {kind: 'quit'};
	let left: HomeUi | undefined;
	const screen = openHome({
		...options,
		onLeave: (chosen, ui) => {
			exit = chosen;
			left = ui;
		},
		onClosed: ui => {
			left ??= ui;
		},
	});
	const by = await untilClosed(screen, options.abort);
	return {exit: by.kind === 'quit' ? exit : by, left: left ?? firstHomeUi};
};
