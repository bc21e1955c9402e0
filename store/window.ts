import {createStore, type StoreApi} from 'zustand/vanilla';
import type {FleetPort} from '../source/engine/port.ts';
import type {Opening, View, WindowPlace} from './action.ts';
import {outcomeOf} from './actions.ts';
import {createAnswering} from './answering.ts';
import {type Arrangement, usualArrangement} from './arrangement.ts';
import {type Facts, noFacts} from './facts.ts';
import {createFinder} from './finder.ts';
import type {FleetStore} from './fleet-store.ts';
import type {KeyPress} from './key-name.ts';
import {createKeyPresses} from './key-presses.ts';
import {builtInKeys, type Keymap} from './keymap.ts';
import {createLogVisits} from './log-visits.ts';
import {createNoticeWatch} from './notice-watch.ts';
import {createOpening} from './opening.ts';
import {noOutside, type Outside} from './outside.ts';
import {createOutsideWork} from './outside-work.ts';
import {type TranscriptOverlay, transcriptAt} from './overlay.ts';
import {createPlayer} from './player.ts';
import {type Pointer, pointAt} from './point.ts';
import {reduceUi, type UiAction} from './reduce-ui.ts';
import {refusedInPast} from './refused-in-past.ts';
import {offStray} from './row-actions.ts';
import {sayKey} from './say-key.ts';
import {createSeeing} from './see-request.ts';
import {createSending} from './sending.ts';
import {textTarget} from './text-target.ts';
import {createTraveller} from './traveller.ts';
import {firstUi, type UiState} from './ui.ts';
import {arrivalWords, onwardWords} from './waits-elsewhere.ts';
import {nothingWritten, type Written, writtenIn} from './written.ts';

/** The window without a screen: keys go in, state comes out, commands leave through the port. */
export type FleetWindow = {
	readonly fleet: FleetStore;
	readonly ui: StoreApi<UiState>;
	readonly press: (keys: readonly KeyPress[]) => void;
	readonly paste: (text: string) => void;
	readonly point: (pointer: Pointer) => void;
	/** Sends the answers that could still be taken back; resolves when the fleet has them. */
	readonly leave: () => Promise<void>;
	/** What the person has written by now and not sent. */
	readonly written: () => Written;
	/** Whoever draws tells what the person has in front of them, up to date whenever an action asks. */
	readonly connect: (facts: () => Facts) => void;
	/** Nothing moves by itself any more. */
	readonly close: () => void;
};

type WindowParts = {
	readonly port: FleetPort;
	readonly fleet: FleetStore;
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	/** How long an answer to a request can be taken back, ms; without it, not at all. */
	readonly answerDelayMs?: number;
	readonly onQuit: () => void;
	/** Leaves for the list of all runs, or for the window on another run; without it there is no list. */
	readonly onHome?: (to: WindowPlace | undefined) => void;
	/** Where in the run the window is opened. */
	readonly place?: Opening;
	/** The goal of the run, where the person comes from the window on another one. */
	readonly arrivedAt?: string;
	/** Whether the agents go on when the window is left. */
	readonly outlives?: boolean;
	readonly outside?: Outside;
	readonly keymap?: Keymap;
	readonly arrangement?: Arrangement;
	/** What was written in a window on the run before. */
	readonly written?: Written | undefined;
	/** A word for the person at the beginning. */
	readonly word?: string;
	/** The person has arranged the panes. */
	readonly onArrange?: (arrangement: Arrangement) => void;
};

/** The event where a transcript is read; undefined at its end. */
const eventAt = ({anchor, match}: TranscriptOverlay): number | undefined =>
	anchor.kind === 'tail' ? undefined : anchor.kind === 'match' ? match?.seq : anchor.seq;

export const createWindow = ({
	port,
	fleet,
	now,
	after,
	answerDelayMs = 0,
	onQuit,
	onHome,
	place,
	arrivedAt,
	outlives = false,
	outside = noOutside,
	keymap = builtInKeys,
	arrangement = usualArrangement,
	written: {drafts, history, forms, answers} = nothingWritten,
	word,
	onArrange = () => {},
}: WindowParts): FleetWindow => {
	const ui = createStore<UiState>(() => ({
		...firstUi,
		arrangement,
		prompt: {...firstUi.prompt, drafts, history},
		forms,
		keptAnswers: answers,
		// It says what is wrong, and stays until somebody was there.
		notice: word === undefined ? undefined : {tone: 'refused', text: word},
	}));
	let facts = (): Facts => noFacts;
	let left = false;
	const see = createSeeing(port);

	const view = (): View => ({
		outlives,
		hasHome: onHome !== undefined,
		run: fleet.shown(),
		ui: ui.getState(),
		facts: facts(),
		waitsElsewhere: fleet.state.getState().waitsElsewhere,
		now: now(),
		keymap,
	});

	const dispatch = (actions: readonly UiAction[]): void => {
		const state = ui.getState();
		const next = actions.reduce(reduceUi, state);
		if (next === state) return;
		ui.setState(next, true);
		if (next.notice !== state.notice) notices.follow(next.notice);
		if (next.arrangement !== state.arrangement) onArrange(next.arrangement);
		const overlay = next.overlays.findLast(open => open.kind === 'transcript');
		if (overlay?.kind === 'transcript') fleet.openTranscript(overlay.agentId, eventAt(overlay));
		else fleet.openTranscript(undefined);
		fleet.lookAt(next.past?.n);
		fleet.filterLog(next.log.filter.text, next.log.details);
		player.follow();
		const find = next.overlays.findLast(open => open.kind === 'find');
		finder.follow(find?.kind === 'find' ? find : undefined, fleet.run()?.id);
		const file = next.overlays.findLast(open => open.kind === 'file');
		fleet.openFile(file?.kind === 'file' ? file.target : undefined);
		if (next.past === undefined) see(fleet.run(), next);
		if (next.agents.filter !== state.agents.filter || next.plan.filter !== state.plan.filter)
			dispatch(offStray(view()));
	};

	const notices = createNoticeWatch({
		fleet,
		ui: ui.getState,
		view,
		after,
		onChange: notice => dispatch([{type: 'notice', notice}]),
	});

	const player = createPlayer({
		timeline: fleet.timeline,
		now,
		after,
		past: () => ui.getState().past,
		go: past => dispatch([{type: 'past.look', past}]),
	});

	const finder = createFinder({
		search: port.search,
		after,
		onFound: found => dispatch([{type: 'find.found', found}]),
	});

	const visits = createLogVisits({port, fleet, ui: ui.getState, dispatch});

	const say = (text: string): void => dispatch([{type: 'notice', notice: {tone: 'refused', text}}]);

	const answering = createAnswering({
		port,
		fleet,
		ui: ui.getState,
		dispatch,
		say,
		onward: () => onwardWords(fleet.state.getState().waitsElsewhere, keymap),
		now,
		after,
		delayMs: answerDelayMs,
	});

	const sending = createSending({port, fleet, ui: ui.getState, view, dispatch, say});

	const traveller = createTraveller({
		port,
		fleet,
		ui: ui.getState,
		view,
		dispatch,
		say,
		perform: outcome => perform(outcome),
	});

	const perform = (outcome: ReturnType<typeof outcomeOf>): void => {
		switch (outcome.kind) {
			case 'ui':
				dispatch(outcome.actions);
				return;
			case 'send':
				if (ui.getState().past === undefined) void sending.send(outcome);
				else say(refusedInPast(keymap));
				return;
			case 'event':
				visits.goTo(outcome.seq);
				dispatch([
					{
						type: 'notice',
						notice: {tone: 'info', text: `${sayKey(keymap, 'find.open')} leads back to what was found.`},
					},
				]);
				return;
			case 'travel':
				traveller.travel(outcome.to);
				return;
			case 'answer':
				if (ui.getState().past === undefined) answering.give(outcome.answers);
				else say(refusedInPast(keymap));
				return;
			case 'sendAnswers':
				void answering.sendAll();
				return;
			case 'problem':
				sending.refuse(outcome.text);
				return;
			case 'disabled':
				say(outcome.reason);
				return;
			case 'edit':
				void work.edit(outcome);
				return;
			case 'show':
				void work.show(outcome);
				return;
			case 'copy':
				if (outcome.closes === true) dispatch([{type: 'overlay.close'}]);
				void work.copy(outcome);
				return;
			case 'seek':
				void traveller.seek(outcome);
				return;
			case 'suspend':
				void work.suspend();
				return;
			case 'run':
				dispatch([{type: 'overlay.close'}]);
				perform(outcomeOf(outcome.id, view(), outcome.key));
				return;
			case 'home':
				left = true;
				onHome?.(outcome.to);
				return;
			case 'quit':
				left = true;
				player.stop();
				onQuit();
				return;
			default:
				outcome satisfies never;
		}
	};

	let touched = false;

	const work = createOutsideWork({outside, port, view, perform, dispatch});

	const pressKey = createKeyPresses({keymap, ui: ui.getState, view, dispatch, say, perform, now});

	const opening = createOpening({port, fleet, ui: ui.getState, dispatch, now});
	if (place !== undefined && 'requestId' in place) opening.atRequest(place.requestId, arrivedAt !== undefined);
	else if (place?.agentId !== undefined)
		dispatch([{type: 'overlay.open', overlay: transcriptAt(place.agentId, place)}]);
	else if (place !== undefined) visits.goOnceRead(place);
	if (arrivedAt !== undefined)
		dispatch([{type: 'notice', notice: {tone: 'info', text: arrivalWords(arrivedAt, keymap)}}]);
	void opening.atNeed(() => touched);

	return {
		fleet,
		ui,
		press: keys => {
			touched = true;
			// Keys typed after the one that left the window were not meant for it.
			for (const key of keys) if (!left) pressKey(key);
		},
		point: pointer => {
			if (left) return;
			touched = true;
			dispatch([{type: 'notice', notice: undefined}]);
			// What is pressed is the list of keys, or lies under it.
			if (ui.getState().keysPage !== undefined) dispatch([{type: 'keys.page', page: undefined}]);
			else perform(pointAt(view(), pointer));
		},
		paste: text => {
			if (left) return;
			if (textTarget(ui.getState()) === undefined) say('There is nowhere to paste here: open a message first.');
			else dispatch([{type: 'text.paste', text}]);
		},
		leave: answering.sendAll,
		written: () => writtenIn(fleet.run(), ui.getState()),
		connect: source => {
			facts = source;
		},
		close: () => {
			opening.close();
			notices.close();
			finder.close();
			player.stop();
		},
	};
};
