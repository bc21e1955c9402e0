import {open, type Rule, type View} from './action.ts';
import type {PaletteRow} from './facts.ts';
import {emptyText} from './text-buffer.ts';
import {topOverlay} from './ui.ts';

/** The row Enter runs: the chosen one, or the first that is listed. */
export const chosenRow = ({ui, facts}: Pick<View, 'ui' | 'facts'>): PaletteRow | undefined => {
	const overlay = topOverlay(ui);
	if (overlay?.kind !== 'palette') return undefined;
	return facts.palette.find(({id}) => id === overlay.chosen) ?? facts.palette[0];
};

/** Finding and running any action by its words. */
export const paletteActions = {
	'palette.open': {
		disabled: ({ui}) => {
			const overlay = topOverlay(ui);
			// What is on its way finds the dialog it came from on top.
			return overlay !== undefined && 'sending' in overlay && overlay.sending ? 'It is being sent.' : undefined;
		},
		act: () => open({kind: 'palette', query: emptyText, chosen: undefined}),
	},
	'palette.run': {
		disabled: view => {
			const row = chosenRow(view);
			return row === undefined ? 'No action has such a name.' : row.disabled;
		},
		act: view => {
			const row = chosenRow(view);
			return row === undefined
				? {kind: 'problem', text: 'No action has such a name.'}
				: {kind: 'run', id: row.id, key: row.press};
		},
	},
} as const satisfies Readonly<Record<string, Rule>>;
