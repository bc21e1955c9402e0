import {stepsOf} from '../../source/domain/plan.ts';
import type {View} from '../../store/action.ts';
import {candidateAt, candidatesOf} from '../../store/approve-some.ts';
import type {ApproveOverlay} from '../../store/overlay.ts';
import {sayKey} from '../../store/say-key.ts';
import {outlookOf} from '../../store/step-outlook.ts';
import {outlookWords, riskWords} from '../parts/outlook-words.ts';
import {windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** What is let through: who, what they can do at most, and which words. */
const filterLine = (overlay: ApproveOverlay): Line => [
	span('Role ', 'muted'),
	span(overlay.role ?? 'all', 'strong'),
	span('   Can do ', 'muted'),
	span(overlay.risk === undefined ? 'anything' : `at most: ${riskWords([overlay.risk])}`, 'strong'),
	span('   Text ', 'muted'),
	span(overlay.text.text === '' ? 'any' : `"${overlay.text.text}"`, 'strong'),
];

/** The steps a yes would approve, with what they may cost and do, before the one key that says it. */
export const drawApproveSome = (
	scene: OverlayScene,
	{run, keymap}: Pick<View, 'run' | 'keymap'>,
	overlay: ApproveOverlay,
): OverlayPicture => {
	const {theme} = scene;
	const {width, height} = inner(scene.main);
	const draw = (line: Line, selected = false): string => drawLine(theme, line, width, selected);
	const candidates = run === undefined ? [] : candidatesOf(run, overlay);
	const chosen = candidates.flatMap(candidate => (candidate.chosen ? [candidate.step] : []));
	const all = stepsOf(run?.plan).filter(({status}) => status.kind === 'proposed').length;
	const total =
		run === undefined || chosen.length === 0
			? 'None of them is chosen.'
			: `${sayKey(keymap, 'confirm.yes')} approves ${chosen.length} of ${all}: ${outlookWords(outlookOf(run, chosen))}`;
	const foot = [
		draw([span(total, chosen.length === 0 ? 'muted' : 'you')]),
		...(overlay.problem === undefined
			? []
			: wrapLine(overlay.problem, width).map(row => draw([span(row.text, 'failed')]))),
	];
	const head = [draw(filterLine(overlay)), ...(height >= 10 ? [draw([])] : [])];
	const room = Math.max(1, height - head.length - foot.length);
	const at = candidateAt(candidates, overlay);
	const {top, end} = windowAround(candidates.length, room, at);
	const keyColumns = Math.min(18, Math.max(6, ...candidates.map(({step}) => step.key.length)));
	const rows = candidates.slice(top, end).map(({step, chosen: isIn}, i) => {
		const on = top + i === at;
		return draw(
			[
				span(on ? '❯ ' : '  ', 'accent'),
				span(isIn ? '[x] ' : '[ ] ', isIn ? 'strong' : 'muted'),
				span(fitTo(step.key, keyColumns), isIn ? 'strong' : 'muted'),
				...(width >= 70 ? [span(` ${fitTo(step.role, 10)}`, 'muted')] : []),
				span(` ${run === undefined ? '' : outlookWords(outlookOf(run, [step]))}`),
				span(`  ${step.title}`, 'muted'),
			],
			on,
		);
	});
	const empty = candidates.length === 0 ? [draw([span('No step that waits passes this filter.', 'muted')])] : rows;
	const blank = Array.from({length: Math.max(0, room - empty.length)}, () => draw([]));
	return {
		frame: scene.main,
		title: 'Approve some',
		lines: [...head, ...empty, ...blank, ...foot],
		cursor: undefined,
		facts: {overlay: {rows: candidates.length, height: room, top}},
	};
};
