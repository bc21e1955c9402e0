import {always} from '../action.ts';
import {editedText} from '../edited-text.ts';
import {activeField, atField, type FormOverlay, nearOption, refusedForm, withValue} from '../form.ts';
import {keptNotice} from '../kept-words.ts';
import type {ActionId} from '../keymap.ts';
import {sayKey} from '../say-key.ts';
import {editText, emptyText, insertText} from '../text-buffer.ts';
import {recall} from '../text-history.ts';
import {bareGoal, goalForm, readGoalForm, saysMore} from './goal-form.ts';
import {type HomeOutcome, type HomeRule, type HomeView, refusal, shown} from './home-action.ts';
import {homeTextTarget} from './home-text-target.ts';

const sendForm = ({ui}: HomeView): HomeOutcome => {
	if (ui.overlay?.kind !== 'form') return shown(ui);
	const order = readGoalForm(ui.overlay);
	return 'problem' in order
		? shown({...ui, overlay: refusedForm(ui.overlay, order)})
		: {kind: 'start', order, form: ui.overlay};
};

/** The form for the goal of the line, with what was said in it before. */
const formFor = ({ui: {goal, draft}, here, taskTypes, roles}: HomeView): FormOverlay => {
	const form = draft ?? goalForm(here, taskTypes, roles);
	return {...withValue(form, 'goal', goal.buffer.text), at: 0, problem: undefined};
};

/** What was said about the run beyond its goal would be lost on the way that only knows the goal. */
const startFromLine = (view: HomeView): HomeOutcome => {
	const {ui, keymap} = view;
	const goal = ui.goal.buffer.text.trim();
	if (goal === '') return refusal(ui, 'Say what is to be reached.');
	if (ui.draft === undefined || !saysMore(ui.draft))
		return {kind: 'leave', exit: {kind: 'start', order: bareGoal(goal)}};
	const problem = `More than the goal was said about this run: ${sayKey(keymap, 'form.send')} starts it so.`;
	return shown({...ui, overlay: {...formFor(view), problem}});
};

/** The form of the goal is closed. What was written is still there when the person comes again. */
export const leaveForm = (form: FormOverlay, view: HomeView): HomeOutcome => {
	const {ui, keymap} = view;
	const goal = form.fields[0];
	const put = {
		...ui,
		overlay: undefined,
		goal: goal?.kind === 'text' ? {...ui.goal, buffer: goal.buffer} : ui.goal,
		draft: form,
	};
	if (!saysMore(form)) return shown(put);
	return shown({...put, notice: keptNotice(`${sayKey(keymap, 'home.fields')} shows it again`)});
};

const choose =
	(step: 1 | -1) =>
	({ui}: HomeView): HomeOutcome => {
		const form = ui.overlay;
		const field = form?.kind === 'form' ? activeField(form) : undefined;
		return form?.kind !== 'form' || field?.kind !== 'choice'
			? shown(ui)
			: shown({...ui, overlay: withValue(form, field.name, nearOption(field, step))});
	};

/** The text that is being typed goes to the editor, and what was saved comes back into its place. */
const editTyped = ({ui}: HomeView): HomeOutcome => {
	const given = homeTextTarget(ui)?.buffer;
	return given === undefined
		? shown(ui)
		: {
				kind: 'edit',
				name: 'goal.md',
				text: given.text,
				next: (now, saved) => {
					const target = homeTextTarget(now.ui);
					if (target === undefined || saved === given.text) return shown(now.ui);
					return shown(target.put(insertText(emptyText, editedText(saved), target.lines)));
				},
			};
};

const toField = (step: 1 | -1): HomeRule => ({
	disabled: always,
	act: ({ui}) => shown(ui.overlay?.kind === 'form' ? {...ui, overlay: atField(ui.overlay, step)} : ui),
});

/** In a goal of several lines the arrows first move through its lines. */
const recallGoal = (name: 'up' | 'down'): HomeRule => ({
	disabled: always,
	act: ({ui}) => {
		const moved = editText(ui.goal.buffer, {name, text: ''}, 'many');
		const goal =
			moved === undefined ? recall(ui.history, ui.goal, name === 'up' ? 1 : -1) : {...ui.goal, buffer: moved};
		return shown({...ui, goal});
	},
});

/** What the keys do with a new goal, in the line at the bottom and in its form. */
export const goalActions: Partial<Readonly<Record<ActionId, HomeRule>>> = {
	'home.goal': {disabled: always, act: ({ui}) => shown({...ui, typing: 'goal'})},
	'home.start': {
		disabled: always,
		act: startFromLine,
	},
	'home.fields': {
		disabled: always,
		act: view => shown({...view.ui, overlay: formFor(view)}),
	},
	'home.older': recallGoal('up'),
	'home.newer': recallGoal('down'),
	'form.send': {disabled: always, act: sendForm},
	'text.edit': {disabled: always, act: editTyped},
	'form.next': toField(1),
	'form.previous': toField(-1),
	'choice.previous': {disabled: always, act: choose(-1)},
	'choice.next': {disabled: always, act: choose(1)},
};
