import type {HomeView} from '../../store/home/home-action.ts';
import type {StopOverlay} from '../../store/home/home-ui.ts';
import {sayKey} from '../../store/say-key.ts';
import {drawDialog} from '../overlays/dialog.ts';
import {answers, gap} from '../overlays/dialogs.ts';
import type {OverlayPicture, OverlayScene} from '../overlays/overlay-picture.ts';

/** Whether a run is to end: which one, and what becomes of it. */
export const drawStop = (scene: OverlayScene, {runs, keymap}: HomeView, {runId}: StopOverlay): OverlayPicture => {
	const summary = runs.find(run => run.summary.id === runId)?.summary;
	return drawDialog(scene, 'Stop?', [
		{kind: 'text', text: 'End this run at once, with all its agents?', tone: 'strong'},
		{kind: 'text', text: summary?.goal.split('\n')[0] ?? runId},
		{kind: 'text', text: `${runId} · ${summary?.dir ?? ''}`, tone: 'muted'},
		{
			kind: 'text',
			text: `Turns and calls under way are cut off. All that was done is kept, and ${sayKey(keymap, 'home.resume')} takes the run up again.`,
		},
		gap,
		answers(keymap, 'stop it', 'let it live'),
	]);
};
