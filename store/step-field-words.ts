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

/** What of a step was changed, as a person calls it. */
export const stepFieldWords = (changed: Partial<StepFields>): string =>
	Object.keys(changed)
		.map(name => (isField(name) ? words[name] : name))
		.join(', ');
