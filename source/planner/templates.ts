import type {Tier} from '../domain/model.ts';
import type {PlanDraft, StepDraft} from '../domain/plan.ts';
import {speaksOfCode, type TaskType} from './classify.ts';

/** One step of a pipeline. It needs the step before it, and those named in `also`. */
type Stage = {
	readonly key: string;
	readonly role: string;
	readonly title: string;
	readonly task: string;
	readonly acceptance: readonly string[];
	/** The deliverable's name in the outputs folder. */
	readonly file?: string;
	readonly also?: readonly string[];
};

const research = (file: string): Stage => ({
	key: 'research',
	role: 'researcher',
	title: 'Collect the facts',
	task: 'Collect what must be known to reach the goal: what is there already, how it works, which limits and open questions there are.',
	acceptance: [
		'Every fact names its source: a file with a line, or a tool with its result.',
		'Open questions and contradictions are listed apart.',
	],
	file,
});

const analysis = (file: string): Stage => ({
	key: 'analysis',
	role: 'analyst',
	title: 'Draw the conclusions',
	task: 'Work out from the notes what they mean for the goal. Check the figures that carry a conclusion by counting them again.',
	acceptance: ['The conclusions are ranked by weight.', 'Each conclusion names the facts it stands on.'],
	file,
});

const writing = (title: string, task: string, file: string, also: readonly string[] = []): Stage => ({
	key: 'text',
	role: 'writer',
	title,
	task,
	acceptance: [
		'The text is complete and begins with what matters most.',
		'No claim goes beyond what earlier steps found.',
	],
	file,
	also,
});

const check = (what: string, file: string, also: readonly string[] = []): Stage => ({
	key: 'check',
	role: 'qa_tester',
	title: `Check ${what}`,
	task: `Check ${what} against the goal and against what earlier steps required. Open it, count again, run what can be run.`,
	acceptance: [
		'Every requirement has a result (pass, fail, not checked) with its evidence.',
		'The verdict is said first.',
	],
	file,
	also,
});

const design = (file: string, also: readonly string[] = []): Stage => ({
	key: 'design',
	role: 'designer',
	title: 'Design the solution',
	task: 'Decide how the goal will be reached in this project: parts, interfaces, files, order of work, and what happens when something fails.',
	acceptance: ['It names every file that is new or changes.', 'Each open decision says what was chosen and why.'],
	file,
	also,
});

const building = (task: string, also: readonly string[] = []): Stage => ({
	key: 'build',
	role: 'builder',
	title: 'Build it',
	task,
	acceptance: ["The project's own checks (types, lint, tests) pass, or the report says which do not and why."],
	also,
});

const requirements = (title: string, task: string): Stage => ({
	key: 'analysis',
	role: 'analyst',
	title,
	task,
	acceptance: ['It names the files and lines concerned.', 'It says how one will know that the goal is reached.'],
});

const order = (task: string): Stage => ({
	key: 'order',
	role: 'planner',
	title: 'Put the work in order',
	task,
	acceptance: ['Each item names its files and how to check it.'],
});

const testing = (task: string): Stage => ({
	key: 'test',
	role: 'tester',
	title: 'Test it',
	task,
	acceptance: ['The report names the command that was run and its counts.'],
	also: ['analysis'],
});

const reviewing = (what: string, also: readonly string[] = []): Stage => ({
	key: 'review',
	role: 'reviewer',
	title: `Review ${what}`,
	task: `Review ${what} against the goal: is it right, is it whole, does it fit, is it more than was asked?`,
	acceptance: ['It ends in approved or changes requested.', 'Each finding has a place, a reason and a remedy.'],
	also,
});

const workOrder =
	'From the findings before this step, write the order of work: which changes, in which files, in which order, and how each is checked.';

const report = 'Write for the person who set the goal what was found, what follows from it and what is still open.';

/** The steps of each kind of work, in their order. */
const pipelines: Readonly<Record<TaskType, (goal: string) => readonly Stage[]>> = {
	research: () => [
		research('research_notes.md'),
		analysis('research_synthesis.md'),
		writing('Write the summary', report, 'research_summary.md', ['research']),
	],
	analysis: () => [
		research('data_collection.md'),
		analysis('analysis_results.md'),
		writing('Write the report', report, 'analysis_report.md', ['research']),
	],
	custom: () => pipelines.analysis(''),
	writing: () => [
		research('content_research.md'),
		writing('Write the text', 'Write the text the goal asks for, in the form and length it asks for.', 'draft.md'),
		{
			...check('the text', 'final_content.md', ['research']),
			task: 'Check the text against the goal and against the facts it stands on. Leave the draft as it is; write the final version, with the faults mended, and say in your report what you changed.',
			acceptance: ['The report names each fault of the draft, and what became of it.'],
		},
	],
	design: () => [
		research('design_requirements.md'),
		design('design_blueprint.md'),
		check('the design', 'design_review.md', ['research']),
	],
	development: () => [
		design('architecture_design.md'),
		building('Build what the design says, in the project folder, and run it.'),
		check('what was built', 'test_report.md', ['design']),
	],
	data_project: () => [
		design('data_design.md'),
		{
			...research('data_research.md'),
			task: 'Find and describe the data the design needs: where it lies, its fields and units, its gaps and errors.',
		},
		building('Build what the design says, with the data as it was found, and run it.', ['design']),
		check('what was built', 'test_report.md', ['design', 'research']),
	],
	podcast: () => [
		research('podcast_research.md'),
		analysis('podcast_synthesis.md'),
		{
			...writing(
				'Write the script',
				'Write the script of the episode, to be spoken: opening, parts, transitions, close.',
				'podcast_script.md',
				['research'],
			),
			key: 'script',
		},
		{
			...writing(
				'Write the show notes',
				'Write the show notes: summary, parts in their order, sources and links.',
				'podcast_supplements.md',
				['research'],
			),
			key: 'notes',
		},
	],
	mixed: goal => [
		{
			...requirements(
				'Find out what is wanted',
				'Take the goal apart: what must be there at the end, what must stay as it is, what is unclear.',
			),
			file: 'requirements_analysis.md',
		},
		research('research_findings.md'),
		design('solution_design.md', ['analysis']),
		speaksOfCode(goal)
			? {...building('Build what the design says, and run it.', ['analysis']), key: 'make'}
			: {
					...writing('Make what was asked for', 'Make what the goal asks for, as the design says.', 'deliverables.md', [
						'analysis',
						'research',
					]),
					key: 'make',
				},
		check('the result', 'final_review.md', ['analysis']),
	],
	feature_implementation: () => [
		requirements(
			'Find out what is wanted',
			'Find out what the change must do, where it belongs in the code, what it touches, and what must not change.',
		),
		order(workOrder),
		building('Carry out the order of work in the project folder.', ['analysis']),
		testing(
			'Write tests for the new behaviour, its borders and its errors, in the way the project tests, and run them.',
		),
		reviewing('the change', ['analysis', 'build']),
	],
	bug_fix: () => [
		requirements(
			'Find the root cause',
			'Find the root cause of the defect: reproduce it, name the line and the condition, and rule out other explanations.',
		),
		order(
			'Write the plan of the fix: the smallest change that removes the cause, what else has the same fault, and which test fails today and passes afterwards.',
		),
		building('Carry out the fix as planned in the project folder.', ['analysis']),
		testing('Write a regression test that fails without the fix and passes with it, and run the tests around it.'),
		reviewing('the fix', ['analysis', 'build']),
	],
	code_review: () => [
		requirements(
			'Understand the code',
			'Find out what the code under review does, what it is for, what depends on it and where it is risky.',
		),
		order('Write the order of the review: which files in which order, and what to look for in each.'),
		reviewing('the code', ['analysis']),
		testing(
			'Check the findings of the review by running: the existing tests, and small tests that show a finding. Leave the code as it is.',
		),
	],
	documentation: () => [
		requirements(
			'Find out what must be documented',
			'Find out what the code does that readers need to know, what the documentation says now, and where the two differ.',
		),
		order('Write the order of work: which documents are new or change, for which reader, with which examples.'),
		{
			key: 'document',
			role: 'documenter',
			title: 'Write the documentation',
			task: "Write and mend the project's documentation as ordered. Run every command and example you show.",
			acceptance: [
				'Names, defaults and commands agree with the code.',
				'Every example was run, or is marked as not run.',
			],
			also: ['analysis'],
		},
		reviewing('the documentation', ['analysis']),
	],
};

/** What a template needs to know of a role. */
type RoleDefaults = {readonly tier: Tier; readonly toolBudget: number};

/** The roles of a kind of work, in their order. */
export const pipelineOf = (taskType: TaskType, goal: string): readonly string[] =>
	pipelines[taskType](goal).map(({role}) => role);

/** The plan for a goal without asking a model: the usual pipeline for its kind of work. */
export const templatePlan = (
	taskType: TaskType,
	goal: string,
	roles: Readonly<Record<string, RoleDefaults>>,
): PlanDraft => {
	const stages = pipelines[taskType](goal);
	const steps = stages.map((stage, at): StepDraft => {
		const {key, role, title, task, acceptance, file, also = []} = stage;
		const before = stages[at - 1];
		const place = file === undefined ? '' : ` Write it to ${file} in the outputs folder.`;
		return {
			key,
			title,
			role,
			objective: `${task}${place}\n\nThe goal of the run, in the person's words: ${goal}`,
			files: [],
			acceptance: file === undefined ? acceptance : [...acceptance, `${file} is in the outputs folder.`],
			dependsOn: [...new Set([...also, ...(before === undefined ? [] : [before.key])])],
			tier: roles[role]?.tier ?? 'sonnet',
			toolBudget: roles[role]?.toolBudget ?? 20,
		};
	});
	return {taskType, steps};
};
