import type {RunId} from '../../source/domain/id.ts';
import type {Context} from '../context.ts';
import type {FindOverlay} from '../find.ts';
import {activeField, type FormOverlay} from '../form.ts';
import type {HelpOverlay, PaletteOverlay} from '../overlay.ts';
import {emptyText, type TextBuffer} from '../text-buffer.ts';
import {type Draft, emptyDraft, type TextHistory} from '../text-history.ts';
import type {Notice} from '../ui.ts';

/** Whether a run is to end, or to go out of sight although it asks something. */
export type ConfirmOverlay = {readonly kind: 'stop' | 'archive'; readonly runId: RunId};

/** What lies over the list. */
export type HomeOverlay = HelpOverlay | FormOverlay | PaletteOverlay | FindOverlay | ConfirmOverlay;

/** Everything Home remembers that is not stored anywhere. */
export type HomeUi = {
	/** Undefined: the first row. */
	readonly chosen: RunId | undefined;
	/** Those that were archived are listed, too. */
	readonly archived: boolean;
	readonly filter: TextBuffer;
	readonly goal: Draft;
	/** What else was said about the run, in a form that was put aside. */
	readonly draft: FormOverlay | undefined;
	/** Goals of before. */
	readonly history: TextHistory;
	/** Which text has the keys. */
	readonly typing: 'filter' | 'goal' | undefined;
	readonly overlay: HomeOverlay | undefined;
	readonly notice: Notice | undefined;
	/** The page of the keys that are listed, from 0, until the next key; undefined: they are not. */
	readonly keysPage: number | undefined;
	/** The terminal tells what its mouse does. */
	readonly mouse: boolean;
	/** Something was asked of the engine that it has not answered yet. */
	readonly asking: boolean;
	/** When Ctrl+C was pressed for the first time; ms since 1970. */
	readonly quitArmedAt: number | undefined;
};

export const firstHomeUi: HomeUi = {
	chosen: undefined,
	archived: false,
	filter: emptyText,
	goal: emptyDraft,
	draft: undefined,
	history: [],
	typing: undefined,
	overlay: undefined,
	notice: undefined,
	keysPage: undefined,
	mouse: false,
	asking: false,
	quitArmedAt: undefined,
};

/** Where the keys go. */
export const homeContext = ({overlay, typing}: HomeUi): Context => {
	if (overlay?.kind === 'help' || overlay?.kind === 'palette' || overlay?.kind === 'find') return overlay.kind;
	if (overlay?.kind === 'form') return activeField(overlay)?.kind === 'choice' ? 'choice' : 'form';
	// The answer is given by the same keys as where an agent is killed.
	if (overlay?.kind === 'stop' || overlay?.kind === 'archive') return 'kill';
	if (typing === 'goal') return 'goal';
	return typing === 'filter' ? 'sift' : 'home';
};
