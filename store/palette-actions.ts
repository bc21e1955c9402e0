import {open, type Rule, type View} from './action.ts';
import type {PaletteRow} from './facts.ts';
import {emptyPalette, noSuchAction, rowOf} from './palette-list.ts';
import {topOverlay} from './ui.ts';

/** The row Enter runs. */
const chosenRow = ({ui, facts}: Pick<View, 'ui' | 'facts'>): PaletteRow | undefined => {
	const overlay = topOverlay(ui);
	return overlay?.kind === 'palette' ? rowOf(facts.palette, overlay) : undefined;
};

/** Finding and running any action by its words. */
export const paletteActions = {
	'palette.open': {
		disabled: ({ui}) => {
			const overlay = topOverlay(ui);
			// What is on its way finds the dialog it came from on top.
			return overlay !== undefined && 'sending' in overlay && overlay.sending ? 'It is being sent.' : undefined;
		},
		act: () => open(emptyPalette),
	},
	'palette.run': {
		disabled: view => {
			const row = chosenRow(view);
			return row === undefined ? noSuchAction : row.disabled;
		},
		act: view => {
			const row = chosenRow(view);
			return row === undefined ? {kind: 'problem', text: noSuchAction} : {kind: 'run', id: row.id, key: row.press};
		},
	},
} as const satisfies Readonly<Record<string, Rule>>;
