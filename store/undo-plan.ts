import {type Outcome, ui, type View} from './action.ts';
import {undoingOf} from './undo.ts';

/** Make the last change of the plan undone, or say why it cannot be; then the one before is the last. */
export const undoPlan = ({run, ui: {undo}}: View): Outcome => {
	const last = undo.at(-1);
	if (run === undefined || last === undefined) return ui();
	const undoing = undoingOf(run, last);
	if ('problem' in undoing)
		return ui({type: 'undo.drop'}, {type: 'notice', notice: {tone: 'refused', text: undoing.problem}});
	const [first, ...more] = undoing.commands;
	const command = first?.(run);
	if (command === undefined) return ui({type: 'undo.drop'});
	return {
		kind: 'send',
		command,
		more,
		after: () => [{type: 'undo.drop'}, {type: 'notice', notice: {tone: 'info', text: undoing.words}}],
	};
};
