import {type Figure, figureValue, oneLine} from './figure.ts';
import {subjects} from './subjects.ts';

/** Made fit for a cell of a table: nothing in it ends the cell, and no tag in it acts where the report is shown. */
const cell = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|');
const uncell = (text: string): string => text.replaceAll('\\|', '|').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

const rowOf = ({label, value, source}: Figure): string => `| ${[label, value, source].map(cell).join(' | ')} |`;

const head = '| What | Figure | From |';
const rule = '| --- | --- | --- |';

/** The figures in the tables of a report. */
export const readRows = (report: string): readonly Figure[] =>
	report.split('\n').flatMap(line => {
		if (!line.startsWith('| ') || line === head || line === rule) return [];
		const cells = line.slice(2, -2).split(' | ');
		const [label = '', value = '', source = ''] = cells.map(uncell);
		return cells.length === 3 ? [{label, value, source}] : [];
	});

const shortTitle = '## In short';

const named = (value: string, noun: string): string => `${value} ${noun}${value === '1' ? '' : 's'}`;

/** The most important figures as sentences. They are made of figures only, so that a reviewer can make them anew. */
export const sentencesOf = (figures: readonly Figure[]): readonly string[] => {
	const value = (label: string): string | undefined => figureValue(figures, label);
	const [files, lines, tracked] = ['Files', 'Lines', 'Files tracked by git'].map(value);
	const languages = figures.filter(({label}) => label.startsWith('Language ')).slice(0, 3);
	const needs = figures.filter(({label}) => label.startsWith('Needs by '));
	const [marks, tests, cases] = ['TODO or FIXME', 'Files named like tests', 'Test cases declared'].map(value);
	const opening = value('README opens with');
	return [
		...(files === undefined
			? []
			: [
					`${named(files, 'file')}${tracked === undefined ? '' : ` (${tracked} tracked by git)`}${lines === undefined ? '' : `, ${named(lines, 'line')}`}.`,
				]),
		...(languages.length === 0
			? []
			: [`Most of it by lines: ${languages.map(({label, value: size}) => `${label.slice(9)} (${size})`).join(', ')}.`]),
		...needs.map(({label, value: list}) => `${label}: ${list.split(':')[0]}.`),
		...(tests === undefined ? [] : [`Files named like tests: ${tests}.`]),
		...(cases === undefined ? [] : [`Test cases declared: ${cases}.`]),
		...(marks === undefined ? [] : [`TODO or FIXME: ${marks}.`]),
		...(opening === undefined ? [] : [`The README opens with ${opening}`]),
	];
};

/** The sentences that a report begins with. */
export const readSentences = (report: string): readonly string[] =>
	(report.split(`${shortTitle}\n`)[1]?.split('\n## ')[0] ?? '')
		.split('\n')
		.flatMap(line => (line.startsWith('- ') ? [uncell(line.slice(2))] : []));

type ReportParts = {
	readonly project: string;
	readonly goal: string | undefined;
	readonly figures: readonly Figure[];
	readonly gaps: readonly string[];
	readonly charactersMax: number;
};

/** The report as Markdown. When it would be too long, every section keeps its first rows and says how many are left out. */
export const composeReport = (parts: ReportParts): string => {
	for (const rowsMax of [60, 30, 15, 8]) {
		const text = compose(parts, rowsMax);
		if (text.length <= parts.charactersMax) return text;
	}
	return compose(parts, 4);
};

const compose = ({project, goal, figures, gaps}: ReportParts, rowsMax: number): string => {
	const sections = [
		...subjects.map(({title, labels}) => ({title, rows: figures.filter(({label}) => labels.test(label))})),
		{title: 'What you asked', rows: figures.filter(({label}) => label.startsWith('You asked'))},
	];
	return [
		`# Survey of ${cell(project)}`,
		...(goal === undefined ? [] : [`> The goal of the run: ${cell(oneLine(goal, 500))}`]),
		'This report was written by the built-in offline model of Flotilla. Whatever the goal, it surveys the folder: it calls real tools and reports what they say. It understands nothing of the contents and gives no judgement. Every figure stands beside the tool call it came from, so that you can count it again.',
		shortTitle,
		sentencesOf(figures)
			.map(sentence => `- ${cell(sentence)}`)
			.join('\n') || 'No figure could be had.',
		...sections.flatMap(({title, rows}) =>
			rows.length === 0
				? []
				: [
						`## ${title}`,
						[head, rule, ...rows.slice(0, rowsMax).map(rowOf)].join('\n'),
						...(rows.length > rowsMax ? [`${rows.length - rowsMax} more are left out here.`] : []),
					],
		),
		'## How it was counted',
		[
			'- Files are those that git tracks plus new ones that are not ignored; outside of git, all but what `.gitignore` names and what is installed (`node_modules`, `.venv`).',
			'- Lines are newlines, as `wc -l` counts them. A language is told by the name of a file alone.',
			'- Tests are counted by the names of files, by the folders they lie in, and by lines that look like the start of a test case; nothing was run.',
			'- What the README says is quoted, not checked.',
			...gaps.map(gap => `- ${cell(gap)}`),
		].join('\n'),
		'',
	]
		.join('\n\n')
		.trimEnd()
		.concat('\n');
};
