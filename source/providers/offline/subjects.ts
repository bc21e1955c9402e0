import {entryTopic} from './entry-topic.ts';
import {landTopic} from './land-topic.ts';
import {type Topic, together} from './look.ts';
import {readmeTopic} from './readme-topic.ts';
import {sizeTopic} from './size-topic.ts';
import {testTopic} from './test-topic.ts';

/** A part of the survey: a step of the plan, and a section of the report. */
type Subject = {
	readonly key: string;
	readonly role: string;
	readonly title: string;
	readonly objective: string;
	readonly acceptance: string;
	readonly topic: Topic;
	/** Which figures belong to it, by their labels. */
	readonly labels: RegExp;
	readonly toolBudget: number;
};

export const subjects: readonly Subject[] = [
	{
		key: 'sizes',
		role: 'analyst',
		title: 'Languages and sizes',
		objective:
			'Find out languages and sizes: how many files and lines the folder has, by language, in which folders they lie, and which files are the largest.',
		acceptance: 'Files and lines are given in all and by language, each figure with the tool it came from.',
		topic: sizeTopic,
		labels: /^(Files|Files tracked by git|Lines|Text files|Binary files|(Language|Largest file|Folder) .*)$/,
		toolBudget: 14,
	},
	{
		key: 'land',
		role: 'scout',
		title: 'The lay of the land',
		objective:
			'Find out the lay of the land: what lies at the top of the folder, how much there is in all, and whether there are a licence and continuous integration.',
		acceptance: 'The entries at the top are named, each figure with the tool it came from.',
		topic: landTopic,
		labels: /^(Folders at the top|Files at the top|Licence files|Files for continuous integration)$/,
		toolBudget: 8,
	},
	{
		key: 'entries',
		role: 'analyst',
		title: 'Entry points, scripts and dependencies',
		objective:
			'Find out entry points, scripts and dependencies: which manifests there are, what they start, run and need, and which files look like entry points.',
		acceptance: 'Manifests, scripts and dependencies are counted and named, or it is said that there are none.',
		topic: entryTopic,
		labels:
			/^(Manifests|Files named like entry points|Main functions|(Manifest|Entry in|Scripts in|Script|Needs by) .*)$/,
		toolBudget: 12,
	},
	{
		key: 'tests',
		role: 'analyst',
		title: 'Tests, open marks and promises',
		objective:
			'Find out tests, open marks and promises: which tests there are and how they were counted, where TODO and FIXME stand, and what the README promises.',
		acceptance:
			'Tests and open marks are counted with their places, and the README is quoted, or it is said that there is none.',
		topic: together(testTopic, readmeTopic),
		labels: /^(TODO or FIXME|Files named like tests|Files in test folders|Test cases declared|(Mark at|README).*)$/,
		toolBudget: 12,
	},
];

const goalHead = ' The goal of the run: ';

export const writing = {
	key: 'report',
	objective: 'Write report.md into the outputs folder (outputs:report.md) from what the other steps found.',
};

export const reviewing = {
	key: 'review',
	objective:
		'Review report.md in the outputs folder (outputs:report.md): count its figures again with tools and compare.',
};

export const writingFor = (goal: string): string =>
	goal === '' ? writing.objective : writing.objective + goalHead + goal;

/** The goal in the objective of the writer. */
export const goalIn = (objective: string): string | undefined => {
	const head = writing.objective + goalHead;
	return objective.startsWith(head) ? objective.slice(head.length) : undefined;
};

/** What a person wrote into the objective of a step, beside what the offline model had planned. */
export const addedTo = (objective: string): string => {
	if (goalIn(objective) !== undefined) return '';
	const planned = [writing, reviewing, ...subjects].find(step => objective.startsWith(step.objective));
	return objective.slice(planned?.objective.length ?? 0).trim();
};
