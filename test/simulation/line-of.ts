import type {Stamped} from '../../source/domain/event.ts';

const shortOf = (value: unknown): string => {
	if (typeof value === 'string') return value.length > 40 ? `${value.slice(0, 39)}…` : value;
	if (Array.isArray(value)) return `[${value.length}]`;
	if (typeof value !== 'object' || value === null) return String(value);
	if ('kind' in value) return String(value.kind);
	if ('cost' in value) return `cost ${String(value.cost)}`;
	return '{…}';
};

const dull = new Set(['type', 'settings', 'assignment', 'model', 'preview', 'input']);

/** An event in a line, for whoever walks through a history. */
export const lineOf = ({seq, at, cause, event}: Stamped): string => {
	const parts = Object.entries(event)
		.filter(([key, value]) => !dull.has(key) && value !== undefined)
		.map(([key, value]) => (key.endsWith('Id') ? String(value) : `${key}=${shortOf(value)}`));
	return `${String(seq).padStart(5)} ${String(at).padStart(8)} ms  ${event.type.padEnd(17)} ${parts.join(' ')}  ← ${cause}`;
};
