import {constants} from 'node:fs';
import {open} from 'node:fs/promises';

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

/**
 * Reads a file as text, if it is one. Links are not followed, and opening never waits: a pipe that nobody writes to
 * would hold a plain `open` for ever. What was opened is what is judged and read.
 */
export const readText = async (file: string, bytesMax: number): Promise<TextFile> => {
	try {
		await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const stats = await handle.stat();
		if (stats.isDirectory()) return {kind: 'folder'};
		if (!stats.isFile()) return {kind: 'special'};
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
