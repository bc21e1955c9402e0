import process from 'node:process';
import {parseArgs} from 'node:util';
import {lineOf} from '../test/simulation/line-of.ts';
import {simulate} from '../test/simulation/world.ts';

const {values} = parseArgs({options: {runs: {type: 'string'}, seed: {type: 'string'}}});

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** A whole number from 0, or the default. */
const numberOf = (name: string, text: string | undefined, otherwise: number): number => {
	if (text === undefined) return otherwise;
	if (/^\d+$/.test(text)) return Number(text);
	process.stderr.write(`--${name} takes a whole number, not "${text}". Try: npm run simulate -- --${name} 7\n`);
	process.exit(2);
};

const walk = (seed: number): void => {
	const {log, problem, crashes, end} = simulate(seed);
	for (const stamped of log) print(lineOf(stamped));
	print(`seed ${seed}: ${log.length} events, ${crashes} crashes, ${problem ?? `ended: ${end}`}`);
	if (problem !== undefined) process.exitCode = 1;
};

const many = (runs: number): void => {
	const ends = new Map<string, number>();
	let events = 0;
	for (let seed = 0; seed < runs; seed++) {
		const {log, problem, end = 'never'} = simulate(seed);
		events += log.length;
		ends.set(end, (ends.get(end) ?? 0) + 1);
		if (problem === undefined) continue;
		print(`seed ${seed}: ${problem}\n  npm run simulate -- --seed ${seed}`);
		process.exitCode = 1;
	}
	print(`${runs} seeds, ${events} events; ${[...ends].map(([end, count]) => `${end}: ${count}`).join(', ')}`);
};

if (values.seed === undefined) many(numberOf('runs', values.runs, 1000));
else walk(numberOf('seed', values.seed, 0));
