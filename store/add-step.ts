import {roleNamed} from '../source/domain/create-agent.ts';
import type {StepId} from '../source/domain/id.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import {isPending, type NewStep, type Step} from '../source/domain/step.ts';
import {fieldProblems, graphProblems} from '../source/domain/step-problems.ts';
import {closing, type Outcome} from './action.ts';
import {creatableRoles} from './agent-forms.ts';
import {chosenIn, type FormOverlay, fieldValue, formOf, manyField} from './form.ts';
import {fieldOf, idsOf, readPatch, type StepFieldName} from './step-fields.ts';

/** What is asked of a new step; its other fields are as its role has them, and are changed as those of any step. */
const asked: readonly StepFieldName[] = ['title', 'objective', 'acceptance', 'role', 'dependsOn'];

const emptyStep = (run: Run, role: string, dependsOn: readonly StepId[]): NewStep => {
	const facts = roleNamed(run, role);
	return {
		key: '',
		title: '',
		role,
		objective: '',
		files: [],
		acceptance: [],
		dependsOn,
		tier: facts?.tier ?? 'sonnet',
		toolBudget: facts?.toolBudget ?? 0,
		allowance: {},
	};
};

const firstRole = (run: Run): string => creatableRoles(run)[0] ?? '';

/** What stands for a step: what it was split into last, or the step itself. */
const standsFor = (run: Run, step: Step | undefined): Step | undefined => {
	const last = step?.status.kind === 'split' ? step.status.into.at(-1) : undefined;
	return last === undefined ? step : standsFor(run, run.plan?.steps[last]);
};

/** Where it is asked for, it most often follows. */
export const addForm = (run: Run, selected: Step | undefined): FormOverlay => {
	const behind = standsFor(run, selected);
	const draft = emptyStep(run, behind?.role ?? firstRole(run), behind === undefined ? [] : [behind.id]);
	const waiting = stepsOf(run.plan).flatMap(step => (isPending(step) && step.id !== behind?.id ? [step.key] : []));
	return formOf({
		subject: {kind: 'add'},
		title: 'New step',
		consequence: 'It waits for your approval, as every step does.',
		fields: [
			...asked.map(name => ({...fieldOf(run, draft, name), rows: name === 'title' ? 1 : 3})),
			{...manyField('neededBy', 'Needed by', waiting, [], 'They start when it is done.'), rows: 3},
		],
	});
};

/** A short word for it, unique in the plan. */
const keyFor = (run: Run, title: string): string => {
	const taken = new Set(stepsOf(run.plan).map(({key}) => key));
	const word = title
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
		.split('-')
		.filter(part => part !== '')
		.slice(0, 3)
		.join('-')
		.slice(0, 24);
	const first = word === '' ? 'step' : word;
	let key = first;
	for (let n = 2; taken.has(key); n++) key = `${first}-${n}`;
	return key;
};

const read = (run: Run, form: FormOverlay): NewStep | {readonly problem: string} => {
	const draft = emptyStep(run, fieldValue(form, 'role'), []);
	const got = readPatch(run, draft, form);
	return 'problem' in got ? got : {...draft, ...got.patch, key: keyFor(run, got.patch.title ?? '')};
};

/** The step as far as it is written; undefined when something in it cannot be read. */
export const stepIn = (run: Run, form: FormOverlay): NewStep | undefined => {
	const step = read(run, form);
	return 'problem' in step ? undefined : step;
};

/** The id it would have matters to nobody here; it only has to be no one else's. */
const unborn: StepId = 'step_new';

const cycles = (run: Run, step: NewStep, neededBy: readonly StepId[]): readonly string[] =>
	graphProblems(run, [
		{...step, id: unborn},
		...stepsOf(run.plan).flatMap(other =>
			neededBy.includes(other.id) ? [{...other, dependsOn: [...other.dependsOn, unborn]}] : [],
		),
	]);

const neededIn = (run: Run, form: FormOverlay): readonly StepId[] => idsOf(run, chosenIn(form, 'neededBy'));

/** What cannot be so, as far as it is written; what is still empty is no mistake yet. */
export const addProblems = (run: Run, form: FormOverlay): readonly string[] => {
	const step = read(run, form);
	return 'problem' in step ? [step.problem] : cycles(run, step, neededIn(run, form));
};

export const sendAdd = (run: Run, form: FormOverlay): Outcome => {
	const step = read(run, form);
	if ('problem' in step) return {kind: 'problem', text: step.problem};
	const neededBy = neededIn(run, form);
	const problems = [...fieldProblems(run, step), ...cycles(run, step, neededBy)];
	if (problems.length > 0) return {kind: 'problem', text: problems.join(' ')};
	return {
		kind: 'send',
		command: {type: 'step.add', runId: run.id, step, neededBy},
		after: view => [
			...closing(view),
			{type: 'undo.keep', undo: {kind: 'add', key: step.key}},
			...stepsOf(view.run?.plan).flatMap(({id, key}) =>
				key === step.key ? [{type: 'step.select', stepId: id} as const] : [],
			),
		],
	};
};
