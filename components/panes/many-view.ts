import type {Request} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import {requestKindOf} from '../../store/request-kind.ts';
import {askWords} from '../parts/ask-words.ts';
import {sanitise} from '../text/sanitise.ts';
import {type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {whoAsks} from './request-card.ts';

const indent = '    ';

/** The exact ask: of a command the whole of it, for its title may have been cut. */
const exactly = (run: Run, {ask}: Request): string =>
	ask.kind === 'call' && ask.preview.format === 'command' ? ask.preview.body : askWords(run, ask);

const below = (text: string, width: number): readonly Line[] =>
	sanitise(text)
		.trimEnd()
		.split('\n')
		.flatMap(line => wrapLine(line, Math.max(1, width - indent.length)))
		.map(row => [span(indent), span(row.text)]);

/** Requests that one key will answer together, each with who asks and its exact ask. */
export const manyLines = (run: Run, words: string, requests: readonly Request[], width: number): readonly Line[] => [
	[span(`Answer ${requests.length} together: ${words}`, 'strong')],
	[],
	...requests.flatMap((request, i): readonly Line[] => [
		[
			span(`${String(i + 1).padStart(3)} `),
			span(`${glyphOf('needsYou', undefined)} `, toneOf.needsYou),
			span(`${requestKindOf(request)} `, 'strong'),
			span(whoAsks(run, request), 'muted'),
		],
		...below(exactly(run, request), width),
	]),
];
