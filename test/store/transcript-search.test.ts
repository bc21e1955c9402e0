import {expect, test} from 'vitest';
import type {View} from '../../store/action.ts';
import {type Folding, noFacts} from '../../store/facts.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {type MatchPlace, transcriptOf} from '../../store/overlay.ts';
import {searchActions} from '../../store/search-actions.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import {transcriptActions} from '../../store/transcript-actions.ts';
import {firstUi} from '../../store/ui.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun();
const [agent] = run.agents;
if (agent === undefined) throw new Error('The made run has agents.');
const agentId = agent.id;

type Around = {readonly after?: MatchPlace; readonly before?: MatchPlace};

/** What Enter does while a search is typed, in a transcript of which the events from 100 to 200 are loaded. */
const entered = (around: Around, loaded: {readonly toEnd: boolean; readonly whole: boolean}) => {
	const view: View = {
		run,
		ui: {...firstUi, overlays: [{...transcriptOf(agentId, 120), query: textBuffer('walrus'), typing: true}]},
		facts: {
			...noFacts,
			transcript: {
				height: 10,
				cursor: {seq: 120, part: 0},
				folding: undefined,
				index: undefined,
				here: () => ({kind: 'at', seq: 118, part: 0, row: 2}),
				scroll: () => ({kind: 'tail'}),
				step: () => ({anchor: {kind: 'tail'}, cursor: undefined}),
				show: () => ({kind: 'tail'}),
				matchBeside: () => undefined,
				matchFrom: () => undefined,
				matchesAround: () => ({after: around.after, before: around.before}),
				loaded: {first: 100, last: 200, ...loaded},
				fits: () => true,
				copy: {item: () => undefined, code: () => undefined},
				links: () => [],
				tell: () => Promise.resolve(''),
				turn: undefined,
			},
		},
		now: 0,
		keymap: builtInKeys,
	};
	return {view, outcome: searchActions['search.start'].act(view)};
};

const before: MatchPlace = {seq: 110, part: 0, nth: 0};
const after: MatchPlace = {seq: 130, part: 0, nth: 0};
const whole = {toEnd: true, whole: true};

const to = (match: MatchPlace) => ({kind: 'ui', actions: [{overlay: {match, anchor: {kind: 'match'}, typing: false}}]});

test('a search goes to the first match from the place on, and to one before it only when there is none', () => {
	expect(entered({after, before}, whole).outcome).toMatchObject(to(after));
	expect(entered({before}, whole).outcome).toMatchObject(to(before));
	expect(entered({}, whole).outcome).toMatchObject({kind: 'problem'});
});

test('what is not loaded is looked through first downwards, and then upwards from its end', () => {
	expect(entered({after, before}, {toEnd: false, whole: false}).outcome).toMatchObject(to(after));
	expect(entered({before}, {toEnd: true, whole: false}).outcome).toMatchObject(to(before));
	const {outcome} = entered({before}, {toEnd: false, whole: false});
	expect(outcome).toMatchObject({
		kind: 'seek',
		seek: {
			ways: [
				{from: 200, step: 1},
				{from: 201, step: -1},
			],
		},
	});
});

test('the screen stays as it is until a match that was sought is loaded', () => {
	const {view, outcome} = entered({}, {toEnd: false, whole: false});
	if (outcome.kind !== 'seek') throw new Error('It is sought beyond what is loaded.');
	const anchor = {kind: 'match', until: {kind: 'at', seq: 118, part: 0, row: 2}};
	expect(outcome.found(view, 900)).toMatchObject({
		actions: [{overlay: {match: {seq: 900, nth: 0}, anchor, cursor: {seq: 120, part: 0}}}],
	});
	expect(outcome.found(view, 150)).toMatchObject({actions: [{overlay: {match: {seq: 150, nth: -1}}}]});
});

test.each<[Folding | undefined, string | undefined, string | undefined]>([
	['folded', undefined, undefined],
	['unfolded', 'fold', undefined],
	['held', undefined, 'It stays unfolded as long as what you search for stands in it.'],
	[undefined, undefined, 'All of it is shown: only calls, thoughts and plans fold.'],
])('what Enter does with an item that is %s is named, or why it does nothing', (folding, word, reason) => {
	const {view} = entered({}, whole);
	const {transcript} = view.facts;
	const at: View = {...view, facts: {...view.facts, transcript: transcript && {...transcript, folding}}};
	const {'transcript.fold': rule} = transcriptActions;
	expect(rule.word(at)).toBe(word);
	expect(rule.disabled(at)).toBe(reason);
});
