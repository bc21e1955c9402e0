import {type Act, gapsOf, lookFurther, report, withFallbacks} from './act.ts';
import {distinct, findingOf, readFindings} from './figure.ts';
import {figuresOf, type Look, together} from './look.ts';
import {answersOf, type Story} from './read-story.ts';
import {composeReport, sentencesOf} from './report-text.ts';
import {countAll} from './size-topic.ts';
import {goalIn, subjects} from './subjects.ts';
import {globTests, grepMarks} from './test-topic.ts';
import {wishTopic} from './wish.ts';

const findingsMax = 25;
/** A reader of files is shown no more in one piece. */
const charactersMax = 24_000;

const writeTo = (path: string, content: string, otherwise?: Look): Look => ({
	tool: 'write_file',
	input: {path, content},
	why: `write ${path}`,
	read: () => [],
	...(otherwise === undefined ? {} : {otherwise}),
});

/**
 * The writer: counts the most important figures itself, finds out what no other step reported, and writes all of it
 * down. What the person took out of the plan stays out.
 */
export const writeReport = (story: Story): Act => {
	const answer = answersOf(story);
	const reported = readFindings(story.opening);
	const isOut = (key: string): boolean => story.opening.includes(`(${key}) was taken out by the person`);
	const out = subjects.filter(subject => isOut(subject.key));
	const missing = subjects.filter(
		subject => !out.includes(subject) && !reported.some(({label}) => subject.labels.test(label)),
	);
	const recount = together(
		wishTopic(story),
		() => [countAll, grepMarks, globTests],
		...missing.map(({topic}) => topic),
	);
	const looks = withFallbacks(recount(answer), story);
	const further = lookFurther(looks, story);
	if (further !== undefined) return further;

	const own = distinct(figuresOf(looks, answer));
	const isWanted = ({label}: {readonly label: string}): boolean => !out.some(subject => subject.labels.test(label));
	const figures = distinct([...own, ...reported]).filter(isWanted);
	const moved = reported.filter(({label, value}) =>
		own.some(figure => figure.label === label && figure.value !== value),
	);
	const gaps = [
		...gapsOf(looks, story),
		...out.map(({title}) => `Left out by the person: “${title}”.`),
		...moved.map(({label, value}) => `${label} was ${value} when another step counted; the folder changed since.`),
	];
	const content = composeReport({
		project: story.project?.split(/[/\\]/).at(-1) || 'the folder',
		goal: goalIn(story.objective),
		figures,
		gaps,
		// The report must fit into one reply, with room for the words around it.
		charactersMax: Math.min(charactersMax, (story.maxOutputTokens - 500) * 3),
	});
	const write = writeTo('outputs:report.md', content, writeTo('outputs:survey/report.md', content));
	const writes = withFallbacks([write], story);
	const writing = lookFurther(writes, story);
	if (writing !== undefined) return writing;
	const written = writes.find(look => answer(look) !== undefined);
	const path = written === undefined ? undefined : pathFor(String(written.input['path']), story.outputs);
	return report(
		{
			status: path === undefined ? 'FAIL' : 'PENDING_REVIEW',
			summary: `${
				path === undefined
					? 'The report could not be written.'
					: `The report is in ${path}, with ${figures.length} figures.`
			} ${sentencesOf(figures).join(' ')}`,
			findings: figures.slice(0, findingsMax).map(findingOf),
			produced: path === undefined ? [] : [path],
			risks: [...gapsOf(writes, story), ...gaps],
		},
		story,
	);
};

const pathFor = (path: string, outputs: string | undefined): string =>
	outputs === undefined ? path : path.replace('outputs:', `${outputs}/`);
