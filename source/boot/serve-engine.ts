import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {takeLock} from '../../db/lock.ts';
import type {RunId} from '../domain/id.ts';
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
import {groundsOf} from './grounds.ts';
import {takeHandedOver, writeHandedOver} from './handed-over.ts';

/** How long an engine without anything to do waits for somebody, ms. */
const usualIdleMs = 10 * 60_000;

const idleMsOf = ({paths}: Context): number => {
	const minutes = readUserConfig(paths.userConfig).engine?.idleMinutes;
	return minutes === undefined ? usualIdleMs : minutes * 60_000;
};

const wordsOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** What the engine before this one carried when it was killed, or set down for this one. */
const takeUpLeft = async (context: Context, {log, takeUp}: Fleet, {say}: EngineLog): Promise<void> => {
	const handedOver = takeHandedOver(context.paths);
	for (const {id} of log.runs().filter(run => !hasEnded(run))) {
		let left = false;
		const isLeft = (run: {readonly suspended: boolean}): boolean => {
			left = !run.suspended || handedOver.includes(id);
			return left;
		};
		// One that cannot even be read must not keep the others waiting.
		const problem = await takeUp(id, isLeft, run => groundsOf(context, run, false)).catch((error: unknown) => error);
		if (problem !== undefined) say(`did not take up ${id}: ${wordsOf(problem)}`);
		else if (left) say(`took up ${id}`);
	}
};

/**
 * Be the engine of the state folder until somebody stops it, another version takes over, or nothing has been to do for
 * a while. Whoever holds the lock is the only one; a second one ends at once with a LockHeld. After a defect it ends as
 * if it had been killed, so that the next one takes up what it carried.
 */
export const serveEngine = async (context: Context, defects: Defects, diary: EngineLog): Promise<void> => {
	const {paths, version} = context;
	const startedAt = systemClock.now();
	const lock = takeLock(paths.state, 'start an engine', 'starting');
	const fleet = await openFleet(context, lock, defects.report);
	const {engine, carriers} = fleet;
	const end = Promise.withResolvers<EndWord | 'defect'>();
	const down = Promise.withResolvers<readonly SetDown[]>();
	// Perhaps nobody asks for it.
	down.promise.catch(() => {});
	let host: Host | undefined;
	let callOffIdle = (): void => {};
	let over = false;

	/** Asked again whenever somebody comes or leaves, and after every pause. */
	const watchIdle = (): void => {
		callOffIdle();
		if (over) return;
		callOffIdle = systemClock.after(idleMsOf(context), () => {
			if ((host?.clients() ?? 0) === 0 && engine.isQuiet()) end.resolve('idle');
			else watchIdle();
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

	/** Set all runs down. Grounds go to an engine that takes over, and to nobody else. */
	const setDown = async (why: EndWord): Promise<readonly SetDown[]> => {
		const carried: readonly RunId[] = engine.carried().map(({id}) => id);
		if (why === 'retired') writeHandedOver(paths, carried);
		await engine.stop();
		return carried.map(runId => ({runId, grounds: why === 'retired' ? carriers.groundsOf(runId) : undefined}));
	};

	const stop = (): void => end.resolve('stopped');
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
	// The terminal it was started from is not its own.
	process.on('SIGHUP', () => {});
	defects.signal.addEventListener('abort', () => end.resolve('defect'));
	try {
		const followers = await openFollowers(context, fleet, diary.say, diary.say);
		mkdirSync(dirname(paths.engine.socket), {recursive: true, mode: 0o700});
		const token = createToken();
		rmSync(paths.engine.token, {force: true});
		writeFileSync(paths.engine.token, token, {mode: 0o600});
		host = await serve({
			path: paths.engine.socket,
			port: fleet.port,
			version,
			pid: process.pid,
			token,
			status,
			end: why => {
				end.resolve(why);
				return down.promise;
			},
			endIfIdle: async () => {
				if (engine.carried().length > 0 || engine.atWork() > 0) return false;
				end.resolve('stopped');
				await down.promise;
				return true;
			},
			onClients: watchIdle,
			after: systemClock.after,
		});
		lock.enter('serving');
		diary.say(`flotilla ${version} listens (process ${process.pid})`);
		await takeUpLeft(context, fleet, diary);
		watchIdle();
		const why = await end.promise;
		diary.say(`ends: ${why}`);
		over = true;
		lock.enter('ending');
		host.shut();
		if (why === 'defect') await host.close(undefined);
		else {
			down.resolve(await setDown(why));
			await followers.close();
			// Whoever asked for it is answered before everybody is let go.
			await new Promise<void>(resolve => systemClock.soon(resolve));
			await host.close(why);
		}
	} finally {
		over = true;
		callOffIdle();
		down.reject(new Error('The engine has ended.'));
		await host?.close(undefined);
		rmSync(paths.engine.token, {force: true});
		// After a defect nothing is set down: what was under way is recovered.
		if (!defects.signal.aborted) await fleet.close();
	}
	defects.signal.throwIfAborted();
};
