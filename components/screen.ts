import type {Rect} from './layout.ts';
import type {Cell} from './overlays/field.ts';

/** A rectangle of the screen with its drawn lines, joined. Each line is exactly as wide as the rectangle. */
export type Layer = {
	readonly name: string;
	readonly rect: Rect;
	readonly text: string;
	/** Its lines are read aloud as they stand. */
	readonly exact?: boolean | undefined;
};

/** The whole screen as it should be. What did not change since the last one is the same object. */
export type Screen = {
	readonly columns: number;
	readonly rows: number;
	/** Later ones cover earlier ones. */
	readonly layers: readonly Layer[];
	/** The name of the layer the person looks at. */
	readonly focus: string;
	/** Where the person types; undefined hides the cursor. */
	readonly cursor: Cell | undefined;
};

export const sameRect = (a: Rect, b: Rect): boolean =>
	a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

const keepLayer = (last: Screen, layer: Layer): Layer =>
	last.layers.find(({name, rect, text}) => name === layer.name && text === layer.text && sameRect(rect, layer.rect)) ??
	layer;

/** The next screen in terms of the last: the last itself when nobody could see a difference. */
export const keepUnchanged = (last: Screen | undefined, next: Screen): Screen => {
	if (last === undefined) return next;
	const layers = next.layers.map(layer => keepLayer(last, layer));
	const same =
		last.columns === next.columns &&
		last.rows === next.rows &&
		last.focus === next.focus &&
		last.cursor?.x === next.cursor?.x &&
		last.cursor?.y === next.cursor?.y &&
		last.layers.length === layers.length &&
		last.layers.every((layer, i) => layer === layers[i]);
	return same ? last : {...next, layers};
};
