import type {Rule} from './invariants-evidence.ts';
import {aimClasses, outerClasses} from './kills-aim.ts';
import {engineRunOfSeed, runOfSeed, runTenSteps, type SeededRun} from './kills-run.ts';
import type {Part, PartOrder, Row} from './part.ts';
import {copyProgram} from './program-run.ts';

/** So many runs at once: each is one process of the program most of the time. */
const atOnce = 3;

const found = ({findings}: SeededRun, rule: Rule): boolean => findings.some(finding => finding.rule === rule);

const problemsOf = ({seed, kills, findings, victim}: SeededRun): readonly string[] =>
	findings.map(
		({rule, words}) =>
			`${rule}: ${words}\n    killed ${kills.join(', then ') || 'never'}; again: npm run faults -- --only ${victim === 'engine' ? 'engine' : 'kills'} --kills 1 --seed ${seed}`,
	);

/** So many runs of a class cannot all miss: then the kills no longer find what they aim at. */
const missesMax = 4;

const rowOf = (name: string, runs: readonly SeededRun[]): Row => {
	const count = (holds: (run: SeededRun) => boolean): number => runs.filter(holds).length;
	const sum = (figure: (run: SeededRun) => number): number => runs.reduce((all, run) => all + figure(run), 0);
	return {
		name,
		counts: {
			runs: runs.length,
			kills: sum(run => run.kills.length),
			finished: count(run => !found(run, 'end') && !found(run, 'hung')),
			perfect: count(run => run.findings.length === 0),
			'tool twice, unmarked': count(run => found(run, 'tool twice unmarked') || found(run, 'call started twice')),
			'tool lost': count(run => found(run, 'tool lost')),
			'turn paid twice, unaccounted': count(run => found(run, 'turn paid twice unaccounted')),
			'turns asked again': sum(run => run.lostTurns),
			'calls marked unknown': sum(run => run.unknownCalls),
			'of these ran twice': sum(run => run.repeated),
		},
		problems: [
			...runs.flatMap(problemsOf),
			...(runs.length > missesMax && runs.every(({kills}) => kills.length === 0) ? ['no kill has struck'] : []),
		],
	};
};

/** Runs of consecutive seeds, some at once, each compared with a run that nobody killed. */
export const runKills = async (
	{kills, seed, onProgress}: PartOrder,
	ofSeed: typeof runOfSeed = runOfSeed,
): Promise<readonly SeededRun[]> => {
	const program = copyProgram();
	try {
		const {launcher} = program;
		const whole = await runTenSteps({launcher, aims: [], allowed: ['--yes'], expected: undefined});
		if (whole.findings.length > 0)
			throw new Error(`The run that nobody killed is not well: ${whole.findings.map(({words}) => words).join('; ')}`);
		const runs: SeededRun[] = [];
		let next = seed;
		const worker = async (): Promise<void> => {
			while (next < seed + kills) {
				runs.push(await ofSeed(next++, launcher, whole.end));
				if (runs.length % 20 === 0) onProgress(`${runs.length} of ${kills} runs`);
			}
		};
		await Promise.all(Array.from({length: Math.min(atOnce, kills)}, worker));
		return runs.sort((a, b) => a.seed - b.seed);
	} finally {
		program.remove();
	}
};

export const enginePart: Part = {
	name: 'engine',
	about: 'kill -9 of the engine in the background while a command watches: it is started again and goes on',
	run: async order => {
		const runs = await runKills(order, engineRunOfSeed);
		return outerClasses.map(name =>
			rowOf(
				name,
				runs.filter(({aimClass}) => aimClass === name),
			),
		);
	},
};

export const killsPart: Part = {
	name: 'kills',
	about: 'kill -9 of the engine in runs of ten steps, once to three times; taken up until they end',
	run: async order => {
		const runs = await runKills(order);
		const rows = aimClasses.map(name =>
			rowOf(
				name,
				runs.filter(({aimClass}) => aimClass === name),
			),
		);
		return [...rows.filter(({counts}) => counts['runs'] !== 0), rowOf('all', runs)].map((row, at, all) =>
			// The problems are told once, with their class.
			at === all.length - 1 ? {...row, problems: []} : row,
		);
	},
	remarks: [
		'Under the same kind of kills, LangGraph (durability sync) was perfect in 20 of 40 runs and executed 30 tools twice',
		'without a mark; a plain durable loop with intent and result rows was perfect in 47 of 60 and paid 25 turns twice.',
	],
};
