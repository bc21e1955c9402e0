import {type Outcome, type Rule, ui, type View} from './action.ts';
import {topOverlay} from './ui.ts';
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
			: []),
		{type: 'notice', notice: {tone: 'info', text: 'Taken back: it waits for you again.'}},
	);
};

/** What can be done about an answer that was given a moment ago. */
export const answerActions = {
	'answer.takeBack': {
		disabled: ({ui: state}) =>
			latestWaiting(state) === undefined ? 'Nothing can be taken back: no answer waits to be sent.' : undefined,
		act: takeBack,
	},
} as const satisfies Readonly<Record<string, Rule>>;
