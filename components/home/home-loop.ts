import type {Home} from '../../store/home/home.ts';
import {nothingSeen} from '../../store/home/home-action.ts';
import {createDrawLoop, type DrawLoop, type Timer} from '../draw-loop.ts';
import type {createHomePainter} from './home-painter.ts';

type HomeLoopParts = {
	readonly home: Home;
	readonly paint: ReturnType<typeof createHomePainter>;
	/** ms of the clock that `after` goes by. */
	readonly now: () => number;
	readonly after: Timer;
	readonly reducedMotion: boolean;
	/** It is read aloud. */
	readonly spoken?: boolean;
	readonly columns: number;
	readonly rows: number;
};

/** How often Home is drawn for the sake of glyphs that move, and of ages that count up; ms. */
const movingMs = 250;
const countingMs = 1000;
/** What is read aloud begins anew each time, so that ages alone are a reason only now and then. */
const readingMs = 60_000;

/** The frames of Home. */
export const createHomeLoop = ({
	home,
	paint,
	now,
	after,
	reducedMotion,
	spoken = false,
	columns,
	rows,
}: HomeLoopParts): DrawLoop =>
	createDrawLoop({
		paint: (width, height) => paint(home.view(), width, height),
		noFacts: nothingSeen,
		connect: home.connect,
		watch: ({byKey, byNews}) =>
			home.state.subscribe((state, last) => {
				if (state.ui === last.ui) byNews();
				else byKey();
			}),
		tickMs: () => {
			const {runs} = home.view();
			if (runs.length === 0) return undefined;
			if (spoken) return readingMs;
			return runs.some(({word}) => word === 'working') && !reducedMotion ? movingMs : countingMs;
		},
		onTick: () => {},
		now,
		after,
		columns,
		rows,
	});
