/**
 * One fact about the folder, as a tool gave it. Labels are unique within a survey, so that a figure in a report can
 * be counted again and compared. All three are one line each.
 */
export type Figure = {readonly label: string; readonly value: string; readonly source: string};

/** The mark between a figure and where it comes from; it is taken out of everything that files say. */
const arrow = ' ← ';

/** Text from a file or a name, made harmless for one line of a finding or of a table. */
export const oneLine = (text: string, charactersMax = 140): string => {
	const line = text.replaceAll('←', '<-').replace(/\s+/g, ' ').trim();
	return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1).toWellFormed()}…`;
};

/** The same for a part of a label: a label ends at its first colon followed by a space. */
export const labelPart = (text: string): string => oneLine(text).replaceAll(': ', ':·');

/** The first names of `count`, with how many there are. */
export const listed = (names: readonly string[], most: number, count = names.length): string => {
	if (count === 0) return 'none';
	const shown = names.slice(0, most).map(name => oneLine(name, 80));
	const rest = count > shown.length ? `, … and ${count - shown.length} more` : '';
	return `${count}: ${shown.join(', ')}${rest}`;
};

/** `1 file`, `2 files`. */
export const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const findingOf = ({label, value, source}: Figure): string => `${label}: ${value}${arrow}${source}`;

/** The figures in a text that holds findings, one a line: that is how packets of other steps arrive. */
export const readFindings = (text: string): readonly Figure[] =>
	text.split('\n').flatMap(line => {
		const end = line.lastIndexOf(arrow);
		const colon = line.indexOf(': ');
		if (end < 0 || colon < 0 || colon > end) return [];
		const label = line.slice(0, colon).replace(/^[\s\-*>•"]+/, '');
		return label === '' ? [] : [{label, value: line.slice(colon + 2, end), source: line.slice(end + arrow.length)}];
	});

/** The first figure of each label, in order. */
export const distinct = (figures: readonly Figure[]): readonly Figure[] => {
	const labels = new Set<string>();
	return figures.filter(({label}) => !labels.has(label) && labels.add(label));
};

export const figureValue = (figures: readonly Figure[], label: string): string | undefined =>
	figures.find(figure => figure.label === label)?.value;
