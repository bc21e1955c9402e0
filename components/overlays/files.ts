import type {Run} from '../../source/domain/run.ts';
import {agentIn} from '../../source/domain/run.ts';
import type {FileFeed} from '../../store/file-reader.ts';
import {type FileRow, fileRows, fileSums, rowId} from '../../store/file-rows.ts';
import type {FileUse} from '../../store/file-use.ts';
import type {FileOverlay, FilesOverlay} from '../../store/overlay.ts';
import {remembering} from '../../store/selectors.ts';
import {type FileLine, fileLines, hunksIn} from '../panes/file-lines.ts';
import {fileToCopy, fileToShow} from '../panes/file-text.ts';
import {drawFile} from '../panes/file-view.ts';
import {drawFiles} from '../panes/files-view.ts';
import {shownPath} from '../parts/shown-path.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

export type FilesInput = {
	readonly run: Run | undefined;
	readonly files: readonly FileUse[];
	/** The file that is looked at. */
	readonly file: FileFeed | undefined;
	/** Only what was done up to this event is shown; undefined: all of it. */
	readonly until: number | undefined;
};

/** What the person may say something about. */
const lineAt = (run: Run, line: FileLine | undefined) => {
	if (line?.use === undefined) return undefined;
	const {agentId, path} = line.use;
	const place = {agentId, path: path === '' ? undefined : shownPath(run.settings, path)};
	if (line.kind !== 'diff' || line.row.kind === 'hunk' || line.row.kind === 'note')
		return {...place, line: undefined, removed: false, text: ''};
	const {after, before, text} = line.row;
	return {...place, line: after ?? before, removed: after === undefined, text};
};

/** Draws what agents consumed and produced, and what was done to one file. */
export const createFilesPainter = () => {
	const sumsOf = remembering(fileSums);
	const rowsOf = remembering(fileRows);
	const linesOf = remembering(fileLines);
	const usesUntil = remembering((files: readonly FileUse[], until: number | undefined) =>
		until === undefined ? files : files.filter(({finishedSeq}) => finishedSeq <= until),
	);
	const feedUntil = remembering(
		(feed: FileFeed, until: number | undefined): FileFeed =>
			until === undefined ? feed : {...feed, parts: feed.parts.filter(({use}) => use.finishedSeq <= until)},
	);
	const targets = remembering((rows: readonly FileRow[]) =>
		rows.flatMap(row => ('id' in row ? [{id: row.id, target: row.target}] : [])),
	);
	return (
		scene: OverlayScene,
		{run, files, file, until}: FilesInput,
		overlay: FilesOverlay | FileOverlay,
	): OverlayPicture => {
		const {main} = scene;
		const {width, height} = inner(main);
		const bare = {frame: main, cursor: undefined};
		const {by} = overlay;
		const rows = rowsOf(run, sumsOf(usesUntil(files, until), by));
		const open = targets(rows);
		if (overlay.kind === 'files') {
			const own = by === 'agent' ? open.find(({target}) => target.agentId === overlay.of) : undefined;
			const at = (open.find(({id}) => id === overlay.at) ?? own ?? open[0])?.id;
			return {
				...bare,
				title: by === 'agent' ? 'Files by agent' : 'Files of the run',
				lines: drawFiles({...scene, run, rows, selected: at}, width, height),
				facts: {files: {rows: open, at, height: Math.max(1, height - 1)}},
			};
		}
		const {target} = overlay;
		const name = agentIn(run, target.agentId)?.name;
		const what = run === undefined || target.path === '' ? 'Commands' : shownPath(run.settings, target.path);
		const feed = file === undefined ? undefined : feedUntil(file, until);
		const lines = feed === undefined ? [] : linesOf(feed);
		const parts = feed?.parts ?? [];
		const at = Math.max(0, Math.min(overlay.at, lines.length - 1));
		return {
			...bare,
			title: name === undefined ? what : `${what} · ${name}`,
			exact: true,
			lines: run === undefined ? [] : drawFile({...scene, run, lines, at}, width, height),
			facts: {
				files: {rows: open, at: rowId(target), height: Math.max(1, height - 1)},
				file:
					run === undefined
						? undefined
						: {
								count: lines.length,
								at,
								height,
								hunks: hunksIn(lines),
								line: lineAt(run, lines[at]),
								tell: parts.length === 0 ? undefined : () => fileToShow(run, parts),
							},
				copy: fileToCopy(lines, at, parts),
			},
		};
	};
};
