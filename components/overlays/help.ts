import {helpGroups} from '../../store/hints.ts';
import type {HelpOverlay} from '../../store/ui.ts';
import {drawHelp, helpRows, type KeyGroup} from '../panes/help-view.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const groups: readonly KeyGroup[] = helpGroups.map(({group, keys}) => ({
	title: group,
	keys: keys.map(({keys: key, title}) => ({key, label: title})),
}));

export const drawHelpOverlay = (scene: OverlayScene, overlay: HelpOverlay): OverlayPicture => {
	const {width, height} = inner(scene.main);
	const rows = helpRows(groups, width);
	const top = Math.max(0, Math.min(overlay.top, rows - height));
	return {
		frame: scene.main,
		title: 'Keys',
		lines: drawHelp({theme: scene.theme, groups, scroll: top}, width, height),
		cursor: undefined,
		facts: {overlay: {rows, height, top}},
	};
};
