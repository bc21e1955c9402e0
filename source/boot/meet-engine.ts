import {lstatSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {isLocked} from '../../db/lock.ts';
import {ensurePrivateFile} from '../../db/private-file.ts';
import {systemClock} from '../engine/clock.ts';
import {type Connection, connect, type Ending, type Meeting} from '../host/connect.ts';
import {wireVersion} from '../host/frame.ts';
import type {SetDown} from '../host/host-port.ts';
import {startDetached} from '../workspace/detached.ts';
import type {Context} from './context.ts';
import {engineNodeArgs, lockHeldCode, startMs} from './engine-process.ts';
import {pause} from './pause.ts';
import {Problem} from './problem.ts';
import {complain} from './terminal.ts';

/** An engine answers, or none is there. */
export type Met = Exclude<Meeting, {kind: 'silent'}>;
type Refused = Extract<Meeting, {kind: 'refused'}>;

const lookEveryMs = 15;

/** What lies there must be ours: in a folder that others can write to, somebody else may have put it there. */
const refuseForeign = (socket: string): void => {
	const uid = process.getuid?.();
	for (const path of [dirname(socket), socket]) {
		const found = lstatSync(path, {throwIfNoEntry: false});
		if (found !== undefined && uid !== undefined && found.uid !== uid)
			throw new Problem(
				`${path} belongs to another user, so the engine behind it is not asked. Remove it, or set FLOTILLA_HOME to a folder of your own.`,
			);
	}
};

const read = (file: string): string => {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
};

/** Ask for the engine of the state folder, if there is one. Throws a Problem when it cannot be asked. */
export const meetEngine = async ({paths, version}: Context): Promise<Met> => {
	const {socket, token} = paths.engine;
	refuseForeign(socket);
	for (let known = read(token); ; ) {
		if (known === '') return {kind: 'absent'};
		const meeting = await connect(socket, known, version, systemClock.after).catch((error: Error) => {
			throw new Problem(`The engine could not be asked at ${socket}: ${error.message}.`);
		});
		if (meeting.kind === 'silent')
			throw new Problem(
				`The engine in the background (process ${read(join(paths.state, 'engine.pid'))}) does not answer: it may be stopped or stuck. Let it go on, or end that process; what it carries is taken up again.`,
			);
		const now = read(token);
		// Another engine began in this moment.
		if (meeting.kind !== 'refused' || meeting.why !== 'token' || now === known) return meeting;
		meeting.close();
		known = now;
	}
};

/** An engine in the background listens sooner than this after it has taken the lock, and lets go of it sooner, ms. */
const silentMs = 3000;

const lockHeld = `exit code ${lockHeldCode}`;

const lastLines = (file: string): string => read(file).split('\n').slice(-5).join('\n');

/** Start an engine that outlives this process. Resolves with how it ended, if it does while we live. */
const spawnEngine = ({paths, inherited}: Context): Promise<string> => {
	const program = process.argv[1];
	if (program === undefined) throw new Error('A program without a file cannot start an engine.');
	ensurePrivateFile(paths.engine.log);
	// A debugger or profiler looks at the process that was asked for it.
	const ours = process.execArgv.filter(arg => !/^--(?:inspect|cpu-prof|heap-prof)/.test(arg));
	return startDetached({
		program: process.execPath,
		args: [...ours, ...engineNodeArgs, program, 'engine', 'serve'],
		cwd: '/',
		env: {...inherited, ...(inherited['FLOTILLA_HOME'] === undefined ? {} : {FLOTILLA_HOME: paths.state})},
		log: paths.engine.log,
	});
};

/**
 * Start an engine and wait until one listens. Somebody else may be faster, or the last one may not have ended yet: then
 * it is tried again until the time is over.
 */
const startEngine = async (context: Context): Promise<Connection> => {
	const {log} = context.paths.engine;
	const before = systemClock.now() + startMs;
	let heldSince: number | undefined;
	// Another one holds the lock and is on its way, or somebody killed ours: then it is tried once more.
	const isPassing = (how: string): boolean => how === lockHeld || how.startsWith('SIG');
	let ended: string | undefined = lockHeld;
	while (systemClock.now() < before) {
		const meeting = await meetEngine(context);
		if (meeting.kind === 'welcome') return meeting.connection;
		if (meeting.kind === 'refused') return takeOver(context, meeting);
		if (ended !== undefined && isPassing(ended) && !isLocked(context.paths.state)) {
			ended = undefined;
			void spawnEngine(context).then(how => {
				ended = how;
			});
		} else if (ended === lockHeld) {
			heldSince ??= systemClock.now();
			if (systemClock.now() - heldSince > silentMs)
				throw new Problem(
					`An engine works in ${context.paths.state} and can be asked by nobody else (process ${read(join(context.paths.state, 'engine.pid'))}): it was started with --no-daemon. Use its own terminal, or wait until it ends.`,
				);
		} else if (ended !== undefined && !isPassing(ended))
			throw new Problem(
				`The engine in the background did not start (${ended}). The end of ${log} says:\n${lastLines(log)}`,
			);
		await pause(lookEveryMs);
	}
	throw new Problem(
		`The engine in the background did not answer within ${startMs / 1000} s. Look into ${log}, or work without it: --no-daemon.`,
	);
};

/** An engine that was asked to retire set these down; one of this version takes them up. */
export const succeed = async (context: Context, down: readonly SetDown[]): Promise<Connection> => {
	const connection = await startEngine(context);
	for (const {runId, grounds} of down) {
		const rejection = await connection.carry(runId, grounds, []);
		if (rejection !== undefined) complain(context.terminal, `${runId} was not taken up: ${rejection.message}`);
	}
	return connection;
};

const retireFor = async (
	context: Context,
	version: string,
	pid: number,
	retire: () => Promise<readonly SetDown[]>,
): Promise<Connection> => {
	complain(
		context.terminal,
		`An engine of flotilla ${version} (process ${pid}) is at work; one of ${context.version} takes over its runs.`,
	);
	// It may have ended by itself in the same moment: what it carried is then taken up all the same.
	return succeed(context, await retire().catch(() => []));
};

const refuseNewer = ({version}: Context, theirs: string, pid: number): Problem =>
	new Problem(
		`This is flotilla ${version}, and a newer engine (${theirs}, process ${pid}) is at work. Update this one, or end the engine with its own \`flotilla engine stop\`.`,
	);

/** Another version is at work: it sets its runs down, and an engine of this version takes them up. */
const takeOver = async (context: Context, {version, wire, pid, why, retire, close}: Refused): Promise<Connection> => {
	try {
		if (why === 'token')
			throw new Problem(
				`An engine (process ${pid}) is at work that does not know this state folder. End that process, and try again.`,
			);
		if (wire > wireVersion) throw refuseNewer(context, version, pid);
		return await retireFor(context, version, pid, retire);
	} finally {
		close();
	}
};

const isOlder = (one: string, other: string): boolean => {
	const [a, b] = [one, other].map(version => version.split(/[.-]/).map(Number));
	for (const [i, part] of (b ?? []).entries()) if (part !== (a?.[i] ?? 0)) return (a?.[i] ?? 0) < part;
	return false;
};

/** The engine in the background; it is started when there is none, and replaced by one of this version when it is older. */
export const joinEngine = async (context: Context): Promise<Connection> => {
	const meeting = await meetEngine(context);
	if (meeting.kind === 'absent') return startEngine(context);
	if (meeting.kind === 'refused') return takeOver(context, meeting);
	const {connection} = meeting;
	const {version, pid} = connection.engine;
	return isOlder(version, context.version) ? retireFor(context, version, pid, connection.retire) : connection;
};

/** The engine after one that ended while somebody watched. Where another takes over, that one is waited for. */
export const joinNext = async (context: Context, why: Exclude<Ending, 'stopped' | 'closed'>): Promise<Connection> => {
	const before = systemClock.now() + startMs;
	while (why === 'retired' && systemClock.now() < before) {
		const meeting = await meetEngine(context);
		if (meeting.kind === 'welcome') return meeting.connection;
		if (meeting.kind === 'refused') {
			meeting.close();
			throw refuseNewer(context, meeting.version, meeting.pid);
		}
		await pause(lookEveryMs);
	}
	return joinEngine(context);
};
