import {findCycle} from './find-cycle.ts';
import type {StepId} from './id.ts';
import {tiers} from './model.ts';
import {stepsOf} from './plan.ts';
import {isProtectedPath} from './protected-path.ts';
import type {RoleFacts} from './role.ts';
import type {Run} from './run.ts';
import type {StepFields} from './step.ts';

/** Every tool that a role of the run has. */
export const toolsOfRoles = (roles: Readonly<Record<string, RoleFacts>>): readonly string[] =>
	[...new Set(Object.values(roles).flatMap(role => role.tools))].sort();

/** Into the run's own folder for deliverables. */
const outputsPrefix = 'outputs:';

/** The path below the project; undefined when it leads out of it. Judged by its words alone: it need not exist. */
const innerPath = (dir: string, file: string): string | undefined => {
	const isAbsolute = file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file);
	const below = `${dir}/`;
	if (isAbsolute && file !== dir && !file.startsWith(below)) return undefined;
	const inner: string[] = [];
	for (const part of (isAbsolute ? file.slice(below.length) : file).split(/[\\/]/)) {
		if (part === '' || part === '.') continue;
		if (part !== '..') inner.push(part);
		else if (inner.pop() === undefined) return undefined;
	}
	return inner.join('/');
};

const fileProblem = (dir: string, file: string): string | undefined => {
	if (file.trim() === '') return 'A file has no name.';
	if (file.startsWith('~')) return `"${file}" is outside of the project. Name files relative to ${dir}.`;
	const inner = innerPath(dir, file.startsWith(outputsPrefix) ? file.slice(outputsPrefix.length) : file);
	if (inner === undefined) return `"${file}" is outside of the project. Name files relative to ${dir}.`;
	return isProtectedPath(inner) ? `"${file}" is protected: agents cannot reach it.` : undefined;
};

/** What is wrong with single fields of a step, without regard to other steps. */
export const fieldProblems = (
	{settings: {roles, dir}}: Pick<Run, 'settings'>,
	patch: Partial<StepFields>,
): readonly string[] => {
	const problems: string[] = [];
	const {title, objective, role, tier, toolBudget, tools, files, acceptance} = patch;
	if (title !== undefined && title.trim() === '') problems.push('The title is empty.');
	if (objective !== undefined && objective.trim() === '') problems.push('The objective is empty.');
	if (role !== undefined && !Object.hasOwn(roles, role))
		problems.push(`There is no role "${role}". Known: ${Object.keys(roles).join(', ')}.`);
	if (tier !== undefined && !tiers.includes(tier))
		problems.push(`There is no tier "${tier}". Known: ${tiers.join(', ')}.`);
	if (toolBudget !== undefined && !(Number.isInteger(toolBudget) && toolBudget >= 0))
		problems.push('The tool budget is a whole number of calls, 0 or more.');
	const known = toolsOfRoles(roles);
	for (const tool of tools ?? [])
		if (!known.includes(tool)) problems.push(`There is no tool "${tool}". Known: ${known.join(', ')}.`);
	for (const file of files ?? []) problems.push(...[fileProblem(dir, file)].filter(words => words !== undefined));
	if (acceptance !== undefined && !acceptance.some(text => text.trim() !== ''))
		problems.push('It is not said when the step is done: say how one can tell (acceptance).');
	return problems;
};

/** Why steps cannot depend on each other so; `changed` are those that are new or need other steps than before. */
export const graphProblems = (
	{plan}: Pick<Run, 'plan'>,
	changed: readonly {readonly id: StepId; readonly key: string; readonly dependsOn: readonly StepId[]}[],
): readonly string[] => {
	const known = stepsOf(plan);
	const nodes = [
		...known.map(step => changed.find(({id}) => id === step.id) ?? step),
		...changed.filter(({id}) => known.every(step => step.id !== id)),
	];
	const keyOf = new Map<string, string>(nodes.map(({id, key}) => [id, key]));
	const split = known.flatMap(({id, key, status}) =>
		status.kind === 'split' && changed.some(({dependsOn}) => dependsOn.includes(id))
			? [`${key} is split: name one of its parts, such as ${keyOf.get(status.into.at(-1) ?? '') ?? 'the last'}.`]
			: [],
	);
	const lost = changed.flatMap(({dependsOn}) => dependsOn.filter(id => !keyOf.has(id)));
	const cycle = findCycle(nodes.map(({id, dependsOn}) => ({key: id, dependsOn})));
	return [
		...lost.map(id => `There is no step ${id} to depend on.`),
		...split,
		...(cycle === undefined
			? []
			: [`The steps would form a cycle: ${cycle.map(id => keyOf.get(id) ?? id).join(' → ')}.`]),
	];
};

/** Why a step cannot be changed so; empty when it can. */
export const editProblems = (run: Run, stepId: StepId, patch: Partial<StepFields>): readonly string[] => {
	const step = run.plan?.steps[stepId];
	const {dependsOn} = patch;
	return [
		...fieldProblems(run, patch),
		...(dependsOn === undefined || step === undefined ? [] : graphProblems(run, [{...step, dependsOn}])),
	];
};
