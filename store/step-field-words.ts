import type {StepFields} from '../source/domain/step.ts';

const words: Readonly<Record<keyof StepFields, string>> = {
	title: 'title',
	role: 'role',
	tier: 'model',
	objective: 'objective',
	acceptance: 'when it is done',
	dependsOn: 'what it needs',
	files: 'files',
	tools: 'tools',
	toolBudget: 'tool calls',
	allowance: 'limits',
};

const isField = (name: string): name is keyof StepFields => Object.hasOwn(words, name);

/** What of a step was changed. */
export const changedFields = (changed: Partial<StepFields>): readonly (keyof StepFields)[] =>
	Object.keys(changed).filter(isField);

/** The same as a person calls it. */
export const stepFieldWords = (changed: Partial<StepFields>): string =>
	changedFields(changed)
		.map(name => words[name])
		.join(', ');
