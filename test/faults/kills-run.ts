import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createRandom} from '../simulation/random.ts';
import {withPace} from '../support/stand-in/script.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {endOf, findingsOf} from './invariants.ts';
import type {Evidence, Expected, Finding} from './invariants-evidence.ts';
import {repeatedMarks} from './invariants-files.ts';
import {readEvents, type StoredEvent} from './invariants-rows.ts';
import {type Aim, type AimClass, aimClasses, aimsAtEngine, aimsFor, outerClasses, wordsOf} from './kills-aim.ts';
import {askerOf, scriptOf, tenSteps} from './kills-script.ts';
import {endProcessesIn, filesBelow, type Ground, type Life, makeGround, startProgram, until} from './program-run.ts';

/** How a run may be begun: all is allowed in advance, or only once it waits for a person. */
const beginnings: readonly (readonly string[])[] = [[], ['--approve', 'plan'], ['--yes']];
const allAllowed = ['--yes'] as const;

/** Who is killed: the program, with an engine of its own, or the engine in the background that it has started. */
export type Victim = 'program' | 'engine';

export type KillOrder = {
	readonly launcher: string;
	readonly victim?: Victim;
	readonly aims: readonly Aim[];
	/** What is allowed when the run begins; everything is when it is taken up. */
	readonly allowed: readonly string[];
	/** How an uninterrupted run ends; undefined when this is that run. */
	readonly expected: Expected | undefined;
	/** Where the run takes place; usually a new ground, which is removed afterwards. */
	readonly ground?: Ground;
	/** Called for every event that a process tells of. */
	readonly onEvent?: () => void;
};

export type KilledRun = {
	/** Which kills struck, in words. */
	readonly kills: readonly string[];
	readonly lives: number;
	readonly end: Expected;
	readonly findings: readonly Finding[];
	readonly unknownCalls: number;
	readonly lostTurns: number;
	/** Calls of unknown outcome whose mark is there twice: told, allowed, and visible. */
	readonly repeated: number;
};

/** More lives than this without a kill, and the run is left as it is. */
const freeLivesMax = 3;
const kind = (line: string): string => /"type":"([a-z.]+)"/.exec(line)?.[1] ?? '';

type Bed = Omit<KillOrder, 'ground'> & {
	readonly ground: Ground;
	readonly url: string;
	readonly onRequest: (call: () => void) => void;
};

/** The engine at work in the background, if there is one. */
const engineOf = ({home}: Ground): number | undefined => {
	try {
		const pid = Number(readFileSync(join(home, 'engine.pid'), 'utf8'));
		// Process 0 would be all of ours.
		return pid > 0 ? pid : undefined;
	} catch {
		return undefined;
	}
};

/**
 * One process, from its start to its end or to the kill that it was destined for. An engine in the background may be
 * killed again and again while the program that watches it lives on.
 */
const live = async (bed: Bed, args: readonly string[], ...aims: readonly Aim[]): Promise<Life & {struck: Aim[]}> => {
	const {launcher, ground, url, victim = 'program'} = bed;
	const struck: Aim[] = [];
	const hit = {event: 0, call: 0, stream: 0};
	let aim = aims[0];
	let timer: NodeJS.Timeout | undefined;
	const arm = (): void => {
		Object.assign(hit, {event: 0, call: 0, stream: 0});
		aim = aims[struck.length];
		if (aim?.kind === 'time') timer = setTimeout(kill, aim.ms);
	};
	const kill = (): void => {
		if (aim === undefined) return;
		struck.push(aim);
		aim = undefined;
		if (victim === 'program') {
			child.kill('SIGKILL');
			return;
		}
		const pid = engineOf(ground);
		try {
			if (pid === undefined) throw new Error('It has not begun.');
			process.kill(pid, 'SIGKILL');
		} catch {
			// It has ended, or has not begun: the next one is struck.
			aim = struck.pop();
			timer = setTimeout(kill, 20);
			return;
		}
		arm();
	};
	const strike = (what: keyof typeof hit): boolean => aim?.kind === what && ++hit[what] === aim.nth;
	const {child, ended} = startProgram({
		launcher,
		args,
		env: {
			FLOTILLA_HOME: ground.home,
			FLOTILLA_NO_DAEMON: victim === 'program' ? '1' : '',
			ANTHROPIC_BASE_URL: url,
			ANTHROPIC_API_KEY: 'a-key',
			...(aim?.kind === 'inside'
				? {
						NODE_OPTIONS: `--import=${new URL('kills-switch.ts', import.meta.url).href}`,
						FLOTILLA_TEST_KILL: `${aim.place}:${aim.nth}`,
					}
				: {}),
		},
		onLine: line => {
			bed.onEvent?.();
			if (strike('event') || (kind(line) === 'call.started' && strike('call'))) kill();
		},
	});
	bed.onRequest(() => {
		if (strike('stream') && aim?.kind === 'stream') setTimeout(kill, aim.ms);
	});
	arm();
	const life = await ended;
	clearTimeout(timer);
	bed.onRequest(() => {});
	return {...life, struck};
};

const storedIn = ({home}: Ground): readonly StoredEvent[] => {
	const file = join(home, 'flotilla.db');
	return existsSync(file) ? readEvents(file) : [];
};

/** Live after live until the run is done, or until it does not get any further. */
const liveOn = async (
	bed: Bed,
): Promise<{readonly kills: string[]; readonly lives: number; readonly wrong: Finding[]}> => {
	const {ground, allowed} = bed;
	const aims = [...bed.aims];
	const [kills, wrong]: [string[], Finding[]] = [[], []];
	const began = [...allowed, '--json', '--dir', ground.dir];
	// A run that first waits for its person has not much to be killed in before it is allowed to go on.
	const waits = !allowed.includes('--yes');
	for (let lives = 1, free = 0; ; lives++) {
		const runId = storedIn(ground)[0]?.runId;
		const args = runId === undefined ? ['run', 'Do the ten steps', ...began] : ['resume', runId, '--yes', '--json'];
		const aimed = waits && lives === 1 ? [] : aims.splice(0, bed.victim === 'engine' ? aims.length : 1);
		const life = await live(bed, args, ...aimed);
		if (bed.victim === 'engine') kills.push(...life.struck.map(wordsOf));
		const [aim] = aimed;
		if (life.hung) wrong.push({rule: 'hung', words: `life ${lives} did not end: ${args.join(' ')}`});
		else if (life.code === null && aim !== undefined) kills.push(wordsOf(aim));
		else if (life.code === null || life.code === 70)
			wrong.push({rule: 'crash', words: `life ${lives} crashed: ${life.stderr.slice(-600)}`});
		if (life.code === 0) return {kills, lives, wrong};
		if (aim === undefined && ++free >= freeLivesMax) {
			wrong.push({rule: 'end', words: `not done after ${lives} lives: ${life.stderr.slice(-300)}`});
			return {kills, lives, wrong};
		}
	}
};

const jsonOf = async (bed: Bed, verb: string, runId: string): Promise<unknown> => {
	const {stdout, stderr} = await live(bed, [verb, runId, '--json']);
	try {
		return JSON.parse(stdout);
	} catch {
		throw new Error(`${verb} --json printed no JSON: ${stdout.slice(0, 200)}${stderr}`);
	}
};

/** The ten steps, carried out by real processes that are killed; then everything that can be seen of them. */
export const runTenSteps = async (order: KillOrder): Promise<KilledRun> => {
	const {ground = makeGround()} = order;
	let onRequest = (): void => {};
	const script = withPace(scriptOf(tenSteps), {ttftMs: 2, deltasPerSecond: 1500});
	await using server = await startStandIn({
		script: (request, n) => {
			onRequest();
			return script(request, n);
		},
	});
	const bed: Bed = {
		...order,
		ground,
		url: server.url,
		onRequest: call => {
			onRequest = call;
		},
	};
	try {
		mkdirSync(join(ground.dir, 'work'));
		writeFileSync(join(ground.dir, 'README.md'), '# Ten steps\n\nTODO lay\nTODO left\n');
		const {kills, lives, wrong} = await liveOn(bed);
		if (order.victim === 'engine') await live(bed, ['engine', 'stop']);
		const processesLeft = await endProcessesIn(ground.dir);
		await until(() => server.ledger.length === server.requests.length);
		const events = storedIn(ground);
		const runId = events[0]?.runId ?? '';
		const [shown, replayed] = [await jsonOf(bed, 'show', runId), await jsonOf(bed, 'replay', runId)];
		const files = filesBelow(ground.dir);
		const {requests, ledger} = server;
		const {expected} = order;
		const evidence: Evidence = {
			events,
			requests,
			ledger,
			askerOf,
			shown,
			replayed,
			files,
			expected,
			processesLeft,
		};
		const of = (type: string) => events.filter(event => event.type === type);
		return {
			kills,
			lives,
			end: {...endOf(shown), files},
			findings: [...wrong, ...findingsOf(evidence)],
			unknownCalls: of('call.finished').filter(({body}) => body['outcome'] === 'unknown').length,
			lostTurns: of('turn.failed').length,
			repeated: expected === undefined ? 0 : repeatedMarks({events, files, expected: expected.files}),
		};
	} finally {
		ground.remove();
	}
};

export type SeededRun = KilledRun & {
	readonly seed: number;
	readonly aimClass: AimClass;
	readonly victim: Victim;
};

/** The same with the engine in the background as the victim, killed once to three times while it is watched. */
export const engineRunOfSeed = async (seed: number, launcher: string, expected: Expected): Promise<SeededRun> => {
	const random = createRandom(seed);
	const aimClass = outerClasses[seed % outerClasses.length] ?? 'at any time';
	const aims = aimsAtEngine(aimClass, random, seed % 3);
	const allowed = random.chance(0.7) ? allAllowed : (random.oneOf(beginnings) ?? allAllowed);
	return {
		...(await runTenSteps({launcher, victim: 'engine', aims, allowed, expected})),
		seed,
		aimClass,
		victim: 'engine',
	};
};

/** The run of a seed: its class, its kills, how it begins. */
export const runOfSeed = async (seed: number, launcher: string, expected: Expected): Promise<SeededRun> => {
	const random = createRandom(seed);
	const aimClass = aimClasses[seed % aimClasses.length] ?? 'at any time';
	const pair = Math.floor(seed / aimClasses.length) % 2 === 1;
	const aims = aimsFor(aimClass, random, pair);
	const allowed = random.chance(0.7) ? allAllowed : (random.oneOf(beginnings) ?? allAllowed);
	return {...(await runTenSteps({launcher, aims, allowed, expected})), seed, aimClass, victim: 'program'};
};
