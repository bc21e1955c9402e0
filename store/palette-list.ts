import type {PaletteRow} from './facts.ts';
import type {PaletteOverlay} from './overlay.ts';
import {emptyText} from './text-buffer.ts';

export const emptyPalette: PaletteOverlay = {kind: 'palette', query: emptyText, chosen: undefined};

export const noSuchAction = 'No action has such words.';

/** The row that is chosen, or the first that is listed. */
export const rowOf = (rows: readonly PaletteRow[], {chosen}: PaletteOverlay): PaletteRow | undefined =>
	rows.find(({id}) => id === chosen) ?? rows[0];

/** A page, whatever the size of the palette: who types finds sooner. */
export const palettePage = 10;
