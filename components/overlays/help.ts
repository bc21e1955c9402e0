import type {Context} from '../../store/context.ts';
import {helpGroups} from '../../store/hints.ts';
import type {Keymap} from '../../store/keymap.ts';
import type {HelpOverlay} from '../../store/overlay.ts';
import {drawHelp, helpRows, type KeyGroup} from '../panes/help-view.ts';
import {drawLine, span} from '../text/spans.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const groupsOf = (keymap: Keymap, place: Context): readonly KeyGroup[] =>
	helpGroups(keymap, place).map(({group, keys}) => ({
		title: group,
		keys: keys.map(({keys: key, title}) => ({key, label: title})),
	}));

/** All keys, those of the place first that the help was opened in. */
export const drawHelpOverlay = (
	scene: OverlayScene,
	keymap: Keymap,
	place: Context,
	overlay: HelpOverlay,
): OverlayPicture => {
	const groups = groupsOf(keymap, place);
	const {width, height} = inner(scene.main);
	const rows = helpRows(groups, width);
	const room = rows > height && height > 1 ? height - 1 : height;
	const top = Math.max(0, Math.min(overlay.top, rows - room));
	const more = [...(top > 0 ? ['↑ more'] : []), ...(top + room < rows ? ['↓ more'] : [])].join('   ');
	return {
		frame: scene.main,
		title: 'Keys',
		lines: [
			...drawHelp({theme: scene.theme, groups, scroll: top}, width, room),
			...(room < height ? [drawLine(scene.theme, [span(more, 'strong')], width)] : []),
		],
		cursor: undefined,
		facts: {overlay: {rows, height: room, top}},
	};
};
