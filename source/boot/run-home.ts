import {createHomeLoop} from '../../components/home/home-loop.ts';
import {createHomePainter} from '../../components/home/home-painter.ts';
import {type OpenScreen, openScreen} from '../../components/open-screen.tsx';
import {createTerminalLease} from '../../components/terminal-lease.ts';
import {createTheme} from '../../components/theme.ts';
import {createHome, type HomeParts, type HomeSource} from '../../store/home/home.ts';
import type {HomeExit} from '../../store/home/home-action.ts';
import type {HomeDeeds} from '../../store/home/home-deeds.ts';
import type {HomeReturn} from '../../store/home/home-return.ts';
import {waitingIn} from '../../store/home/home-runs.ts';
import {firstHomeUi, type HomeUi} from '../../store/home/home-ui.ts';
import type {Clock} from '../engine/clock.ts';
import {createFocus} from './focus.ts';
import {createMouse} from './mouse.ts';
import {noticeCode, noticeOfOthers} from './notice.ts';
import {askInOneLine} from './request-words.ts';
import type {ScreenOptions} from './screen-options.ts';
import {restoreTitle, saveTitle, titleOf} from './terminal-title.ts';
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
		stdin,
		stdout,
		renderer,
		screenReader,
	} = options;
	const {noColor, look, reducedMotion} = options;
	const {notify = 'off', noticeForm = {code: 9, tmux: false}, claim = () => true} = options;
	const focus = createFocus(code => void stdout.write(code));
	const lease = createTerminalLease();
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
		...(outside === undefined
			? {}
			: {outside: outside(call => lease.borrow(() => focus.without(() => mouse.without(call))))}),
	});
	const mouse = createMouse({
		stdin,
		read: focus.read,
		write: code => void stdout.write(code),
		onPointer: home.point,
		onDefect: error => loop.fail(error),
	});
	const unpoint = home.state.subscribe(({ui}) => mouse.turn(ui.mouse));
	const loop = createHomeLoop({
		home,
		paint: createHomePainter({theme: createTheme({color: !noColor, look}), reducedMotion, wordsOf: askInOneLine}),
		now: clock.now,
		after: clock.after,
		reducedMotion,
		columns: stdout.columns ?? 80,
		rows: stdout.rows ?? 24,
	});
	let waiting = waitingIn(home.state.getState().facts);
	stdout.write(saveTitle + titleOf(waiting.length));
	const unwatch = home.state.subscribe(({facts}, last) => {
		if (facts === last.facts) return;
		const before = waiting;
		waiting = waitingIn(facts);
		if (waiting.length !== before.length) stdout.write(titleOf(waiting.length));
		const notice = notify === 'off' ? undefined : noticeOfOthers(before, waiting, {claim, here: 0});
		// Who looks at Home sees it.
		if (notice !== undefined && focus.has() !== true) stdout.write(noticeCode(notify, notice, noticeForm));
	});
	const screen = openScreen({
		shown: {window: home, loop, lease},
		stdin: mouse.stdin,
		stdout,
		renderer,
		screenReader,
		now: clock.now,
		after: clock.after,
		onClosed: () => {
			unwatch();
			unpoint();
			mouse.turn(false);
			focus.turn(false);
			home.close();
			stdout.write(restoreTitle);
		},
	});
	// Only now is what the terminal answers not shown on it.
	focus.turn(notify !== 'off');
	return screen;
};

/** Opens the list of all runs and waits until the person leaves it, or the process is told to end. */
export const runHome = async (
	options: Omit<HomeOptions, 'onLeave'> & {readonly abort: AbortSignal},
): Promise<{readonly exit: HomeExit | Exclude<ClosedBy, {kind: 'quit'}>; readonly left: HomeUi}> => {
	let exit: HomeExit = {kind: 'quit'};
	let left = firstHomeUi;
	const screen = openHome({
		...options,
		onLeave: (chosen, ui) => {
			exit = chosen;
			left = ui;
		},
	});
	const by = await untilClosed(screen, options.abort);
	return {exit: by.kind === 'quit' ? exit : by, left};
};
