import type {Facts} from '../../store/facts.ts';
import type {ActionId} from '../../store/keymap.ts';
import type {Rect} from '../layout.ts';
import type {Scene} from '../panes/scene.ts';
import type {Cell} from './field.ts';

/** An overlay as it is drawn: `lines` and `cursor` lie inside the border of `frame`. */
export type OverlayPicture = {
	readonly frame: Rect;
	readonly title: string;
	readonly lines: readonly string[];
	/** Read aloud, the lines are told as they stand: they may be part of what a person says yes to. */
	readonly exact?: boolean;
	readonly cursor: Cell | undefined;
	/** The action on a line of a list of actions. */
	readonly actionAt?: (line: number) => ActionId | undefined;
	/** What moving through it needs to know. */
	readonly facts: Partial<Pick<Facts, 'overlay' | 'transcript' | 'files' | 'file' | 'copy' | 'palette'>>;
};

/** What overlays are drawn with: `main` is the place of all panes together, border included. */
export type OverlayScene = Scene & {readonly main: Rect};

/** Inside a border. */
export const inner = ({width, height}: Rect): {readonly width: number; readonly height: number} => ({
	width: Math.max(0, width - 2),
	height: Math.max(0, height - 2),
});

/** A box for so many lines in the middle of the panes, no larger than they are. */
export const centred = (main: Rect, columns: number, lines: number): Rect => {
	const width = Math.min(main.width, columns);
	const height = Math.min(main.height, lines + 2);
	return {
		x: main.x + Math.floor((main.width - width) / 2),
		y: main.y + Math.floor((main.height - height) / 2),
		width,
		height,
	};
};
