import {tooLow} from '../source/domain/answer-budget.ts';
import {agentIn, type Run, requestIn, stepOf} from '../source/domain/run.ts';
import {always, closing, gone, type Outcome, problem, type Rule, ui, type View} from './action.ts';
import {leapWords, readAmount} from './amount.ts';
import {approveChosen} from './approve-some.ts';
import {activeField, type FormOverlay, nearOption, optionWith, toggled, withValue} from './form.ts';
import {typedAnswer} from './kept-answers.ts';
import {isWritten} from './kept-forms.ts';
import {keptNotice} from './kept-words.ts';
import type {Keymap} from './keymap.ts';
import {withPresentLimit} from './limit-form.ts';
import {openSet} from './many-actions.ts';
import type {RemoveOverlay, RequestsOverlay} from './overlay.ts';
import {queuedFor} from './queued-for.ts';
import {giveAnswer} from './request-actions.ts';
import {reachesOf} from './request-choices.ts';
import {setsOf} from './request-sets.ts';
import {sayKey} from './say-key.ts';
import {endSearch} from './search-actions.ts';
import {sendForm} from './send-form.ts';
import {closedWords, shownRequest, tooSoon} from './shown-request.ts';
import {noPart, withPart} from './step-forms.ts';
import {editText, emptyText} from './text-buffer.ts';
import {draftOf, isSendingText, topOverlay} from './ui.ts';
import {removalOf} from './undo.ts';
import {stillElsewhereWords} from './waits-elsewhere.ts';

const sendPrompt = ({run, ui: {prompt}}: View): Outcome => {
	const {text} = draftOf(prompt).buffer;
	const {to} = prompt;
	if (run === undefined || to === undefined) return gone;
	if (text.trim() === '') return problem('The message is empty.');
	const name = agentIn(run, to)?.name ?? to;
	return {
		kind: 'send',
		command: {type: 'agent.message', runId: run.id, agentId: to, text},
		after: ({run: now}) => [{type: 'prompt.sent', to, text}, queuedFor(now, to, name)],
	};
};

const sendInput = (view: View, overlay: RequestsOverlay): Outcome => {
	const {input, requestId} = overlay;
	const request = requestIn(view.run, requestId);
	if (view.run === undefined || input === undefined || request === undefined) return ui();
	if (input.kind === 'reach') {
		const choice = reachesOf(view.run, request)[input.at];
		return choice === undefined ? ui() : giveAnswer(view, choice.answer);
	}
	if (input.kind === 'sets') {
		const set = setsOf(view.run, view.ui, overlay)[input.at];
		return set === undefined ? ui() : openSet(view, set);
	}
	if (input.kind === 'many') return ui();
	const text = input.buffer.text.trim();
	switch (input.kind) {
		case 'deny':
			return giveAnswer(view, {kind: 'deny', reason: text});
		case 'text':
			return text === '' ? problem('The answer is empty.') : giveAnswer(view, {kind: 'text', text});
		case 'raise': {
			if (request.ask.kind !== 'budget') return ui();
			const read = readAmount(request.ask.what, text);
			if ('problem' in read) return problem(read.problem);
			const low = tooLow(request.ask, read.amount);
			if (low !== undefined) return problem(low);
			const {what, limit} = request.ask;
			const key = sayKey(view.keymap, 'form.send', 'answer');
			const leap = leapWords({what, before: limit, amount: read.amount, key, said: overlay.problem});
			if (leap !== undefined) return problem(leap);
			return giveAnswer(view, {kind: 'raise', limit: read.amount});
		}
		default:
			return input satisfies never;
	}
};

const send = (view: View): Outcome => {
	if (view.ui.prompt.typing) return sendPrompt(view);
	const overlay = topOverlay(view.ui);
	if (overlay?.kind === 'form') return view.run === undefined ? gone : sendForm(view.run, view.keymap, overlay);
	return overlay?.kind === 'requests' ? sendInput(view, overlay) : ui();
};

const remove = (run: Run, {keymap, facts}: View, overlay: RemoveOverlay): Outcome => {
	const step = stepOf(run, overlay.stepId);
	if (step === undefined) return gone;
	const at = facts.steps.indexOf(step.id);
	const neighbour = facts.steps[at + 1] ?? facts.steps[at - 1];
	return {
		kind: 'send',
		command: {type: 'step.remove', runId: run.id, stepId: step.id},
		after: now => [
			...closing(now),
			{type: 'undo.keep', undo: removalOf(run, step)},
			...(neighbour === undefined ? [] : [{type: 'step.select', stepId: neighbour} as const]),
			{
				type: 'notice',
				notice: {
					tone: 'info',
					text: `${step.key} is out of the plan. ${sayKey(keymap, 'answer.takeBack')} takes it back.`,
				},
			},
		],
	};
};

const confirm = (view: View): Outcome => {
	const overlay = topOverlay(view.ui);
	if (overlay?.kind === 'approve') return approveChosen.act(view, 'y');
	if (overlay?.kind === 'remove' && view.run !== undefined) return remove(view.run, view, overlay);
	if (overlay?.kind === 'quit') return {kind: 'quit'};
	if (overlay?.kind !== 'kill' || view.run === undefined) return ui();
	return {
		kind: 'send',
		command: {type: 'agent.kill', runId: view.run.id, agentId: overlay.agentId, reason: 'killed by the person'},
		after: closing,
	};
};

const reopening = 'opening this again shows it';

/** What was typed is kept, unless it is on its way. */
const leaveForm = (form: FormOverlay): Outcome =>
	form.sending || !isWritten(form)
		? ui({type: 'form.leave'})
		: ui({type: 'form.leave'}, {type: 'notice', notice: keptNotice(reopening)});

/** What was typed is kept as long as it can be sent. */
const leaveAnswer = (view: View, {requestId, input, sending}: RequestsOverlay): Outcome => {
	const leave = {type: 'answer.input', input: undefined} as const;
	const shown = shownRequest(view);
	const isKept = !sending && typedAnswer(requestId, input) !== undefined;
	if (!isKept || shown === undefined || closedWords(view, shown) !== undefined) return ui(leave);
	return ui(leave, {type: 'notice', notice: keptNotice(reopening)});
};

const back = (view: View): Outcome => {
	const {ui: state} = view;
	if (state.prompt.typing) return ui({type: 'prompt.close'});
	if (state.past?.to !== undefined) return ui({type: 'past.look', past: {...state.past, to: undefined}});
	const overlay = topOverlay(state);
	if (overlay === undefined)
		return ui(
			state.plan.typing || state.agents.typing
				? {type: 'rows.filter', pane: state.plan.typing ? 'plan' : 'agents', text: ''}
				: {type: 'log.clear'},
		);
	// A search comes before the transcript it is in; who came from what was found in all runs goes back there.
	const wasFound = state.overlays.at(-2)?.kind === 'find';
	if (overlay.kind === 'transcript' && (overlay.typing || (overlay.query.text !== '' && !wasFound)))
		return endSearch(view);
	if (overlay.kind === 'requests' && overlay.input !== undefined) return leaveAnswer(view, overlay);
	if (overlay.kind === 'requests' && overlay.problem !== undefined)
		return ui({type: 'overlay.replace', overlay: {...overlay, problem: undefined}});
	if (overlay.kind === 'approve' && overlay.typing)
		return ui({type: 'overlay.replace', overlay: {...overlay, typing: false, text: emptyText}});
	if (overlay.kind === 'form') return leaveForm(overlay);
	return overlay.kind === 'requests' && overlay.isElsewhere
		? ui({type: 'overlay.close'}, {type: 'notice', notice: {tone: 'info', text: stillElsewhereWords(view.keymap)}})
		: ui({type: 'overlay.close'});
};

const choose = ({run}: View, form: FormOverlay, name: string, option: string): Outcome => {
	const chosen = withValue(form, name, option);
	const overlay = form.subject.kind === 'limit' && run !== undefined ? withPresentLimit(run, chosen) : chosen;
	return ui({type: 'overlay.replace', overlay});
};

/** Through the reaches of a yes, or through what can be answered together. */
const moveAnswer = (view: View, overlay: RequestsOverlay, step: 1 | -1): Outcome => {
	const {input} = overlay;
	const request = requestIn(view.run, overlay.requestId);
	if (view.run === undefined || request === undefined || (input?.kind !== 'reach' && input?.kind !== 'sets'))
		return ui();
	const {length} = input.kind === 'reach' ? reachesOf(view.run, request) : setsOf(view.run, view.ui, overlay);
	return ui({
		type: 'answer.input',
		input: {...input, at: Math.max(0, Math.min(length - 1, input.at + step))},
	});
};

/** Through the options of a field, or through the reaches of a yes. */
const moveChoice =
	(step: 1 | -1) =>
	(view: View): Outcome => {
		const overlay = topOverlay(view.ui);
		if (overlay?.kind === 'requests') return moveAnswer(view, overlay, step);
		const field = overlay?.kind === 'form' ? activeField(overlay) : undefined;
		if (overlay?.kind !== 'form' || field === undefined || field.kind === 'text') return ui();
		return choose(view, overlay, field.name, nearOption(field, step));
	};

/** Digits are meant for a field beside the list. */
const nothingTyped = (keymap: Keymap, {fields}: FormOverlay): string =>
	fields.some(({kind}) => kind === 'text')
		? ` Nothing is typed in a list: ${sayKey(keymap, 'form.next')} goes to the next field.`
		: '';

/** The next option that begins with a letter, after the last one the first again. */
export const jumpToOption = (view: View, letter: string): Outcome => {
	const overlay = topOverlay(view.ui);
	const field = overlay?.kind === 'form' ? activeField(overlay) : undefined;
	if (overlay?.kind !== 'form' || field === undefined || field.kind === 'text') return ui();
	const option = optionWith(field, letter);
	return option === undefined
		? ui({
				type: 'notice',
				notice: {tone: 'refused', text: `Nothing here begins with "${letter}".${nothingTyped(view.keymap, overlay)}`},
			})
		: choose(view, overlay, field.name, option);
};

/** In a message of several lines the arrows first move through its lines. */
const recallMessage =
	(name: 'up' | 'down') =>
	({ui: {prompt}}: View): Outcome => {
		const key = {name, text: ''};
		if (editText(draftOf(prompt).buffer, key, 'many') !== undefined) return ui({type: 'text.key', key});
		return ui({type: 'prompt.recall', step: name === 'up' ? 1 : -1});
	};

/** The key that opened what was typed before, pressed twice, does not send it. */
const keptTooSoon = (view: View): string | undefined => {
	const overlay = topOverlay(view.ui);
	const input = overlay?.kind === 'requests' ? overlay.input : undefined;
	return input !== undefined && 'buffer' in input && input.since !== undefined ? tooSoon(view) : undefined;
};

/** Sending, moving through and leaving dialogs. */
export const formActions = {
	'form.send': {
		disabled: always,
		notYet: view => (isSendingText(view.ui) ? 'It is being sent.' : keptTooSoon(view)),
		word: ({ui: state}) => {
			const overlay = topOverlay(state);
			return overlay?.kind === 'form' && overlay.subject.kind === 'edit' ? 'change' : undefined;
		},
		act: send,
	},
	'form.next': {disabled: always, act: () => ui({type: 'form.move', step: 1})},
	'form.previous': {disabled: always, act: () => ui({type: 'form.move', step: -1})},
	'form.more': {
		disabled: ({ui: state}) => {
			const overlay = topOverlay(state);
			return overlay?.kind === 'form' ? noPart(overlay) : 'No step is split here.';
		},
		act: ({ui: state}) => {
			const overlay = topOverlay(state);
			return overlay?.kind === 'form' ? ui({type: 'overlay.replace', overlay: withPart(overlay)}) : ui();
		},
	},
	'choice.previous': {disabled: always, act: moveChoice(-1)},
	'choice.next': {disabled: always, act: moveChoice(1)},
	'choice.toggle': {
		disabled: ({ui: state}) => {
			const overlay = topOverlay(state);
			const field = overlay?.kind === 'form' ? activeField(overlay) : undefined;
			return field?.kind === 'many' ? undefined : 'Only one of these: ↑ and ↓ choose it.';
		},
		act: ({ui: state}) => {
			const overlay = topOverlay(state);
			const field = overlay?.kind === 'form' ? activeField(overlay) : undefined;
			if (overlay?.kind !== 'form' || field?.kind !== 'many') return ui();
			const fields = overlay.fields.with(overlay.at, toggled(field));
			return ui({type: 'overlay.replace', overlay: {...overlay, fields, problem: undefined}});
		},
	},
	'prompt.older': {disabled: always, act: recallMessage('up')},
	'prompt.newer': {disabled: always, act: recallMessage('down')},
	'confirm.yes': {
		disabled: view => {
			const {run, ui: state} = view;
			const overlay = topOverlay(state);
			if (overlay?.kind === 'approve') return approveChosen.disabled(view);
			if ((overlay?.kind === 'remove' || overlay?.kind === 'kill') && overlay.sending) return 'It is being sent.';
			return overlay?.kind === 'kill' && agentIn(run, overlay.agentId) === undefined
				? 'This agent is no longer part of the run.'
				: undefined;
		},
		act: confirm,
	},
	back: {disabled: always, act: back},
} as const satisfies Readonly<Record<string, Rule>>;
