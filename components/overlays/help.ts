import type {Context} from '../../store/context.ts';
import {helpGroups} from '../../store/hints.ts';
import type {Keymap} from '../../store/keymap.ts';
import type {HelpOverlay} from '../../store/overlay.ts';
import {drawHelp, helpRows, type KeyGroup} from '../panes/help-view.ts';
import {chartSigns, criticalSign} from '../panes/plan-chart.ts';
import {drawLine, span} from '../text/spans.ts';
import {glyphOf, type Mark} from '../theme.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** What the glyphs of steps, agents and runs mean, in the order in which the header counts them. */
const meanings: readonly (readonly [Mark, string])[] = [
	['needsYou', 'needs you'],
	['failed', 'failed'],
	['working', 'working'],
	['stalled', 'blocked, or tries again soon'],
	['paused', 'paused or held'],
	['queued', 'queued'],
	['done', 'done'],
	['stopped', 'rejected or stopped'],
	['skipped', 'skipped'],
	['split', 'split into other steps'],
	['unknown', 'nobody knows how it ended'],
];

const states: KeyGroup['keys'] = [
	...meanings.map(([mark, label]) => ({key: glyphOf(mark, undefined), label})),
	{key: `${glyphOf('queued', undefined)}2`, label: 'header: 2 steps are queued'},
	{key: '', label: '(an agent without a step counts)'},
];

const signs: KeyGroup = {
	title: 'Signs',
	keys: [...states, {key: '❯ ▌', label: 'where you are'}, {key: '┊ !', label: 'a thought; a warning'}],
};

const signsRead: KeyGroup = {
	title: 'Signs',
	keys: [...states, {key: '❯', label: 'where you are'}, {key: '!', label: 'a warning'}],
};

const signsOverTime: KeyGroup = {
	title: 'Signs of the plan over time',
	keys: [...chartSigns.map(([key, label]) => ({key, label})), {key: criticalSign, label: 'decides when the run ends'}],
};

/** Read aloud, signs that are only seen are not explained. */
const groupsOf = (keymap: Keymap, place: Context, spoken: boolean): readonly KeyGroup[] => {
	const [here, ...others] = helpGroups(keymap, place).map(({group, keys}) => ({
		title: group,
		keys: keys.map(({keys: key, title}) => ({key, label: title})),
	}));
	return [
		...(here === undefined ? [] : [here]),
		spoken ? signsRead : signs,
		...others,
		...(spoken ? [] : [signsOverTime]),
	];
};

/** All keys, those of the place first that the help was opened in, and what the signs mean. */
export const drawHelpOverlay = (
	scene: OverlayScene,
	keymap: Keymap,
	place: Context,
	overlay: HelpOverlay,
): OverlayPicture => {
	const {theme, spoken = false} = scene;
	const groups = groupsOf(keymap, place, spoken);
	const {width, height} = inner(scene.main);
	const rows = helpRows(groups, width, spoken);
	const room = rows > height && height > 1 ? height - 1 : height;
	const top = Math.max(0, Math.min(overlay.top, rows - room));
	const more = [...(top > 0 ? ['↑ more'] : []), ...(top + room < rows ? ['↓ more'] : [])].join('   ');
	return {
		frame: scene.main,
		title: 'Keys',
		lines: [
			...drawHelp({theme, groups, scroll: top, spoken}, width, room),
			...(room < height ? [drawLine(theme, [span(more, 'strong')], width)] : []),
		],
		cursor: undefined,
		facts: {overlay: {rows, height: room, top}},
	};
};
