import path from 'node:path';
import {readText, type TextFile} from '../workspace/read-text.ts';

/** Enough to keep the disk busy, few enough to keep memory small. */
const atOnce = 16;

/** Reads files in their order, some at a time, until cut off. */
export async function* readEach(
	folder: string,
	files: readonly string[],
	bytesMax: number,
	abort: AbortSignal,
): AsyncGenerator<readonly [file: string, content: TextFile]> {
	for (let start = 0; start < files.length && !abort.aborted; start += atOnce) {
		const batch = files.slice(start, start + atOnce);
		yield* await Promise.all(
			batch.map(async file => [file, await readText(path.join(folder, file), bytesMax)] as const),
		);
	}
}
