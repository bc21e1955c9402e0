import {type Look, lookCode} from './look.ts';
import {withLink} from './text/codes.ts';

/** What a stretch of text means. Panes name meanings; only the theme knows colours. */
export type Tone =
	| 'plain'
	| 'strong'
	/** Where the person is: the border of the focus and the mark of the selection, and nothing else. */
	| 'accent'
	/** Around what has no focus. */
	| 'border'
	| 'muted'
	/** Waits for the person: yellow, steady, and nothing else is yellow. */
	| 'you'
	| 'working'
	/** Neither working nor failed: waits out a limit, or is held up by a failed step. */
	| 'stalled'
	| 'done'
	| 'failed'
	| 'added'
	| 'removed'
	/** What of a changed line is another than before. */
	| 'addedWord'
	| 'removedWord'
	| 'hunk'
	/** What of a command nobody can foresee. */
	| 'risk'
	| 'emphasis'
	/** In code, and pieces of it within a text. */
	| 'code'
	| 'keyword'
	| 'name'
	| 'literal'
	| 'match'
	| 'matchHere'
	| 'selected';

/**
 * SGR parameters of the 16 ANSI colours, so that the person's own palette holds. Grey is "faint" (2), because bright
 * black is invisible in some palettes (Solarized). There is no orange among the 16: stalled is bright red (91), which
 * is orange in Solarized and a lighter, warmer red than failed elsewhere; yellow would claim the person's attention.
 */
const codes: Readonly<Record<Tone, string>> = {
	plain: '',
	strong: '1',
	accent: '1',
	border: '2',
	muted: '2',
	you: '33',
	working: '36',
	stalled: '91',
	done: '32',
	failed: '31',
	added: '32',
	removed: '31',
	addedWord: '1;4;32',
	removedWord: '1;4;31',
	hunk: '36',
	risk: '1;4;31',
	emphasis: '3',
	code: '36',
	keyword: '35',
	name: '94',
	literal: '36',
	match: '4',
	matchHere: '7',
	selected: '7',
};

const isTone = (name: string): name is Tone => name in codes;

export const tones: readonly Tone[] = Object.keys(codes).filter(isTone);

/** Bold, faint, slanted, underlined and reversed are no colours: without colour they are all that shows focus and selection. */
const attributes: ReadonlySet<string> = new Set(['1', '2', '3', '4', '7']);

const withoutColor = (code: string): string =>
	code
		.split(';')
		.filter(part => attributes.has(part))
		.join(';');

type Manner = {
	/** On the ground of the selection, where the theme has one. */
	readonly tint?: boolean;
	/** The address that the text opens. */
	readonly link?: string | undefined;
};

export type Theme = {
	/**
	 * The text in the tone, closed again. Without colour, a tone that is only a colour is the bare text. A link is
	 * underlined, also where the terminal is given none.
	 */
	readonly paint: (tone: Tone, text: string, manner?: Manner) => string;
	/** The selection is a ground under the tones; otherwise it is an even bar in the tone `selected`. */
	readonly tints: boolean;
};

const underline = '4';

const sgr = (code: string, text: string): string =>
	code === '' || text === '' ? text : `\u001b[${code}m${text}\u001b[0m`;

const together = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(';');

/** The codes of a tone, and of that tone on the ground of the selection. */
type ToneCodes = (tone: Tone, tint: boolean) => string;

const ownCodes = (look: Look): ToneCodes => {
	const ofTones = Object.fromEntries(tones.map(tone => [tone, lookCode(tone, look)]));
	const ground = lookCode('selected', look);
	return (tone, tint) => together(ofTones[tone] ?? '', tint ? ground : '');
};

type ThemeParts = {
	readonly color: boolean;
	/** Without a look, in the terminal's own 16 colours. */
	readonly look?: Look | undefined;
	/** The terminal is told what addresses open. */
	readonly links?: boolean;
};

export const createTheme = ({color, look, links = false}: ThemeParts): Theme => {
	const own = color ? look : undefined;
	const codeOf: ToneCodes =
		own === undefined ? tone => (color ? codes[tone] : withoutColor(codes[tone])) : ownCodes(own);
	return {
		tints: own !== undefined,
		paint: (tone, text, {tint = false, link} = {}) => {
			if (link === undefined) return sgr(codeOf(tone, tint), text);
			const drawn = sgr(together(codeOf(tone, tint), underline), text);
			return links ? withLink(drawn, link) : drawn;
		},
	};
};

/** The states a person tells apart at a glance. Each has its own shape and stands beside a word: never colour alone. */
export type Mark =
	| 'needsYou'
	| 'working'
	| 'stalled'
	| 'failed'
	| 'queued'
	| 'paused'
	| 'stopped'
	| 'skipped'
	| 'split'
	| 'done'
	| 'unknown';

export const toneOf: Readonly<Record<Mark, Tone>> = {
	needsYou: 'you',
	working: 'working',
	stalled: 'stalled',
	failed: 'failed',
	queued: 'muted',
	paused: 'muted',
	stopped: 'muted',
	skipped: 'muted',
	split: 'muted',
	done: 'done',
	unknown: 'muted',
};

const glyphs: Readonly<Record<Exclude<Mark, 'working'>, string>> = {
	needsYou: '◐',
	stalled: '◌',
	failed: '✕',
	queued: '○',
	paused: '⏸',
	stopped: '∙',
	skipped: '»',
	split: '÷',
	done: '●',
	unknown: '?',
};

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** The glyph of what works when nothing may move. */
const still = '▸';

/** One column. `frame` counts up while something works; undefined keeps everything still. */
export const glyphOf = (mark: Mark, frame: number | undefined): string =>
	mark !== 'working' ? glyphs[mark] : frame === undefined ? still : frames.charAt(Math.abs(frame) % frames.length);
