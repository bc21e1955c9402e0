import {fromUsd} from '../source/domain/money.ts';
import {stepOf} from '../source/domain/run.ts';
import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import {readPatch} from './plan-actions.ts';
import {sendAnswer} from './request-actions.ts';
import {editText} from './text-buffer.ts';
import {type CreateOverlay, draftOf, type EditOverlay, type RequestsOverlay, topOverlay} from './ui.ts';

const close = {type: 'overlay.close'} as const;
const gone: Outcome = {kind: 'problem', text: 'This is no longer part of the run.'};
const problem = (text: string): Outcome => ({kind: 'problem', text});

const sendPrompt = ({run, ui: {prompt}}: View): Outcome => {
	const {text} = draftOf(prompt);
	const {to} = prompt;
	if (run === undefined || to === undefined) return gone;
	if (text.trim() === '') return problem('The message is empty.');
	return {
		kind: 'send',
		command: {type: 'agent.message', runId: run.id, agentId: to, text},
		after: [{type: 'prompt.sent', to, text}],
	};
};

const sendEdit = ({run}: View, overlay: EditOverlay): Outcome => {
	const step = run === undefined ? undefined : stepOf(run, overlay.stepId);
	if (run === undefined || step === undefined) return gone;
	const {fields} = overlay;
	const read = readPatch(run, step, {
		title: fields.title.text,
		role: fields.role.text,
		objective: fields.objective.text,
		dependsOn: fields.dependsOn.text,
		tier: fields.tier.text,
		toolBudget: fields.toolBudget.text,
	});
	if ('problem' in read) return problem(read.problem);
	if (Object.keys(read.patch).length === 0) return ui(close);
	return {
		kind: 'send',
		command: {type: 'step.edit', runId: run.id, stepId: step.id, patch: read.patch},
		after: [close],
	};
};

const sendCreate = ({run}: View, {role, objective}: CreateOverlay): Outcome => {
	if (run === undefined) return gone;
	if (objective.text.trim() === '') return problem('Say what the agent is to do.');
	return {
		kind: 'send',
		command: {type: 'agent.create', runId: run.id, role, objective: objective.text.trim(), tier: undefined},
		after: [close],
	};
};

const sendInput = (view: View, {input}: RequestsOverlay): Outcome => {
	if (input === undefined) return ui();
	const text = input.buffer.text.trim();
	switch (input.kind) {
		case 'deny':
			return sendAnswer(view, {kind: 'deny', reason: text});
		case 'text':
			return text === '' ? problem('The answer is empty.') : sendAnswer(view, {kind: 'text', text});
		case 'raise': {
			const usd = Number(text.replace(/^\$/, ''));
			return Number.isFinite(usd) && usd > 0
				? sendAnswer(view, {kind: 'raise', limit: fromUsd(usd)})
				: problem(`"${text}" is not a sum. Write US dollars, such as 5 or 2.50.`);
		}
		default:
			return input.kind satisfies never;
	}
};

const send = (view: View): Outcome => {
	if (view.ui.prompt.typing) return sendPrompt(view);
	const overlay = topOverlay(view.ui);
	switch (overlay?.kind) {
		case 'reject': {
			const reason = overlay.reason.text.trim();
			if (view.run === undefined) return gone;
			if (reason === '') return problem('Say why: the steps that need this one are told the reason.');
			const {stepId} = overlay;
			return {kind: 'send', command: {type: 'step.reject', runId: view.run.id, stepId, reason}, after: [close]};
		}
		case 'edit':
			return sendEdit(view, overlay);
		case 'create':
			return sendCreate(view, overlay);
		case 'requests':
			return sendInput(view, overlay);
		default:
			return ui();
	}
};

const confirm = (view: View): Outcome => {
	const overlay = topOverlay(view.ui);
	if (overlay?.kind === 'quit') return {kind: 'quit'};
	if (overlay?.kind !== 'kill' || view.run === undefined) return ui();
	return {
		kind: 'send',
		command: {type: 'agent.kill', runId: view.run.id, agentId: overlay.agentId, reason: 'killed by the person'},
		after: [close],
	};
};

const back = ({ui: state}: View): Outcome => {
	if (state.prompt.typing) return ui({type: 'prompt.close'});
	const overlay = topOverlay(state);
	if (overlay === undefined) return ui({type: 'log.clear'});
	if (overlay.kind === 'transcript' && overlay.typing)
		return ui({
			type: 'overlay.replace',
			overlay: {...overlay, typing: false, query: {text: '', at: 0}, match: undefined},
		});
	if (overlay.kind === 'requests' && overlay.input !== undefined) return ui({type: 'answer.input', input: undefined});
	return ui(close);
};

const chooseRole =
	(step: 1 | -1) =>
	({run, ui: state}: View): Outcome => {
		const overlay = topOverlay(state);
		if (overlay?.kind !== 'create' || overlay.field !== 'role') return ui();
		const roles = creatableRoles(run);
		const role = roles[Math.max(0, Math.min(roles.length - 1, roles.indexOf(overlay.role) + step))];
		return role === undefined ? ui() : ui({type: 'overlay.replace', overlay: {...overlay, role}});
	};

/** The next role that begins with a letter, after the last one the first again. */
export const jumpToRole = ({run, ui: state}: View, letter: string): Outcome => {
	const overlay = topOverlay(state);
	if (overlay?.kind !== 'create') return ui();
	const roles = creatableRoles(run);
	const at = roles.indexOf(overlay.role) + 1;
	const role = [...roles.slice(at), ...roles.slice(0, at)].find(name =>
		name.toLowerCase().startsWith(letter.toLowerCase()),
	);
	return role === undefined
		? ui({type: 'notice', notice: {tone: 'refused', text: `No role begins with "${letter}".`}})
		: ui({type: 'overlay.replace', overlay: {...overlay, role}});
};

/** In a message of several lines the arrows first move through its lines. */
const recallMessage =
	(name: 'up' | 'down') =>
	({ui: {prompt}}: View): Outcome => {
		const key = {name, text: ''};
		if (editText(draftOf(prompt), key, 'many') !== undefined) return ui({type: 'text.key', key});
		return ui({type: 'prompt.recall', step: name === 'up' ? 1 : -1});
	};

/** Roles a person may give to an agent beside the plan. */
export const creatableRoles = (run: View['run']): readonly string[] =>
	Object.keys(run?.settings.roles ?? {}).filter(role => role !== 'planner');

/** Sending, moving through and leaving dialogs. */
export const formActions = {
	'form.send': {
		disabled: ({ui: state}) => {
			const overlay = topOverlay(state);
			const sending = state.prompt.typing
				? state.prompt.sending
				: overlay !== undefined && 'sending' in overlay && overlay.sending;
			return sending ? 'It is being sent.' : undefined;
		},
		act: send,
	},
	'form.next': {disabled: always, act: () => ui({type: 'form.move', step: 1})},
	'form.previous': {disabled: always, act: () => ui({type: 'form.move', step: -1})},
	'choice.previous': {disabled: always, act: chooseRole(-1)},
	'choice.next': {disabled: always, act: chooseRole(1)},
	'prompt.older': {disabled: always, act: recallMessage('up')},
	'prompt.newer': {disabled: always, act: recallMessage('down')},
	'confirm.yes': {
		disabled: ({run, ui: state}) => {
			const overlay = topOverlay(state);
			return overlay?.kind === 'kill' && run?.agents[overlay.agentId] === undefined
				? 'This agent is no longer part of the run.'
				: undefined;
		},
		act: confirm,
	},
	back: {disabled: always, act: back},
} as const satisfies Readonly<Record<string, Rule>>;
