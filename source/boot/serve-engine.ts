import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {systemClock} from '../engine/clock.ts';
import {createToken} from '../engine/id-source.ts';
import type {EngineStatus, SetDown} from '../host/host-port.ts';
import {type Host, serve} from '../host/serve.ts';
import {readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import type {EngineLog} from './engine-log.ts';
import {type Fleet, openFleet} from './fleet.ts';
import {openFollowers} from './followers.ts';
import {groundsOf} from './grounds.ts';
import {readRun} from './read-run.ts';

/** How long an engine without anything to do waits for somebody, ms. */
const usualIdleMs = 10 * 60_000;

const idleMsOf = ({paths}: Context): number => {
	const minutes = readUserConfig(paths.userConfig).engine?.idleMinutes;
	return minutes === undefined ? usualIdleMs : minutes * 60_000;
};

/** What an engine that was killed carried: nobody has set these down. */
const takeUpLeft = async (context: Context, {log, port, engine}: Fleet, {say}: EngineLog): Promise<void> => {
	for (const {id, status} of log.runs()) {
		if (status === 'done' || status === 'failed' || status === 'stopped') continue;
		const run = readRun(log, id);
		if (run.suspended || run.status.kind === 'ended') continue;
		try {
			const rejection = await port.carry(id, groundsOf(context, run, false), []);
			say(rejection === undefined ? `took up ${id}` : `did not take up ${id}: ${rejection.message}`);
		} catch (error) {
			say(`did not take up ${id}: ${error instanceof Error ? error.message : String(error)}`);
			await engine.setDown(id);
		}
	}
};

/**
 * Be the engine of the state folder until somebody stops it, another version takes over, or nothing has been to do for
 * a while. Whoever holds the lock is the only one; a second one ends at once with a LockHeld.
 */
export const serveEngine = async (context: Context, defects: Defects, diary: EngineLog): Promise<void> => {
	const {paths, version} = context;
	const startedAt = systemClock.now();
	const fleet = await openFleet(context, defects.report);
	const followers = await openFollowers(context, fleet, diary.say, diary.say);
	const end = Promise.withResolvers<'stopped' | 'idle' | 'retired'>();
	const down = Promise.withResolvers<readonly SetDown[]>();
	let host: Host | undefined;
	let callOffIdle = (): void => {};
	let over = false;
	const idleMs = idleMsOf(context);

	/** Asked again whenever somebody leaves, and after every pause. */
	const watchIdle = (): void => {
		callOffIdle();
		if (over) return;
		callOffIdle = systemClock.after(idleMs, () => {
			if ((host?.clients() ?? 0) === 0 && fleet.engine.isQuiet()) end.resolve('idle');
			else watchIdle();
		});
	};

	const status = (): EngineStatus => ({
		version,
		pid: process.pid,
		startedAt,
		carries: fleet.engine.carried().map(({id}) => id),
		clients: host?.clients() ?? 0,
		memory: process.memoryUsage.rss(),
		atWork: fleet.engine.atWork(),
	});

	const stop = (): void => end.resolve('stopped');
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
	// The terminal it was started from is not its own.
	process.on('SIGHUP', () => {});
	defects.signal.addEventListener('abort', stop);
	try {
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
			onClients: watchIdle,
		});
		diary.say(`flotilla ${version} listens (process ${process.pid})`);
		await takeUpLeft(context, fleet, diary);
		watchIdle();
		const why = await end.promise;
		diary.say(`ends: ${why}`);
		const carried = fleet.engine.carried();
		await fleet.engine.stop();
		await followers.close();
		down.resolve(carried.map(({id}) => ({runId: id, grounds: fleet.carriers.groundsOf(id)})));
		// Whoever asked for it is answered before everybody is let go.
		await new Promise<void>(resolve => systemClock.soon(resolve));
		await host.close(why);
	} finally {
		over = true;
		callOffIdle();
		rmSync(paths.engine.token, {force: true});
		await fleet.close();
	}
	defects.signal.throwIfAborted();
};
