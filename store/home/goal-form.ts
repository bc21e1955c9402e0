import {choiceField, type FormOverlay, type FormProblem, fieldValue, formOf, textField} from '../form.ts';
import {changedFields} from '../kept-forms.ts';

/** A goal, with what is said about its run. What is undefined is as the configuration says. */
export type GoalOrder = {
	readonly goal: string;
	readonly dir: string | undefined;
	readonly taskType: string | undefined;
	/** The one agent that is given the goal. */
	readonly role: string | undefined;
	readonly mode: string | undefined;
	/** US dollars. */
	readonly budget: string | undefined;
};

export const bareGoal = (goal: string): GoalOrder => ({
	goal,
	dir: undefined,
	taskType: undefined,
	role: undefined,
	mode: undefined,
	budget: undefined,
});

/** Stands for what is not said. */
const asConfigured = 'as configured';
const guessed = 'guess it from the goal';
const planned = 'as a planner divides the goal';
const unsaid: ReadonlySet<string> = new Set(['', asConfigured, guessed, planned]);

const byLetter = 'Up and down choose, a letter goes to the next that begins with it.';

const choice = (
	name: string,
	label: string,
	options: readonly string[],
	hint = byLetter,
): FormOverlay['fields'][number] => ({
	...choiceField(name, label, options, options[0] ?? '', hint),
	rows: 3,
});

export const goalForm = (dir: string, taskTypes: readonly string[], roles: readonly string[]): FormOverlay =>
	formOf({
		subject: {kind: 'goal'},
		title: 'A new goal',
		question: 'What is to be reached?',
		fields: [
			textField('goal', 'Goal', '', 'In as many lines as you like: Ctrl+J begins another one. Ctrl+S starts.', 4),
			textField('dir', 'Folder', dir, 'The folder to work on; ~ is your home folder.'),
			choice('taskType', 'Task type', [guessed, ...taskTypes]),
			choice('role', 'Role', [planned, ...roles], `One agent of the role gets the whole goal. ${byLetter}`),
			choice('mode', 'Mode', [asConfigured, 'parallel', 'sequential']),
			textField('budget', 'Budget', '', 'The most it may cost, in US dollars; empty: as configured.'),
		],
	});

/** Whether more than a goal is said in a form. What was chosen counts as well: no key says it in the line. */
export const saysMore = (form: FormOverlay): boolean => changedFields(form).some(({name}) => name !== 'goal');

/** What a form asks for, or what is wrong with it. Its folder nobody has looked at yet. */
export const readGoalForm = (form: FormOverlay): GoalOrder | FormProblem => {
	const said = (name: string): string | undefined => {
		const value = fieldValue(form, name).trim();
		return unsaid.has(value) ? undefined : value;
	};
	const goal = said('goal');
	const budget = said('budget');
	if (goal === undefined) return {problem: 'Say what is to be reached.', field: 'goal'};
	if (budget !== undefined && !(/^\d*\.?\d+$/.test(budget) && Number(budget) > 0))
		return {problem: `The budget "${budget}" is no amount of US dollars, such as 2.50.`, field: 'budget'};
	return {goal, dir: said('dir'), taskType: said('taskType'), role: said('role'), mode: said('mode'), budget};
};
