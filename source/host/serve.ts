import {chmodSync, rmSync, statSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {type Service, serveClient} from './client-session.ts';
import {type EndWord, lineOf} from './frame.ts';

export type Host = {
	/** Windows and commands that are connected. */
	readonly clients: () => number;
	/**
	 * Look whether the socket is still where clients look for it, and listen anew where somebody has taken it away.
	 * Resolves with whether that was so; who is connected stays so.
	 */
	readonly look: () => Promise<boolean>;
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
	/** Told what kept somebody out, such as that too many files are open. */
	readonly onTrouble: (error: Error) => void;
};

/** How long a client may take to read the last words, ms. */
const lastWordsMs = 1000;

/** The file of a socket, as long as it lies there. */
const fileAt = (path: string): string | undefined => {
	const found = statSync(path, {throwIfNoEntry: false});
	return found === undefined ? undefined : `${found.dev} ${found.ino}`;
};

/** From its first moment on the socket is the user's alone. */
const listen = async (server: Server, path: string): Promise<void> => {
	// Left behind by an engine that was killed.
	rmSync(path, {force: true});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		const before = process.umask(0o177);
		try {
			server.listen(path, () => {
				server.off('error', reject);
				resolve();
			});
		} finally {
			process.umask(before);
		}
	});
	chmodSync(path, 0o600);
};

/**
 * Serves the port on a Unix socket that only this user can open: its folder is the user's alone, and so is the socket.
 * Rejects when the socket cannot be made.
 */
export const serve = async ({path, onClients, onTrouble, ...service}: HostParts): Promise<Host> => {
	const sockets = new Set<Socket>();
	const open = async (): Promise<Server> => {
		const server = createServer(socket => {
			sockets.add(socket);
			onClients(sockets.size);
			socket.once('close', () => {
				sockets.delete(socket);
				onClients(sockets.size);
			});
			serveClient(socket, service);
		});
		await listen(server, path);
		server.on('error', onTrouble);
		return server;
	};
	let server = await open();
	let file = fileAt(path);
	const closed: Promise<void>[] = [];
	/** Whoever came through it stays. Its socket is taken away with it, so this goes before the next one is made. */
	const letGo = (): void => void closed.push(new Promise(resolve => server.close(() => resolve())));
	let isShut = false;
	const shut = (): void => {
		if (isShut) return;
		isShut = true;
		letGo();
	};
	return {
		clients: () => sockets.size,
		look: async () => {
			if (isShut || (file !== undefined && fileAt(path) === file)) return false;
			if (server.listening) letGo();
			const next = await open();
			server = next;
			file = fileAt(path);
			// It was shut in the meantime.
			if (isShut) letGo();
			return true;
		},
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
			await Promise.all(closed);
			callOff();
			rmSync(path, {force: true});
		},
	};
};
