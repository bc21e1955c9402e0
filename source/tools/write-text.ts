import {mkdir, open, readdir, unlink} from 'node:fs/promises';
import path from 'node:path';
import {betaWriteTool} from '@anthropic-ai/sdk/tools/agent-toolset/node';
import {isReal} from '../workspace/named-file.ts';

/** What the SDK's tool calls a file until it is whole: the process that writes it, and chance. */
const unfinished = /^\.tmp-([1-9]\d*)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// A process of another user's is alive, too, although it may not be signalled.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
};

/** A process that is killed while it writes leaves its unfinished file behind, which nobody else knows to be litter. */
const clearUnfinished = async (folder: string): Promise<void> => {
	for (const name of await readdir(folder)) {
		const pid = unfinished.exec(name)?.[1];
		if (pid !== undefined && !isAlive(Number(pid))) await unlink(path.join(folder, name)).catch(() => undefined);
	}
};

/**
 * Writes a file that the jail resolved; answers words when it could not. The SDK's own tool does the writing: it
 * checks once more that no link leads out of the folder, writes beside the file and renames over it, and keeps the
 * mode of a file that exists. A new file it would make private to its owner, though, which breaks containers and
 * shared folders: so a new file is first made empty, with the mode that the person's system gives to new files.
 */
export const writeText = async (folder: string, file: string, content: string): Promise<string | undefined> => {
	let isNew = false;
	try {
		await mkdir(path.dirname(file), {recursive: true});
		if (!(await isReal(path.dirname(file)))) return 'a folder on the way to it has just become a link';
		await clearUnfinished(path.dirname(file));
		const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
		isNew = handle !== undefined;
		await handle?.close();
		await betaWriteTool({workdir: folder}).run({file_path: file, content});
		return undefined;
	} catch (error) {
		if (isNew) await unlink(file).catch(() => undefined);
		return error instanceof Error ? error.message : String(error);
	}
};
