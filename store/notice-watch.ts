import type {View} from './action.ts';
import {disabledReason} from './actions.ts';
import type {FleetStore} from './fleet-store.ts';
import {freshNotice} from './fresh-notice.ts';
import {createLeavingNotice} from './leaving-notice.ts';
import type {Notice, UiState} from './ui.ts';

type NoticeWatchParts = {
	readonly fleet: Pick<FleetStore, 'state' | 'run'>;
	readonly ui: () => UiState;
	readonly view: () => View;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	/** Another word is true now, or none. */
	readonly onChange: (notice: Notice | undefined) => void;
};

/** A word to the person stands until the next key, but no longer than it is true, or than it takes to read it. */
export const createNoticeWatch = ({fleet, ui, view, after, onChange}: NoticeWatchParts) => {
	const refresh = (): void => {
		const {notice} = ui();
		if (notice === undefined) return;
		const seen = view();
		const fresh = freshNotice(notice, {...seen, run: fleet.run()}, id => disabledReason(id, seen) === undefined);
		if (fresh !== notice) onChange(fresh);
	};

	const leave = fleet.state.subscribe(refresh);
	const leaving = createLeavingNotice({
		now: () => view().now,
		after,
		onOver: notice => {
			if (ui().notice === notice) onChange(undefined);
		},
	});

	return {
		/** This is the word from now on. */
		follow: leaving.follow,
		close: (): void => {
			leaving.close();
			leave();
		},
	};
};
