import {amount, labelPart, oneLine} from './figure.ts';
import type {Look, Topic} from './look.ts';
import {readFileText, readHits, readMatches} from './read-result.ts';
import type {Story} from './read-story.ts';
import {addedTo} from './subjects.ts';

/** Words that say how something is asked, not what for. */
const fillers = new Set(
	`about after again agent also another answer before check could count describe does every explain file files find
	folder from have here into list look make many please project report search should show survey tell that them then
	there these thing this those what when where which while with work would write your`.split(/\s+/),
);

const pathLike = /(?:^|[\s"'`“(])((?:[\w@.-]+\/)+[\w@.-]*\w|[\w@-][\w@.-]*\.\w{1,5})(?=$|[\s"'`”),;:?!.])/;

const asPattern = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a person asks beside the survey, as one look: the file that is named, or the word that is meant. */
const wishOf = (text: string): Look | undefined => {
	const label = `You asked “${labelPart(oneLine(text, 70))}”`;
	const path = pathLike.exec(text)?.[1];
	if (path !== undefined)
		return {
			tool: 'read_file',
			input: {path, to_line: 40},
			why: `read ${oneLine(path, 60)}, which you named`,
			read: result => {
				const file = readFileText(result);
				if (file === undefined) return [];
				const begins = file.text.split('\n').find(line => /\p{L}/u.test(line)) ?? '';
				return [
					[label, `${path} has ${file.lineCount} lines, ${file.bytes} bytes; it begins “${oneLine(begins, 100)}”`],
				];
			},
			otherwise: {
				tool: 'glob',
				input: {pattern: path.slice(path.lastIndexOf('/') + 1)},
				why: 'look for a file of that name elsewhere',
				read: result => {
					const matches = readMatches(result);
					if (matches === undefined) return [];
					const names = matches.names.slice(0, 5).map(name => oneLine(name, 80));
					return [[label, `${path} cannot be read; files of that name: ${names.join(', ') || 'none'}`]];
				},
			},
		};
	const quoted = /["'`“]([^"'`“”]{2,80})["'`”]/.exec(text)?.[1];
	const words = text.match(/[\p{L}_][\p{L}\p{N}_]{3,}/gu) ?? [];
	const word = quoted ?? words.filter(one => !fillers.has(one.toLowerCase())).sort((a, b) => b.length - a.length)[0];
	if (word === undefined) return undefined;
	return {
		tool: 'grep',
		input: {pattern: asPattern(word), ignore_case: true, max_results: 5},
		why: `search for “${oneLine(word, 60)}”, which you asked about`,
		read: result => {
			const hits = readHits(result);
			if (hits === undefined) return [];
			const places = hits.places.map(({file, line}) => `${oneLine(file, 80)}:${line}`);
			const first = places.length === 0 ? '' : `; first at ${places.join(', ')}`;
			return [
				[label, `${amount(hits.lines, 'line')} in ${amount(hits.files, 'file')} with “${oneLine(word, 60)}”${first}`],
			];
		},
	};
};

/** What a person asks for: in messages, in a task of their own, or in a step whose words they changed. */
export const wishTopic = (story: Story): Topic => {
	const looks = [addedTo(story.objective), ...story.letters].flatMap(text => wishOf(text) ?? []);
	return () => looks;
};
