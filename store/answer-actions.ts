import {type Outcome, type Rule, ui, type View} from './action.ts';
import {topOverlay} from './ui.ts';
import {undoPlan} from './undo-plan.ts';
import {latestWaiting, nameOf} from './waiting-answer.ts';

const takeBack = ({ui: state, now}: View): Outcome => {
	const latest = latestWaiting(state);
	const overlay = topOverlay(state);
	if (latest === undefined) return ui();
	const {input} = latest;
	return ui(
		{type: 'answers.drop', name: nameOf(latest)},
		...(overlay?.kind === 'requests'
			? [
					{
						type: 'overlay.replace',
						overlay: {
							...overlay,
							requestId: nameOf(latest),
							appearedAt: now,
							input: input?.kind === 'many' ? {...input, since: now} : input,
							top: 0,
							problem: undefined,
						},
					} as const,
				]
			: [{type: 'answer.keep', requestId: nameOf(latest), input} as const]),
		{type: 'notice', notice: {tone: 'info', text: 'Taken back: it waits for you again.'}},
	);
};

/** An answer that waits comes first: it has only a moment. */
export const answerActions = {
	'answer.takeBack': {
		disabled: ({ui: state}) =>
			latestWaiting(state) === undefined && (state.undo.length === 0 || state.past !== undefined)
				? 'Nothing can be taken back: no answer waits to be sent, and no change of the plan is left that this window made.'
				: undefined,
		act: view => (latestWaiting(view.ui) === undefined ? undoPlan(view) : takeBack(view)),
	},
} as const satisfies Readonly<Record<string, Rule>>;
