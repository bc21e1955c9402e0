import type {HomeView} from '../../store/home/home-action.ts';
import type {ConfirmOverlay} from '../../store/home/home-ui.ts';
import {sayKey} from '../../store/say-key.ts';
import {drawDialog} from '../overlays/dialog.ts';
import {answers, gap} from '../overlays/dialogs.ts';
import type {OverlayPicture, OverlayScene} from '../overlays/overlay-picture.ts';

type Question = {
	readonly title: string;
	readonly ask: string;
	readonly outcome: string;
	readonly yes: string;
	readonly no: string;
};

const questionOf = ({keymap}: HomeView, kind: ConfirmOverlay['kind'], asks: number): Question => {
	switch (kind) {
		case 'stop':
			return {
				title: 'Stop?',
				ask: 'End this run at once, with all its agents?',
				outcome: `Turns and calls under way are cut off. All that was done is kept, and ${sayKey(keymap, 'home.resume')} takes the run up again.`,
				yes: 'stop it',
				no: 'let it live',
			};
		case 'archive':
			return {
				title: 'Archive?',
				ask: `Put this run out of sight, although it ${asks === 1 ? 'asks you something' : `asks you ${asks} things`}?`,
				outcome: `What it asks is not counted here while it is archived, and stays open. ${sayKey(keymap, 'home.archived')} shows the run, and ${sayKey(keymap, 'home.archive')} brings it back.`,
				yes: 'archive it',
				no: 'keep it in sight',
			};
		default:
			return kind satisfies never;
	}
};

/** Whether a run is to end or to go out of sight: which one, and what becomes of it. */
export const drawConfirm = (scene: OverlayScene, view: HomeView, {kind, runId}: ConfirmOverlay): OverlayPicture => {
	const run = view.runs.find(({summary}) => summary.id === runId);
	const {title, ask, outcome, yes, no} = questionOf(view, kind, run?.waiting.length ?? 0);
	return drawDialog(scene, title, [
		{kind: 'text', text: ask, tone: 'strong'},
		{kind: 'text', text: run?.summary.goal.split('\n')[0] ?? runId},
		{kind: 'text', text: `${runId} · ${run?.summary.dir ?? ''}`, tone: 'muted'},
		{kind: 'text', text: outcome},
		gap,
		answers(view.keymap, yes, no),
	]);
};
