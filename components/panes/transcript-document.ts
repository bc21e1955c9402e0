import type {Stamped} from '../../source/domain/event.ts';
import {sanitiseToTake} from '../text/sanitise.ts';
import {foldTranscript, nothingTold} from './transcript-fold.ts';
import type {TextsOf} from './transcript-search.ts';
import {itemMarkdown} from './transcript-text.ts';
import type {TurnFacts} from './turn-words.ts';

/** A whole transcript as a document in markdown. */
export const tellTranscript = async (
	title: string,
	pages: AsyncIterable<readonly Stamped[]>,
	turnFacts: (seq: number) => TurnFacts,
): Promise<string> => {
	// What a call came to may stand on a later page than the call.
	const events: Stamped[] = [];
	for await (const page of pages) events.push(...page);
	const parts = foldTranscript(nothingTold, events).items.map(item =>
		itemMarkdown(item, item.kind === 'turn' ? turnFacts(item.seq) : {number: undefined, model: undefined}),
	);
	return sanitiseToTake(`${[`# ${title}`, ...parts].join('\n\n')}\n`);
};

/** What a transcript shows of a single event. */
export const textsOfEvent = (stamped: Stamped, textsOf: TextsOf): readonly string[] => {
	const {event} = stamped;
	if (event.type === 'call.finished') return event.output.split('\n');
	if (event.type === 'call.weighed') return event.preview.format === 'diff' ? event.preview.body.split('\n') : [];
	return foldTranscript(nothingTold, [stamped]).items.flatMap(textsOf);
};
