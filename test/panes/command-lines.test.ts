import {expect, test} from 'vitest';
import {commandLines} from '../../components/panes/command-lines.ts';
import {linePartsOf} from '../../source/policy/line-parts.ts';

const folders = {root: '/home/ada/harbour', outputs: '/home/ada/harbour/.flotilla/run'};

const drawn = (line: string, width = 80) => commandLines(line, linePartsOf(line, folders), width);
const texts = (line: string, width?: number) => drawn(line, width).map(row => row.map(({text}) => text).join(''));
const marked = (line: string, tone: string) =>
	drawn(line)
		.slice(0, line.split('\n').length)
		.flat()
		.filter(span => span.tone === tone)
		.map(({text}) => text);

test('of a shell line it is told what only reads and what acts', () => {
	const line = 'cat list.txt && rm -rf dist';
	expect(texts(line)).toEqual([`$ ${line}`, '', '· only reads cat list.txt', '▸ acts       rm -rf dist']);
	expect(marked(line, 'strong')).toEqual(['rm -rf dist']);
});

test('what nobody can foresee is marked where it stands, with the reason', () => {
	const line = 'ls\n"$TOOL" all';
	expect(marked(line, 'risk')).toEqual(['"$TOOL" all']);
	expect(texts(line).find(text => text.startsWith('! not clear'))).toContain('"$TOOL" all: "$TOOL" runs');
});

test('a doubt about the line as a whole is told, too', () => {
	expect(texts('sh -c "$WHAT"').at(-1)).toBe('! not clear  sh runs a text that is known only when it runs');
	expect(texts('echo "').at(-1)).toContain('it is no correct line of bash');
});

test('where its output goes belongs to a command', () => {
	expect(texts('grep x a > b')).toContain('▸ acts       grep x a > b');
});
