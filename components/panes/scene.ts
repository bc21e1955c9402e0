import type {Theme} from '../theme.ts';

/** What every pane is drawn with. */
export type Scene = {
	readonly theme: Theme;
	/** ms since 1970. Ages are counted up to here. */
	readonly now: number;
	/** Counts up while something works; undefined keeps everything still. */
	readonly frame: number | undefined;
	/** Whether keys go to this pane. Only there the selection is a bar. */
	readonly focused: boolean;
	/** It is read aloud, line by line: nothing stands beside another thing, and no bar is needed to tell how much. */
	readonly spoken?: boolean | undefined;
};
