import type {Packet} from '../../domain/packet.ts';
import {type Act, gapsOf, lookFurther, report, withFallbacks} from './act.ts';
import {distinct, type Figure, findingOf} from './figure.ts';
import {figuresOf, keyOf, type Look, together} from './look.ts';
import {readFileText} from './read-result.ts';
import {answersOf, type Story} from './read-story.ts';
import {readRows, readSentences, sentencesOf} from './report-text.ts';
import {crossCheckTopic} from './size-topic.ts';
import {subjects} from './subjects.ts';
import {wishTopic} from './wish.ts';

/** With fewer figures counted again, a report is not called checked. */
const checkedMin = 5;
const confirmedMax = 30;

const readIt = (path: string): Look => ({
	tool: 'read_file',
	input: {path},
	why: 'read the report',
	read: result => [['Lines of the report', `${readFileText(result)?.lineCount ?? 0}`]],
});

/** The reviewer: reads the report, counts its figures again with its own calls, and compares. */
export const reviewReport = (story: Story): Act => {
	const answer = answersOf(story);
	const written = [...story.opening.matchAll(/^- (\S.*\breport\.md)$/gm)].at(-1)?.[1];
	const read = readIt(written ?? 'outputs:report.md');
	const reading = lookFurther([read], story);
	if (reading !== undefined) return reading;

	const text = readFileText(answer(read) ?? '')?.text;
	if (text === undefined) return unread(read, story);
	const rows = readRows(text);
	const wanted = subjects.filter(({labels}) => rows.some(({label}) => labels.test(label)));
	const topic = together(wishTopic(story), ...wanted.map(subject => subject.topic), crossCheckTopic);
	const looks = withFallbacks(topic(answer), story);
	const further = lookFurther(looks, story);
	if (further !== undefined) return further;

	const counted = figuresOf(looks, answer);
	const gaps = gapsOf(looks, story);
	const compared = rows.flatMap(row => {
		const same = counted.filter(({label}) => label === row.label);
		return same.length === 0 ? [] : [{row, same}];
	});
	const checked = new Set(compared.map(({row}) => row.label));
	const isMadeUp = (row: Figure): boolean =>
		!checked.has(row.label) && wanted.some(({labels}) => labels.test(row.label));
	// A report that was cut to its length tells fewer figures in its tables than in its sentences.
	const sentences = new Set(sentencesOf(distinct([...rows, ...counted])));
	const faults = [
		...compared.flatMap(({row, same}) =>
			same.some(({value}) => value === row.value)
				? []
				: [`${row.label} is ${row.value} in the report, and ${counts(same)}.`],
		),
		// Only when nothing is missing can it be said what should not be there.
		...(gaps.length > 0 ? [] : rows.filter(isMadeUp)).map(
			row => `${row.label} is ${row.value} in the report, and was not found again.`,
		),
		...readSentences(text).flatMap(sentence =>
			sentences.has(sentence) ? [] : [`“${sentence}” does not follow from the figures.`],
		),
	];
	const unchecked = rows.length - checked.size;
	const risks = [
		...gaps,
		...compared.flatMap(({row, same}) =>
			new Set(same.map(({value}) => value)).size > 1
				? [`${row.label} is ${counts(same)}: the folder changes while it is counted.`]
				: [],
		),
		...(unchecked > 0 ? [`${unchecked} of ${rows.length} figures of the report were not counted again.`] : []),
	];
	const all = `${checked.size} of ${rows.length} figures counted again`;
	const packet = (status: Packet['status'], summary: string, findings: readonly string[]): Packet => ({
		status,
		summary: `${summary} I compare figures; whether the report serves its goal a person must judge.`,
		findings,
		produced: [],
		risks,
	});
	if (faults.length > 0)
		return report(packet('FAIL', `Changes requested (FAIL): ${all}, ${faults.length} do not agree.`, faults), story);
	const findings = compared.slice(0, confirmedMax).map(({row}) => `Agrees: ${findingOf(row)}`);
	if (checked.size < checkedMin)
		return report(packet('UNVERIFIED', `Not settled: only ${all}; they agree.`, findings), story);
	return report(packet('VERIFIED', `Approved (PASS): ${all}, all agree.`, findings), story);
};

const counts = (figures: readonly Figure[]): string =>
	figures.map(({value, source}) => `${value} by ${source}`).join(', ');

/** There is no report to review: a fault when one was handed over and is gone, else nobody's. */
const unread = (read: Look, story: Story): Act => {
	const isGone = story.opening.includes(`- ${read.input['path']}`) && story.taken.has(keyOf(read));
	return report(
		{
			status: isGone ? 'FAIL' : 'UNVERIFIED',
			summary: isGone
				? 'Changes requested (FAIL): the report that was handed over could not be read.'
				: 'There is no report that I could review, and nothing else can I judge.',
			findings: [],
			produced: [],
			risks: gapsOf([read], story),
		},
		story,
	);
};
