import {amount, labelPart, oneLine} from './figure.ts';
import type {Fact, Look, Topic} from './look.ts';
import {type Hits, readHits, readMatches} from './read-result.ts';

const placesMax = 10;

const linesIn = ({lines, files}: Hits): string => `${amount(lines, 'line')} in ${amount(files, 'file')}`;

/** Lines with an open mark, and where the first of them are. */
export const grepMarks: Look = {
	tool: 'grep',
	input: {pattern: '\\b(TODO|FIXME)\\b', max_results: placesMax},
	why: 'search for TODO and FIXME',
	read: result => {
		const hits = readHits(result);
		if (hits === undefined) return [];
		return [
			['TODO or FIXME', linesIn(hits)],
			...hits.places
				.slice(0, placesMax)
				.map(({file, line, text}): Fact => [`Mark at ${labelPart(file)}:${line}`, oneLine(text, 110)]),
		];
	},
};

const testNames = '{*.test.*,*.spec.*,*_test.*,*-test.*,test_*.py,*_spec.rb,*Test.java,*Tests.java}';
const testFolders = '{test/,tests/,__tests__/,spec/,specs/}';
const testCases =
	'^\\s*(it|test)(\\.\\w+)*\\(|^\\s*(async )?def test_|^func Test|^\\s*#\\[(tokio::)?test\\]|^\\s*@(Parameterized)?Test\\b';

const countMatches = (label: string, pattern: string, why: string): Look => ({
	tool: 'glob',
	input: {pattern},
	why,
	read: result => {
		const matches = readMatches(result);
		return matches === undefined ? [] : [[label, `${matches.count}`]];
	},
});

export const globTests = countMatches('Files named like tests', testNames, 'count the test files by their names');
const globTestFolders = countMatches('Files in test folders', testFolders, 'count what is in test folders');

const grepCases: Look = {
	tool: 'grep',
	input: {pattern: testCases, glob: '*.{ts,tsx,js,jsx,mjs,cjs,py,go,rs,java,kt}', max_results: 0},
	why: 'count the lines that declare a test case',
	read: result => {
		const hits = readHits(result);
		return hits === undefined ? [] : [['Test cases declared', linesIn(hits)]];
	},
};

/** Tests, and what is marked as still to do. */
export const testTopic: Topic = () => [grepMarks, globTests, globTestFolders, grepCases];
