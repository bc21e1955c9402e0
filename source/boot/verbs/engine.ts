import {existsSync, readFileSync} from 'node:fs';
import {LockHeld} from '../../../db/lock.ts';
import {StorageProblem} from '../../../db/storage-problem.ts';
import {systemClock} from '../../engine/clock.ts';
import {type Connection, Unanswered} from '../../host/connect.ts';
import type {EngineStatus} from '../../host/host-port.ts';
import {calledAs} from '../called-as.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {openEngineLog} from '../engine-log.ts';
import {endingMs, lockHeldCode} from '../engine-process.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {followLines} from '../follow-lines.ts';
import {joinEngine, retire, succeed} from '../join-engine.ts';
import {holderIn, meetEngine} from '../meet-engine.ts';
import {pause} from '../pause.ts';
import {Problem} from '../problem.ts';
import {complain, print, printJson} from '../terminal.ts';

const minute = 60_000;

const forHowLong = (ms: number): string =>
	ms < minute
		? `${Math.round(ms / 1000)} s`
		: ms < 120 * minute
			? `${Math.round(ms / minute)} min`
			: `${Math.round(ms / (60 * minute))} h`;

const describe = ({version, pid, startedAt, carries, clients, memory, atWork}: EngineStatus): string =>
	[
		`flotilla ${version}, process ${pid}, for ${forHowLong(systemClock.now() - startedAt)}`,
		`carries ${carries.length} ${carries.length === 1 ? 'run' : 'runs'}, ${atWork} at work${carries.length === 0 ? '' : `: ${carries.join(', ')}`}`,
		`${clients} connected, ${Math.round(memory / 1024 / 1024)} MB`,
	].join('\n');

const complaining =
	({terminal}: Context) =>
	(words: string): void =>
		complain(terminal, words);

const tell = ({flags, terminal}: Context, status: EngineStatus | undefined): void => {
	if (flags.json === true)
		printJson(terminal, {version: 1, running: status !== undefined, ...(status && {engine: status})}, 'page');
	else print(terminal, status === undefined ? 'No engine is at work in the background.' : describe(status));
};

/** So often another engine is joined where somebody ends each in the moment it was. */
const joinsMax = 3;

/** What an engine answers, or something else when it ends instead: somebody else has just stopped it. */
const unlessEnded = async <T, E>(asked: Promise<T>, otherwise: E): Promise<T | E> => {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof Unanswered) return otherwise;
		throw error;
	}
};

/** Tell of the engine that was joined; where somebody ended it in the same moment, of the next one. */
const tellJoined = async (context: Context, joined: Connection): Promise<ExitCode> => {
	for (
		let connection = joined, left = joinsMax;
		;
		connection = await joinEngine(context, complaining(context)), left--
	) {
		const standing = await unlessEnded(connection.status(), undefined);
		connection.close();
		if (standing === undefined && left > 0) continue;
		tell(context, standing);
		return standing === undefined ? exitCodes.failed : exitCodes.done;
	}
};

const start = async (context: Context): Promise<ExitCode> =>
	tellJoined(context, await joinEngine(context, complaining(context)));

const status = async (context: Context): Promise<ExitCode> => {
	const meeting = await meetEngine(context);
	if (meeting.kind === 'welcome') {
		tell(context, await unlessEnded(meeting.connection.status(), undefined));
		meeting.connection.close();
		return exitCodes.done;
	}
	if (meeting.kind === 'absent') {
		tell(context, undefined);
		return exitCodes.done;
	}
	const {version, pid, close} = meeting;
	close();
	throw new Problem(`An engine of flotilla ${version} (process ${pid}) is at work; this is ${context.version}.`);
};

/** Wait until the engine has let go of the state folder; somebody else may have it by then. */
const untilFree = async ({paths}: Context, pid: number): Promise<void> => {
	const before = systemClock.now() + endingMs;
	while (holderIn(paths.state)?.pid === String(pid)) {
		if (systemClock.now() > before)
			throw new Problem(
				`The engine (process ${pid}) has set down its runs, and has not ended within ${endingMs / 1000} s. \`flotilla engine logs\` may say why; end that process.`,
			);
		await pause(20);
	}
};

const tellEnd = ({flags, terminal}: Context, setDown: readonly string[], words: string): void => {
	if (flags.json === true) printJson(terminal, {version: 1, running: false, setDown}, 'page');
	else print(terminal, words);
};

/** Resolves when it has ended; what it carried is set down and can be taken up again. */
const stop = async (context: Context): Promise<ExitCode> => {
	const meeting = await meetEngine(context);
	if (meeting.kind === 'absent') {
		tellEnd(context, [], 'No engine is at work in the background.');
		return exitCodes.done;
	}
	if (meeting.kind === 'refused' && meeting.why === 'token')
		throw new Problem(`The engine (process ${meeting.pid}) does not know this state folder. End that process instead.`);
	const down = await unlessEnded(meeting.kind === 'welcome' ? meeting.connection.stop() : meeting.retire(), undefined);
	try {
		await untilFree(context, meeting.kind === 'welcome' ? meeting.connection.engine.pid : meeting.pid);
	} finally {
		if (meeting.kind === 'welcome') meeting.connection.close();
		else meeting.close();
	}
	const runs = (down ?? []).map(({runId}) => runId);
	const nothing = down === undefined ? 'The engine has ended.' : 'The engine has ended; it carried nothing.';
	tellEnd(
		context,
		runs,
		runs.length === 0
			? nothing
			: calledAs(
					context.inherited,
					`The engine has ended. It set down ${runs.join(', ')}: \`flotilla resume <run>\` takes one up again.`,
				),
	);
	return exitCodes.done;
};

const restart = async (context: Context): Promise<ExitCode> => {
	const meeting = await meetEngine(context);
	const down =
		meeting.kind === 'welcome' ? await unlessEnded(retire(meeting.connection, complaining(context)), []) : [];
	if (meeting.kind === 'refused') meeting.close();
	return tellJoined(context, await succeed(context, down, complaining(context)));
};

const logs = async ({paths, terminal, flags}: Context, abort: AbortSignal): Promise<ExitCode> => {
	const {log: file, out} = paths.engine;
	if (flags.follow === true) {
		const onLine = (line: string): void =>
			flags.json === true ? printJson(terminal, {version: 1, line}, 'line') : print(terminal, line);
		if (!existsSync(file)) complain(terminal, `No engine has written to ${file} yet; it is waited for.`);
		await followLines({file, clock: systemClock, onLine, abort});
		return exitCodes.done;
	}
	const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trimEnd() : '');
	const written = textOf(file);
	const printed = textOf(out);
	const lines = written === '' ? [] : written.split('\n');
	if (flags.json === true)
		printJson(terminal, {version: 1, file, lines, ...(printed !== '' && {printed: printed.split('\n')})}, 'page');
	else {
		print(terminal, written === '' ? `No engine has written to ${file} yet.` : written);
		if (printed !== '') print(terminal, `The engine printed (${out}):\n${printed}`);
	}
	return exitCodes.done;
};

/** Ends the process by itself: an engine has ended when its work has, whatever is left open. */
const serve = async (context: Context, defects: Defects): Promise<never> => {
	const diary = openEngineLog(context.paths.engine.log, systemClock.now);
	const {serveEngine} = await import('../serve-engine.ts');
	try {
		await serveEngine(context, defects, diary);
		return process.exit(exitCodes.done);
	} catch (error) {
		// Somebody was faster; whoever started this one finds that engine.
		if (error instanceof LockHeld) return process.exit(lockHeldCode);
		const isProblem = error instanceof StorageProblem || error instanceof Problem;
		const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
		diary.say(`ends by an error: ${isProblem ? error.message : stack}`);
		return process.exit(isProblem ? exitCodes.usage : exitCodes.bug);
	}
};

/** What there is to do with the engine in the background. */
export const engine = async (context: Context, words: readonly string[], defects: Defects): Promise<ExitCode> => {
	if (context.flags.follow === true && words[0] !== 'logs')
		throw new Problem('--follow goes with `flotilla engine logs` and `flotilla logs`.');
	switch (words[0]) {
		case 'start':
			return start(context);
		case 'stop':
			return stop(context);
		case 'restart':
			return restart(context);
		case 'logs':
			return logs(context, defects.signal);
		case 'serve':
			return serve(context, defects);
		default:
			return status(context);
	}
};
