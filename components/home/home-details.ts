import type {Ask} from '../../source/domain/request.ts';
import {type HomeRun, standsSince} from '../../store/home/home-runs.ts';
import type {Scene} from '../panes/scene.ts';
import {age} from '../parts/age.ts';
import {stepsToDo} from '../parts/steps-to-do.ts';
import {sanitise} from '../text/sanitise.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {toneOf} from '../theme.ts';
import {costOf, homeMark} from './home-list.ts';

/** Lines of the details: two of the goal, two about the run, one of what it waits for. */
export const detailLines = 5;

const goalLines = 2;

/** The selected run: the goal as far as there is room, where it stands, what it waits for. */
export const drawHomeDetails = (
	{theme, now}: Scene,
	run: HomeRun,
	wordsOf: (ask: Ask) => string,
	width: number,
	height: number,
): readonly string[] => {
	const {summary, word} = run;
	const {id, goal, dir, steps, createdAt} = summary;
	const wrapped = sanitise(goal)
		.split('\n')
		.flatMap(line => wrapLine(line, width));
	const failed = steps.failed === 0 ? '' : `, ${steps.failed} failed`;
	const done = steps.total === 0 ? 'no plan yet' : `${steps.done} of ${stepsToDo(word, steps)} steps done${failed}`;
	const state: Line = [
		span(word, toneOf[homeMark[word]]),
		span(` for ${age(now - standsSince(run))} · ${done} · ${costOf(run)} · began ${age(now - createdAt)} ago`, 'muted'),
	];
	// Without a request it is not asked what it waits for: the window on it shows that.
	const asks =
		run.waiting.length === 0 ? ['nothing goes on without you, look at it'] : run.waiting.map(({ask}) => wordsOf(ask));
	const waits = word === 'needs you' ? asks : [];
	const waiting: Line = waits.length === 0 ? [] : [span(`waits: ${waits.join('; ')}`, 'you')];
	const lines: readonly Line[] = [
		...wrapped.slice(0, goalLines).map((row, i): Line => {
			const more = i === goalLines - 1 && wrapped.length > goalLines;
			return [span(more ? `${row.text.slice(0, Math.max(0, width - 2))} …` : row.text, 'strong')];
		}),
		state,
		[span(`${id} · ${dir}`, 'muted')],
		waiting,
	];
	return drawPage(
		lines.map(line => drawLine(theme, line, width)),
		width,
		height,
	);
};
