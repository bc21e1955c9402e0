import {chmodSync, rmSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {type Service, serveClient} from './client-session.ts';
import {type FromEngine, lineOf} from './frame.ts';

export type Host = {
	/** Windows and commands that are connected. */
	readonly clients: () => number;
	/** Say why, let everyone go, and take the socket away. */
	readonly close: (why: Extract<FromEngine, {type: 'over'}>['why']) => Promise<void>;
};

export type HostParts = Service & {
	/** Where the socket is to be. Whatever lies there is taken away: only the holder of the lock may call this. */
	readonly path: string;
	/** Called whenever somebody came or went. */
	readonly onClients: (count: number) => void;
};

/**
 * Serves the port on a Unix socket that only this user can open: its folder is the user's alone, and so is the socket.
 * Rejects when the socket cannot be made.
 */
export const serve = async ({path, onClients, ...service}: HostParts): Promise<Host> => {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		onClients(sockets.size);
		socket.once('close', () => {
			sockets.delete(socket);
			onClients(sockets.size);
		});
		serveClient(socket, service);
	});
	// Left behind by an engine that was killed.
	rmSync(path, {force: true});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, () => {
			server.off('error', reject);
			resolve();
		});
	});
	chmodSync(path, 0o600);
	return {
		clients: () => sockets.size,
		close: async why => {
			const closed = new Promise<void>(resolve => server.close(() => resolve()));
			for (const socket of sockets) socket.end(lineOf({type: 'over', why}));
			// A client that does not let go is not waited for.
			setImmediate(() => {
				for (const socket of sockets) socket.destroySoon();
			});
			await closed;
			rmSync(path, {force: true});
		},
	};
};
