import {openRequests, type Run, requestIn} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import type {FleetStore} from './fleet-store.ts';
import type {RequestsOverlay} from './overlay.ts';
import type {UiAction} from './reduce-ui.ts';
import {topOverlay, type UiState} from './ui.ts';
import {approvalOf} from './undo.ts';
import {type GivenAnswer, nameOf, unanswered, type WaitingAnswer} from './waiting-answer.ts';

/**
 * Gives the person's answers to the fleet, each a moment after it was given, so that it can be taken back. None is
 * given twice: an answer is dropped from those that wait before anything else can be said to its requests.
 */
export type Answering = {
	readonly give: (answers: readonly GivenAnswer[]) => void;
	/** Sends all that waits; resolves when each is stored or refused. */
	readonly sendAll: () => Promise<void>;
};

type AnsweringParts = {
	readonly port: FleetPort;
	readonly fleet: FleetStore;
	readonly ui: () => UiState;
	readonly dispatch: (actions: readonly UiAction[]) => void;
	/** A word in the footer that something was refused. */
	readonly say: (text: string) => void;
	/** What is said when nothing waits here any more; undefined when nothing waits elsewhere either. */
	readonly onward: () => string | undefined;
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	/** How long an answer can be taken back. With 0 it is sent at once. */
	readonly delayMs: number;
};

/** A yes to the plan is a change of it, and can be taken back as one. */
const changeBy = (run: Run, {requestId, answer}: GivenAnswer): readonly UiAction[] =>
	answer.kind === 'approve' && requestIn(run, requestId)?.ask.kind === 'plan'
		? [{type: 'undo.keep', undo: approvalOf(run)}]
		: [];

export const createAnswering = (parts: AnsweringParts): Answering => {
	const {port, fleet, ui, dispatch, say, onward, now, after, delayMs} = parts;
	const underWay = new Set<Promise<void>>();
	let callOff: (() => void) | undefined;

	const inbox = (): RequestsOverlay | undefined => {
		const overlay = topOverlay(ui());
		return overlay?.kind === 'requests' ? overlay : undefined;
	};

	const isAbout = ({answers}: WaitingAnswer, {requestId}: RequestsOverlay): boolean =>
		answers.some(given => given.requestId === requestId);

	/** On to the oldest of the other requests. With none left the inbox goes once nothing can be taken back. */
	const goOn = (answered: WaitingAnswer): readonly UiAction[] => {
		const overlay = inbox();
		const run = fleet.run();
		if (overlay === undefined || run === undefined) return [];
		const open = unanswered(run, ui());
		const marked = overlay.marked.filter(id => open.some(request => request.id === id));
		const clear = {...overlay, input: undefined, marked, sending: false, problem: undefined, isElsewhere: false};
		const [next] = open;
		if (!isAbout(answered, overlay)) {
			// What is being entered is for the request on screen; to what is answered together others belong as well.
			const {input} = overlay;
			const isOwn = input?.kind !== 'many' && input?.kind !== 'sets';
			return [{type: 'overlay.replace', overlay: isOwn ? {...clear, input} : clear}];
		}
		if (next !== undefined)
			return [{type: 'overlay.replace', overlay: {...clear, requestId: next.id, appearedAt: now(), top: 0}}];
		return ui().answers.length === 0 ? [{type: 'overlay.close'}] : [{type: 'overlay.replace', overlay: clear}];
	};

	/** Who looks at an answered request when nothing else is left looks at nothing any more. `due`: no key has sent it. */
	const leaveEmpty = (answered: WaitingAnswer, due: boolean): readonly UiAction[] => {
		const overlay = inbox();
		const run = fleet.run();
		if (overlay === undefined || run === undefined || !isAbout(answered, overlay)) return [];
		if (openRequests(run).length > 0) return [];
		return [due ? {type: 'inbox.leave', at: now()} : {type: 'overlay.close'}];
	};

	/** Who has answered the last of this run's requests is told where others wait. */
	const tellOnward = (): void => {
		const run = fleet.run();
		const text = onward();
		if (text === undefined || run === undefined || ui().notice !== undefined || unanswered(run, ui()).length > 0)
			return;
		dispatch([{type: 'notice', notice: {tone: 'info', text, until: {kind: 'onward'}}}]);
	};

	/** What was refused is open again: what was entered stands where it was, if the person is still there. */
	const refuse = (answer: WaitingAnswer, problem: string): void => {
		const overlay = inbox();
		if (overlay === undefined || !isAbout(answer, overlay)) {
			// Elsewhere it is kept until the person is there again.
			dispatch([{type: 'answer.keep', requestId: nameOf(answer), input: answer.input}]);
			say(problem);
			return;
		}
		const input = overlay.input ?? answer.input;
		dispatch([{type: 'overlay.replace', overlay: {...overlay, input, sending: false, problem}}]);
	};

	const send = async (answer: WaitingAnswer, due: boolean): Promise<void> => {
		const name = nameOf(answer);
		const run = fleet.run();
		if (run === undefined) return;
		dispatch([
			{type: 'answers.sending', name},
			...(delayMs === 0 ? [{type: 'sending', sending: true, problem: undefined} as const] : []),
		]);
		const refusals: string[] = [];
		const changes: UiAction[] = [];
		for (const given of answer.answers) {
			const rejection = await port.send({type: 'request.answer', runId: run.id, ...given});
			if (rejection === undefined) changes.push(...changeBy(run, given));
			else refusals.push(rejection.message);
		}
		// What the answer did is seen with this key, not with the next frame.
		fleet.flush();
		dispatch([...changes, {type: 'answers.drop', name}]);
		const [problem] = refusals;
		const {length} = answer.answers;
		if (problem === undefined) {
			dispatch(delayMs === 0 ? goOn(answer) : leaveEmpty(answer, due));
			tellOnward();
		} else
			refuse(answer, length === 1 ? problem : `${refusals.length} of ${length} answers were not taken: ${problem}`);
	};

	const start = (answer: WaitingAnswer, due = false): void => {
		const sent = send(answer, due).finally(() => underWay.delete(sent));
		underWay.add(sent);
	};

	const waiting = (): readonly WaitingAnswer[] => ui().answers.filter(({sending}) => !sending);

	const sendDue = (): void => {
		callOff?.();
		callOff = undefined;
		for (const answer of waiting()) if (answer.until <= now()) start(answer, true);
		const next = Math.min(...waiting().map(({until}) => until));
		if (Number.isFinite(next)) callOff = after(next - now(), sendDue);
	};

	return {
		give: answers => {
			const input = inbox()?.input;
			const answer: WaitingAnswer = {answers, input, until: now() + delayMs, sending: false};
			dispatch([{type: 'answers.wait', answer}]);
			if (delayMs > 0) dispatch(goOn(answer));
			sendDue();
		},
		sendAll: async () => {
			callOff?.();
			callOff = undefined;
			for (const answer of waiting()) start(answer);
			await Promise.all(underWay);
		},
	};
};
