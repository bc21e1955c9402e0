import {chmodSync, rmSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {type Service, serveClient} from './client-session.ts';
import {type EndWord, lineOf} from './frame.ts';

export type Host = {
	/** Windows and commands that are connected. */
	readonly clients: () => number;
	/** Let nobody in any more; who is in is still answered. */
	readonly shut: () => void;
	/** Say why, let everyone go, and take the socket away. Without a word it looks as if the engine had died. */
	readonly close: (why: EndWord | undefined) => Promise<void>;
};

export type HostParts = Service & {
	/** Where the socket is to be. Whatever lies there is taken away: only the holder of the lock may call this. */
	readonly path: string;
	/** Called whenever somebody came or went. */
	readonly onClients: (count: number) => void;
};

/** How long a client may take to read the last words, ms. */
const lastWordsMs = 1000;

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
	let closed: Promise<void> = Promise.resolve();
	let isShut = false;
	const shut = (): void => {
		if (isShut) return;
		isShut = true;
		closed = new Promise(resolve => server.close(() => resolve()));
	};
	return {
		clients: () => sockets.size,
		shut,
		close: async why => {
			shut();
			for (const socket of sockets) {
				if (why === undefined) socket.destroy();
				else socket.end(lineOf({type: 'over', why}));
			}
			// A client that does not read is not waited for.
			const callOff = service.after(lastWordsMs, () => {
				for (const socket of sockets) socket.destroy();
			});
			await closed;
			callOff();
			rmSync(path, {force: true});
		},
	};
};
