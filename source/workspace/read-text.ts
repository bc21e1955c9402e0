import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import {isNamedBy} from './named-file.ts';

export type TextFile =
	| {
			readonly kind: 'text';
			readonly text: string;
			/** False when bytes that are no UTF-8 were replaced: writing the text back would lose them. */
			readonly isExact: boolean;
			readonly bytes: number;
	  }
	| {readonly kind: 'binary'; readonly bytes: number}
	| {readonly kind: 'too_large'; readonly bytes: number}
	| {readonly kind: 'folder'}
	/** A link, a device, a pipe or a socket. */
	| {readonly kind: 'special'}
	| {readonly kind: 'missing'}
	| {readonly kind: 'unreadable'; readonly reason: string};

/** Package managers share files between projects by giving them further names. */
const sharedFolder = /[/\\]node_modules[/\\]/;

/**
 * Reads a file as text, if it is one. `file` is a real path: links are not followed, neither at its end nor on the
 * way, and opening never waits: a pipe that nobody writes to would hold a plain `open` for ever. What was opened is
 * what is judged and read. A file with several names is not read, because another of them may be closed to agents.
 */
export const readText = async (file: string, bytesMax: number): Promise<TextFile> => {
	try {
		await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const stats = await handle.stat();
		if (stats.isDirectory()) return {kind: 'folder'};
		if (!stats.isFile() || !(await isNamedBy(handle, file))) return {kind: 'special'};
		if (stats.nlink > 1 && !sharedFolder.test(file))
			return {kind: 'unreadable', reason: 'it has another name, a hard link, that may lie elsewhere'};
		if (stats.size > bytesMax) return {kind: 'too_large', bytes: stats.size};
		const content = await handle.readFile();
		if (content.includes(0)) return {kind: 'binary', bytes: content.length};
		const text = content.toString('utf8');
		return {kind: 'text', text, isExact: Buffer.from(text).equals(content), bytes: content.length};
	} catch (error) {
		const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
		if (code === undefined) throw error;
		if (code === 'ENOENT' || code === 'ENOTDIR') return {kind: 'missing'};
		if (code === 'ELOOP' || code === 'ENXIO') return {kind: 'special'};
		return {kind: 'unreadable', reason: code};
	}
};
