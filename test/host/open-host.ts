import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {systemClock} from '../../source/engine/clock.ts';
import {type Connection, connect, type Meeting} from '../../source/host/connect.ts';
import type {HostPort, SetDown} from '../../source/host/host-port.ts';
import {type Host, serve} from '../../source/host/serve.ts';
import {makeEvents} from '../support/make-run.ts';
import {createMemoryFleet, type MemoryFleet} from '../support/memory-fleet.ts';

export const token = 'a-token-that-is-known';

export type OpenHost = {
	readonly fleet: MemoryFleet;
	readonly host: Host;
	readonly path: string;
	readonly carried: {readonly runId: string; readonly grounds: unknown; readonly first: readonly unknown[]}[];
	readonly counts: readonly number[];
	/** Ask to be served, with the right token unless another is given. */
	readonly meet: (given?: string) => Promise<Meeting>;
	readonly join: () => Promise<Connection>;
};

/** A fleet behind a real socket. */
export const openHost = async (
	fleet = createMemoryFleet(makeEvents({steps: 3})),
	path = join(mkdtempSync(join(tmpdir(), 'flotilla-host-')), 'engine.sock'),
	setDown: readonly SetDown[] = [],
): Promise<OpenHost> => {
	const carried: {readonly runId: string; readonly grounds: unknown; readonly first: readonly unknown[]}[] = [];
	const counts: number[] = [];
	const port: HostPort = {
		...fleet.port,
		carry: async (runId, grounds, first) => {
			carried.push({runId, grounds, first});
			for (const command of first) {
				const rejection = await fleet.port.send(command);
				if (rejection !== undefined) return rejection;
			}
			return undefined;
		},
	};
	const host = await serve({
		path,
		port,
		version: '1.2.3',
		pid: 42,
		token,
		status: () => ({
			version: '1.2.3',
			pid: 42,
			startedAt: 0,
			carries: [],
			clients: host.clients(),
			memory: 1,
			atWork: 0,
		}),
		end: async () => setDown,
		endIfIdle: async () => false,
		after: systemClock.after,
		onClients: count => counts.push(count),
		onTrouble: error => {
			throw error;
		},
	});
	onTestFinished(async () => {
		await host.close('stopped').catch(() => {});
		rmSync(path, {force: true});
	});
	const meet = (given = token): Promise<Meeting> => connect(path, given, '1.2.3', systemClock.after);
	return {
		fleet,
		host,
		path,
		carried,
		counts,
		meet,
		join: async () => {
			const meeting = await meet();
			if (meeting.kind !== 'welcome') throw new Error(`It was met with ${meeting.kind}.`);
			onTestFinished(meeting.connection.close);
			return meeting.connection;
		},
	};
};
