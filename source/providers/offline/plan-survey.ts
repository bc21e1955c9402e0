import type {StepDraft} from '../../domain/plan.ts';
import {type Act, introduction} from './act.ts';
import type {Story} from './read-story.ts';
import {reviewing, subjects, writing, writingFor} from './subjects.ts';

type Drawn = Pick<StepDraft, 'key' | 'title' | 'role' | 'objective' | 'dependsOn' | 'toolBudget'> & {
	readonly acceptance: string;
};

/** The offline model is one model: the tier says only how much a step asks of a reader. */
const step = (drawn: Drawn, tier: StepDraft['tier']): StepDraft => ({
	...drawn,
	files: [],
	acceptance: [drawn.acceptance],
	tier,
});

const goalOf = (opening: string): string =>
	/The goal, in the person's words:\n([\s\S]*?)\n\nThe project folder:/.exec(opening)?.[1]?.trim() ?? '';

/** In an empty folder there is nothing to analyse: a glance, and a report that says so. */
const isEmpty = (opening: string): boolean => /^Files: 0\b/m.test(opening);

/**
 * The same graph for every goal: a scout and the analysts side by side, one who writes down what they found, and one
 * who counts again.
 */
export const planSurvey = ({opening}: Story): Act => {
	const goal = goalOf(opening);
	const chosen = isEmpty(opening) ? subjects.filter(({role}) => role === 'scout') : subjects;
	const steps = [
		...chosen.map(({key, title, role, objective, acceptance, toolBudget}) =>
			step({key, title, role, objective, acceptance, dependsOn: [], toolBudget}, 'haiku'),
		),
		step(
			{
				key: writing.key,
				title: 'Write the report',
				role: 'writer',
				objective: writingFor(goal),
				acceptance: 'report.md is in the outputs folder, and every figure in it names the tool call it came from.',
				dependsOn: chosen.map(({key}) => key),
				toolBudget: 28,
			},
			'sonnet',
		),
		step(
			{
				key: reviewing.key,
				title: 'Count again and judge the report',
				role: 'reviewer',
				objective: reviewing.objective,
				acceptance: 'At least five figures of the report were counted again, and the verdict is pass or fail.',
				dependsOn: [writing.key],
				toolBudget: 32,
			},
			'sonnet',
		),
	];
	return {
		thinking: `${introduction} So the plan is the same for every goal: ${chosen.length} looks at the folder side by side, then one report, then a second count of its figures.`,
		text: JSON.stringify({taskType: 'research', steps}, undefined, 1),
		calls: [],
	};
};
