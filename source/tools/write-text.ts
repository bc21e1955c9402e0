import {mkdir, open, unlink} from 'node:fs/promises';
import path from 'node:path';
import {betaWriteTool} from '@anthropic-ai/sdk/tools/agent-toolset/node';

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
