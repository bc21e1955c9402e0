import {existsSync, lstatSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {takeLock} from '../../db/lock.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import {systemClock} from '../engine/clock.ts';
import {createToken} from '../engine/id-source.ts';
import type {EndWord} from '../host/frame.ts';
import type {EngineStatus, SetDown} from '../host/host-port.ts';
import {type Host, serve} from '../host/serve.ts';
import {hasEnded} from './choose-run.ts';
import {readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import type {EngineLog} from './engine-log.ts';
import {type Fleet, openFleet} from './fleet.ts';
import {openFollowers} from './followers.ts';
import {type Grounds, groundsOf} from './grounds.ts';
import {forgetHandedOver, readHandedOver, writeHandedOver} from './handed-over.ts';
import {readMachineStart} from './machine-start.ts';
import {Problem} from './problem.ts';

/** How long an engine without anything to do waits for somebody, ms. */
const usualIdleMs = 10 * 60_000;

/** Who asks for another engine within so many ms of each other has not asked twice. */
const togetherMs = 1500;

/** How long what is under way may take to end by itself when another engine takes over, ms. */
const finishMs = 60_000;

const idleMsOf = ({paths}: Context): number => {
	const minutes = readUserConfig(paths.userConfig).engine?.idleMinutes;
	return minutes === undefined ? usualIdleMs : minutes * 60_000;
};

/** After a defect there is none: it looks as if it had been killed. */
const wordOf = (why: EndWord | 'defect' | undefined): EndWord | undefined => (why === 'defect' ? undefined : why);

/** How often it is looked whether the socket is still there, ms: who cleans up /tmp may take it away. */
const lookEveryMs = 15_000;

/** Makes what only the user can read, in place of whatever lies there. */
const writeToken = (file: string, token: string): void => {
	rmSync(file, {force: true});
	writeFileSync(file, token, {mode: 0o600, flag: 'wx'});
};

/** Makes the folder of the socket. Whoever could write to it could put another socket there, so that is refused. */
const makeSocketFolder = (socket: string): void => {
	const folder = dirname(socket);
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const {uid, mode} = lstatSync(folder);
	const ours = process.getuid?.();
	if (ours === undefined) return;
	const otherwise =
		'set FLOTILLA_HOME to a folder of your own, or work without an engine in the background: --no-daemon';
	if (uid !== ours)
		throw new Problem(`${folder} belongs to another user, so no engine listens there. Remove it, ${otherwise}.`);
	if ((mode & 0o022) !== 0)
		throw new Problem(
			`Others than you can write to ${folder}, so no engine listens there. \`chmod go-w ${folder}\` mends that; or ${otherwise}.`,
		);
};

const wordsOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/**
 * What the engine before this one carried when it was killed, or set down for this one. After a new start of the machine
 * a person is to say what goes on: much may have changed, and to go on costs money.
 */
const takeUpLeft = async (context: Context, {log, takeUp}: Fleet, {say}: EngineLog): Promise<void> => {
	const handedOver = readHandedOver(context.paths);
	const start = readMachineStart(context.paths, systemClock.now());
	const groundsIfSame = (run: Run): Grounds => {
		if (start.isAnew)
			throw new Problem(`The machine was started anew since it was left. \`flotilla resume ${run.id}\` takes it up.`);
		return groundsOf(context, run, false);
	};
	for (const {id} of log.runs().filter(run => !hasEnded(run))) {
		let left = false;
		const isLeft = (run: {readonly suspended: boolean}): boolean => {
			left = !run.suspended || handedOver.includes(id);
			return left;
		};
		// One that cannot even be read must not keep the others waiting.
		const problem = await takeUp(id, isLeft, groundsIfSame).catch((error: unknown) => error);
		if (problem !== undefined) say(`did not take up ${id}: ${wordsOf(problem)}`);
		else if (left) say(`took up ${id}`);
	}
	// Not before: should this engine be killed on the way, the next one must still know of the others.
	forgetHandedOver(context.paths);
	start.note();
};

/**
 * Be the engine of the state folder until somebody stops it, another version takes over, or nothing has been to do for
 * a while. Whoever holds the lock is the only one; a second one ends at once with a LockHeld. After a defect it ends as
 * if it had been killed, so that the next one takes up what it carried.
 */
export const serveEngine = async (context: Context, defects: Defects, diary: EngineLog): Promise<void> => {
	const {paths, version, build} = context;
	const startedAt = systemClock.now();
	const lock = takeLock(paths.state, 'start an engine', 'starting');
	const fleet = await openFleet(context, lock, defects.report);
	const {engine, carriers} = fleet;
	const end = Promise.withResolvers<void>();
	/** Waited for no longer: somebody has asked twice, or it has taken too long. */
	const enough = new AbortController();
	let why: EndWord | 'defect' | undefined;
	let isSettled = false;
	const down = Promise.withResolvers<readonly SetDown[]>();
	// Perhaps nobody asks for it.
	down.promise.catch(() => {});
	let host: Host | undefined;
	let callOffIdle = (): void => {};
	let callOffLook = (): void => {};
	let over = false;

	let askedAt = 0;
	/**
	 * Whoever asks once more does not want to wait, and who stops it for good wants no other engine. Several who come at the
	 * same time after a new version was installed only want the next one.
	 */
	const askToEnd = (word: EndWord | 'defect'): void => {
		const now = systemClock.now();
		if (why === undefined) askedAt = now;
		else if (word !== 'retired' || now - askedAt > togetherMs) enough.abort();
		if (why === undefined || (why === 'retired' && !isSettled) || word === 'defect') why = word;
		end.resolve();
	};

	/** Asked again whenever somebody comes or leaves, and after every pause. */
	const watchIdle = (): void => {
		callOffIdle();
		if (over) return;
		callOffIdle = systemClock.after(idleMsOf(context), () => {
			if ((host?.clients() ?? 0) === 0 && engine.isQuiet()) askToEnd('idle');
			else watchIdle();
		});
	};

	/** An engine that cannot be found could be asked by nobody, and would keep the state folder for ever. */
	const lookAfter = (token: string): void => {
		callOffLook = systemClock.after(lookEveryMs, async () => {
			try {
				if (over) return;
				makeSocketFolder(paths.engine.socket);
				if (!existsSync(paths.engine.token)) writeToken(paths.engine.token, token);
				if (await host?.look()) diary.say('listens again: its socket was taken away');
			} catch (error) {
				diary.say(`cannot listen again: ${wordsOf(error)}`);
			}
			if (!over) lookAfter(token);
		});
	};

	const status = (): EngineStatus => ({
		version,
		pid: process.pid,
		startedAt,
		carries: engine.carried().map(({id}) => id),
		clients: host?.clients() ?? 0,
		memory: process.memoryUsage.rss(),
		atWork: engine.atWork(),
	});

	/** What is under way ends by itself, so that nothing of it is lost, or asked and paid for twice. */
	const finish = async (): Promise<void> => {
		lock.enter('finishing');
		diary.say(`is to be replaced: ${engine.atWork()} turns and calls end first`);
		const callOff = systemClock.after(finishMs, () => enough.abort());
		await engine.finish(enough.signal);
		callOff();
		if (engine.atWork() > 0) diary.say(`cuts off ${engine.atWork()} turns and calls`);
	};

	/** Set all runs down. Grounds go to an engine that takes over, and to nobody else. */
	const setDown = async (): Promise<readonly SetDown[]> => {
		const carried: readonly RunId[] = engine.carried().map(({id}) => id);
		if (why === 'retired') {
			const problem = writeHandedOver(paths, carried);
			if (problem !== undefined) diary.say(`could not write down what it hands over: ${problem}`);
			await finish();
		}
		isSettled = true;
		diary.say(`ends: ${why}`);
		const isForAnother = why === 'retired';
		if (why === 'stopped' || why === 'idle') forgetHandedOver(paths);
		lock.enter('ending');
		host?.shut();
		await engine.stop();
		return carried.map(runId => ({runId, grounds: isForAnother ? carriers.groundsOf(runId) : undefined}));
	};

	const stop = (): void => askToEnd('stopped');
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
	// The terminal it was started from is not its own.
	process.on('SIGHUP', () => {});
	defects.signal.addEventListener('abort', () => askToEnd('defect'));
	try {
		const followers = await openFollowers(context, fleet, diary.say, diary.say);
		makeSocketFolder(paths.engine.socket);
		const token = createToken();
		writeToken(paths.engine.token, token);
		host = await serve({
			path: paths.engine.socket,
			port: fleet.port,
			version,
			build,
			pid: process.pid,
			token,
			status,
			end: word => {
				askToEnd(word);
				return down.promise;
			},
			endIfIdle: async () => {
				if (why !== undefined || engine.carried().length > 0 || engine.atWork() > 0) return false;
				askToEnd('stopped');
				await down.promise;
				return true;
			},
			onClients: watchIdle,
			onTrouble: error => diary.say(`somebody could not be let in: ${wordsOf(error)}`),
			after: systemClock.after,
		});
		lookAfter(token);
		lock.enter('serving');
		diary.say(`flotilla ${version} listens (process ${process.pid})`);
		await takeUpLeft(context, fleet, diary);
		watchIdle();
		await end.promise;
		over = true;
		if (!defects.signal.aborted) {
			down.resolve(await setDown());
			await followers.close();
			// Whoever asked for it is answered before everybody is let go.
			await new Promise<void>(resolve => systemClock.soon(resolve));
		}
		if (defects.signal.aborted) diary.say('ends: defect');
		await host.close(wordOf(why));
	} finally {
		over = true;
		callOffIdle();
		callOffLook();
		down.reject(new Error('The engine has ended.'));
		await host?.close(undefined);
		rmSync(paths.engine.token, {force: true});
		// After a defect nothing is set down: what was under way is recovered.
		if (!defects.signal.aborted) await fleet.close();
	}
	defects.signal.throwIfAborted();
};
