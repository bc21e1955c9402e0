import process from 'node:process';
import {parseArgs} from 'node:util';
import {clockPart} from '../test/faults/clock-run.ts';
import {linesPart} from '../test/faults/hostile-lines.ts';
import {pathsPart} from '../test/faults/hostile-paths.ts';
import {httpPart} from '../test/faults/http-part.ts';
import {keysPart} from '../test/faults/keys-part.ts';
import {enginePart, killsPart} from '../test/faults/kills-part.ts';
import type {Part, PartOrder, Row} from '../test/faults/part.ts';
import {storagePart} from '../test/faults/storage-run.ts';
import {toolsPart} from '../test/faults/tools-run.ts';
import {setup as build} from '../test/support/built.ts';

/** Every part of the suite. A further one is one line here. */
const parts: readonly Part[] = [
	killsPart,
	enginePart,
	httpPart,
	storagePart,
	clockPart,
	toolsPart,
	linesPart,
	pathsPart,
	keysPart,
];

/** Of each class, so that one fault with a hundred consequences does not hide the others. */
const shownMax = 12;

const usage = `npm run faults -- [--kills <n>] [--presses <n>] [--seed <n>] [--only <part>]
Parts: ${parts.map(part => `\n  ${part.name.padEnd(12)} ${part.about}`).join('')}
`;

const {values} = parseArgs({
	options: {
		kills: {type: 'string', default: '200'},
		presses: {type: 'string', default: '10000'},
		seed: {type: 'string', default: '0'},
		only: {type: 'string', multiple: true},
		help: {type: 'boolean'},
	},
});

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const refuse = (message: string): never => {
	process.stderr.write(`${message}\n${usage}`);
	process.exit(2);
};

const numberOf = (name: string, text: string): number =>
	/^\d+$/.test(text) ? Number(text) : refuse(`--${name} takes a whole number, not "${text}".`);

const tableOf = (rows: readonly Row[]): readonly string[] => {
	const columns = Object.keys(rows[0]?.counts ?? {});
	const lines = [
		['class', ...columns],
		...rows.map(({name, counts}) => [name, ...columns.map(column => String(counts[column] ?? ''))]),
	];
	const widths = lines[0]?.map((_, at) => Math.max(...lines.map(line => line[at]?.length ?? 0))) ?? [];
	return lines.map(line =>
		line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
	);
};

const carryOut = async (part: Part, order: Omit<PartOrder, 'onProgress'>): Promise<boolean> => {
	print(`\n── ${part.name}: ${part.about}`);
	const start = performance.now();
	const rows = await part.run({...order, onProgress: words => void process.stderr.write(`   ${words}\n`)});
	for (const line of tableOf(rows)) print(line);
	for (const line of part.remarks ?? []) print(line);
	for (const {name, problems} of rows) {
		for (const problem of problems.slice(0, shownMax)) print(`✗ ${name}: ${problem}`);
		if (problems.length > shownMax) print(`✗ ${name}: and ${problems.length - shownMax} more`);
	}
	const problems = rows.flatMap(row => row.problems);
	print(`${problems.length} problems in ${Math.round((performance.now() - start) / 1000)} s`);
	return problems.length === 0;
};

if (values.help === true) {
	print(usage);
	process.exit(0);
}
const only = values.only ?? parts.map(part => part.name);
for (const name of only)
	if (!parts.some(part => part.name === name)) refuse(`There is no part "${name}" of the suite.`);
const order = {
	kills: numberOf('kills', values.kills),
	presses: numberOf('presses', values.presses),
	seed: numberOf('seed', values.seed),
};

build();
const outcomes: boolean[] = [];
for (const part of parts) if (only.includes(part.name)) outcomes.push(await carryOut(part, order));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
