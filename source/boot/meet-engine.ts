import {lstatSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {ensurePrivateFile} from '../../db/private-file.ts';
import {systemClock} from '../engine/clock.ts';
import {type Connection, connect, type Meeting} from '../host/connect.ts';
import {wireVersion} from '../host/frame.ts';
import type {SetDown} from '../host/host-port.ts';
import {startDetached} from '../workspace/detached.ts';
import type {Context} from './context.ts';
import {engineNodeArgs, startMs} from './engine-process.ts';
import {Problem} from './problem.ts';
import {complain} from './terminal.ts';

const wait = (ms: number): Promise<void> => new Promise(resolve => void systemClock.after(ms, resolve));

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

const tokenIn = (file: string): string | undefined => {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return undefined;
	}
};

/** Ask for the engine of the state folder, if there is one. */
export const meetEngine = async ({paths, version}: Context): Promise<Meeting> => {
	const {socket, token} = paths.engine;
	refuseForeign(socket);
	const known = tokenIn(token);
	if (known === undefined) return {kind: 'absent'};
	try {
		return await connect(socket, known, version);
	} catch (error) {
		throw new Problem(
			`The engine could not be asked at ${socket}: ${error instanceof Error ? error.message : String(error)}.`,
		);
	}
};

const lastLines = (file: string): string => {
	try {
		return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
	} catch {
		return '';
	}
};

/** Start an engine that outlives this process, and wait until it listens. Somebody else may be faster. */
const startEngine = async (context: Context): Promise<Connection> => {
	const {paths, inherited} = context;
	const program = process.argv[1];
	if (program === undefined) throw new Error('A program without a file cannot start an engine.');
	ensurePrivateFile(paths.engine.log);
	const end = startDetached({
		program: process.execPath,
		// A debugger or profiler looks at the process that was asked for it.
		args: [
			...process.execArgv.filter(arg => !/^--(?:inspect|cpu-prof|heap-prof)/.test(arg)),
			...engineNodeArgs,
			program,
			'engine',
			'serve',
		],
		cwd: '/',
		env: {...inherited, ...(inherited['FLOTILLA_HOME'] === undefined ? {} : {FLOTILLA_HOME: paths.state})},
		log: paths.engine.log,
	});
	let ended: string | undefined;
	void end.then(how => {
		ended = how;
	});
	const before = systemClock.now() + startMs;
	for (;;) {
		const meeting = await meetEngine(context);
		if (meeting.kind === 'welcome') return meeting.connection;
		if (meeting.kind === 'refused') meeting.close();
		if (ended !== undefined && meeting.kind === 'absent') {
			// Another one may hold the lock and be about to listen.
			await wait(200);
			const other = await meetEngine(context);
			if (other.kind === 'welcome') return other.connection;
			throw new Problem(
				`The engine in the background did not start (${ended}). The end of ${paths.engine.log} says:\n${lastLines(paths.engine.log)}`,
			);
		}
		if (systemClock.now() > before)
			throw new Problem(
				`The engine in the background did not answer within ${startMs / 1000} s. Look into ${paths.engine.log}, or work without it: --no-daemon.`,
			);
		await wait(15);
	}
};

/** Another version is at work: it sets its runs down, and an engine of this version takes them up. */
const takeOver = async (context: Context, refused: Extract<Meeting, {kind: 'refused'}>): Promise<Connection> => {
	const {version, wire, pid} = refused;
	if (refused.why === 'token') {
		refused.close();
		throw new Problem(
			`An engine (process ${pid}) is at work that does not know this state folder. End that process, and try again.`,
		);
	}
	if (wire > wireVersion) {
		refused.close();
		throw new Problem(
			`This is flotilla ${context.version}, and a newer engine (${version}, process ${pid}) is at work. Update this one, or end the engine with its own \`flotilla engine stop\`.`,
		);
	}
	complain(
		context.terminal,
		`An engine of flotilla ${version} (process ${pid}) is at work; one of ${context.version} takes over its runs.`,
	);
	const down: readonly SetDown[] = await refused.retire();
	refused.close();
	const connection = await startEngine(context);
	for (const {runId, grounds} of down) {
		const rejection = await connection.carry(runId, grounds, []);
		if (rejection !== undefined) complain(context.terminal, `${runId} was not taken up: ${rejection.message}`);
	}
	return connection;
};

/** The engine in the background; it is started when there is none. */
export const joinEngine = async (context: Context): Promise<Connection> => {
	const meeting = await meetEngine(context);
	switch (meeting.kind) {
		case 'welcome':
			return meeting.connection;
		case 'absent':
			return startEngine(context);
		case 'refused':
			return takeOver(context, meeting);
		default:
			return meeting satisfies never;
	}
};
