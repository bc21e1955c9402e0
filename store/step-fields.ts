import {freeTools} from '../source/domain/call.ts';
import {roleNamed, toolsOf} from '../source/domain/create-agent.ts';
import {withLimit} from '../source/domain/limits.ts';
import {tiers} from '../source/domain/model.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step, StepFields} from '../source/domain/step.ts';
import {toolsOfRoles} from '../source/domain/step-problems.ts';
import {creatableRoles} from './agent-forms.ts';
import {amountText, limitHint, readLimit, unitOf} from './amount.ts';
import {
	amountField,
	choiceField,
	chosenIn,
	type FormField,
	type FormOverlay,
	fieldValue,
	manyField,
	textField,
} from './form.ts';
import type {Patch} from './undo.ts';

/** What a person may change of a step, in the order in which it is listed. */
export const stepFieldNames = [
	'title',
	'role',
	'tier',
	'objective',
	'acceptance',
	'dependsOn',
	'files',
	'tools',
	'toolBudget',
	'money',
	'tokens',
	'turns',
	'time',
] as const;
export type StepFieldName = (typeof stepFieldNames)[number];

const labels: Readonly<Record<StepFieldName, string>> = {
	title: 'Title',
	role: 'Role',
	tier: 'Model',
	objective: 'Objective',
	acceptance: 'Done when',
	dependsOn: 'Needs',
	files: 'Files',
	tools: 'Tools',
	toolBudget: 'Tool calls',
	money: 'At most $',
	tokens: 'Tokens',
	turns: 'Turns',
	time: 'Minutes',
};

type Draft = StepFields & Partial<Pick<Step, 'id'>>;

const keysOf = (run: Run, ids: StepFields['dependsOn']): readonly string[] =>
	ids.flatMap(id => run.plan?.steps[id]?.key ?? []);

/** The steps of these keys. */
export const idsOf = (run: Run, keys: readonly string[]): StepFields['dependsOn'] =>
	stepsOf(run.plan).flatMap(({id, key}) => (keys.includes(key) ? [id] : []));

/** The tools that a step can be given or not; those for speaking to the fleet it always has. */
export const worldly = (tools: readonly string[]): readonly string[] => tools.filter(tool => !freeTools.has(tool));

const toolsNow = (run: Run, draft: Draft): readonly string[] => {
	const role = roleNamed(run, draft.role);
	return role === undefined ? (draft.tools ?? []) : worldly(toolsOf(role, draft));
};

/** What stands in the list of fields, on one line. */
const shownOf = (run: Run, draft: Draft, name: StepFieldName): string => {
	switch (name) {
		case 'title':
		case 'role':
		case 'objective':
			return draft[name];
		case 'tier':
			return `${draft.tier} (${run.settings.models[draft.tier].id})`;
		case 'acceptance':
			return draft.acceptance.join(' · ');
		case 'dependsOn':
			return keysOf(run, draft.dependsOn).join(', ') || 'nothing';
		case 'files':
			return draft.files.join(', ') || 'none named';
		case 'tools':
			return `${(draft.tools ?? []).length === 0 ? 'as its role: ' : ''}${toolsNow(run, draft).join(', ') || 'none'}`;
		case 'toolBudget':
			return `at most ${draft.toolBudget}`;
		case 'money':
		case 'tokens':
		case 'turns':
		case 'time': {
			const limit = draft.allowance[name];
			return limit === undefined ? 'no limit of its own' : `at most ${amountText(name, limit)}`;
		}
		default:
			return name satisfies never;
	}
};

/** Every field of a step with what it holds. */
export const stepFields = (
	run: Run,
	step: Step,
): readonly {readonly name: StepFieldName; readonly label: string; readonly shown: string}[] =>
	stepFieldNames.map(name => ({name, label: labels[name], shown: shownOf(run, step, name)}));

const lines = (name: StepFieldName, texts: readonly string[], hint: string): FormField =>
	textField(name, labels[name], texts.join('\n'), `${hint} One on each line: Alt+Enter begins another.`, 5);

/** The field as it is changed. */
export const fieldOf = (run: Run, draft: Draft, name: StepFieldName): FormField => {
	const label = labels[name];
	switch (name) {
		case 'title':
			return textField(name, label, draft.title);
		case 'objective':
			return textField(name, label, draft.objective, 'What to do, where, and what to hand over.', 5);
		case 'role':
			return choiceField(name, label, [...new Set([...creatableRoles(run), draft.role])], draft.role);
		case 'tier':
			return choiceField(name, label, tiers, draft.tier, 'The cheapest tier comes first.');
		case 'acceptance':
			return lines(name, draft.acceptance, 'How one can tell that the step is done.');
		case 'files':
			return lines(name, draft.files, `Paths or globs below ${run.settings.dir}.`);
		case 'dependsOn': {
			const others = stepsOf(run.plan).flatMap(({id, key, status}) =>
				id === draft.id || status.kind === 'split' ? [] : [key],
			);
			return manyField(name, label, others, keysOf(run, draft.dependsOn), 'It starts when they are done.');
		}
		case 'tools':
			return manyField(
				name,
				label,
				worldly(toolsOfRoles(run.settings.roles)),
				toolsNow(run, draft),
				'Its agent can always report and ask.',
			);
		case 'toolBudget':
			return amountField(name, label, String(draft.toolBudget), 'The most tool calls its agent may make.');
		case 'money':
		case 'tokens':
		case 'turns':
		case 'time': {
			const limit = draft.allowance[name];
			const text = limit === undefined ? '' : amountText(name, limit);
			return amountField(name, label, text, `The most it may use, in ${unitOf[name]}. ${limitHint(text)}`);
		}
		default:
			return name satisfies never;
	}
};

const linesIn = (text: string): readonly string[] =>
	text
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '');

const readField = (
	run: Run,
	draft: Draft,
	form: Pick<FormOverlay, 'fields'>,
	name: StepFieldName,
): Patch | {readonly problem: string} => {
	const text = fieldValue(form, name).trim();
	switch (name) {
		case 'title':
		case 'role':
		case 'objective':
			return {[name]: text};
		case 'tier':
			return {tier: tiers.find(tier => tier === text) ?? draft.tier};
		case 'acceptance':
		case 'files':
			return {[name]: linesIn(text)};
		case 'dependsOn':
			return {dependsOn: idsOf(run, chosenIn(form, name))};
		case 'tools': {
			const tools = chosenIn(form, name);
			if (tools.length === 0) return {problem: 'Without a tool its agent could only report: choose one.'};
			const role = roleNamed(run, draft.role);
			const own = worldly(role?.tools ?? []);
			return {tools: own.length === tools.length && tools.every(tool => own.includes(tool)) ? [] : tools};
		}
		case 'toolBudget':
			return /^\d+$/.test(text)
				? {toolBudget: Number(text)}
				: {problem: 'The tool budget is a whole number of calls, 0 or more.'};
		case 'money':
		case 'tokens':
		case 'turns':
		case 'time': {
			const read = readLimit(name, text);
			if ('problem' in read) return read;
			// What has no limit of its own is not changed by having none.
			if (read.amount === draft.allowance[name]) return {};
			return {allowance: withLimit(draft.allowance, name, read.amount)};
		}
		default:
			return name satisfies never;
	}
};

const isFieldName = (name: string): name is StepFieldName => stepFieldNames.some(known => known === name);

/**
 * What was changed in a form, or what cannot be read. Whether it may be so is not asked here; what is as it was is left
 * out.
 */
export const readPatch = (
	run: Run,
	draft: Draft,
	form: Pick<FormOverlay, 'fields'>,
): {readonly patch: Patch} | {readonly problem: string} => {
	let patch: Patch = {};
	for (const {name} of form.fields) {
		if (!isFieldName(name)) continue;
		// Only what was touched is read: an amount that was rounded to be shown stays what it is.
		if (fieldValue(form, name).trim() === fieldValue({fields: [fieldOf(run, draft, name)]}, name).trim()) continue;
		const read = readField(run, {...draft, ...patch}, form, name);
		if ('problem' in read) return read;
		patch = {...patch, ...read};
	}
	return {patch};
};
