import {agentIn, type Run} from '../source/domain/run.ts';
import {noLiveRun, noRun, type Outcome, open, type Rule, selectedAgent, ui, type View} from './action.ts';
import {cannotRead} from './agent-actions.ts';
import type {FileLineFacts, FilesFacts} from './facts.ts';
import {type FormOverlay, fieldValue, formOf, textField} from './form.ts';
import {openForm} from './open-form.ts';
import {type FileOverlay, transcriptOf} from './overlay.ts';
import {queuedFor} from './queued-for.ts';
import {topOverlay} from './ui.ts';

const never = 'No file was read or written yet.';

type Chosen = FilesFacts['rows'][number];

const chosenFile = ({facts: {files}}: View): Chosen | undefined => files.rows.find(({id}) => id === files.at);

const shownFile = ({ui: state}: View): FileOverlay | undefined => {
	const overlay = topOverlay(state);
	return overlay?.kind === 'file' ? overlay : undefined;
};

const fileAt = (view: View, overlay: FileOverlay, step: 1 | -1): Chosen | undefined => {
	const {rows} = view.facts.files;
	const {path, agentId} = overlay.target;
	const at = rows.findIndex(({target}) => target.path === path && target.agentId === agentId);
	return rows[at + step];
};

const byFiles = (step: 1 | -1): Rule => ({
	disabled: view => {
		const overlay = shownFile(view);
		if (overlay !== undefined && fileAt(view, overlay, step) !== undefined) return undefined;
		return step === 1 ? 'This is the last file of the list.' : 'This is the first file of the list.';
	},
	act: view => {
		const overlay = shownFile(view);
		const next = overlay === undefined ? undefined : fileAt(view, overlay, step);
		return overlay === undefined || next === undefined
			? ui()
			: ui({type: 'overlay.replace', overlay: {...overlay, target: next.target, at: 0}});
	},
});

const hunkAt = ({facts: {file}}: View, step: 1 | -1): number | undefined =>
	file === undefined
		? undefined
		: step === 1
			? file.hunks.find(line => line > file.at)
			: file.hunks.findLast(line => line < file.at);

const byHunks = (step: 1 | -1): Rule => ({
	disabled: view => {
		if (hunkAt(view, step) !== undefined) return undefined;
		return step === 1 ? 'There is no hunk below.' : 'There is no hunk above.';
	},
	act: view => {
		const overlay = shownFile(view);
		const at = hunkAt(view, step);
		return overlay === undefined || at === undefined ? ui() : ui({type: 'overlay.replace', overlay: {...overlay, at}});
	},
});

/** Which line is meant, for the agent that knows the file by its path. */
const placeOf = ({path, line, removed}: FileLineFacts): string => {
	if (path === undefined) return 'your command';
	if (line === undefined) return path;
	return removed ? `${path}, line ${line} before your change` : `${path}, line ${line}`;
};

const quote = ({text}: FileLineFacts): string => (text.trim() === '' ? '' : `> ${text}`);

const commentForm = (run: Run, line: FileLineFacts): FormOverlay =>
	formOf({
		subject: {kind: 'comment', agentId: line.agentId, about: placeOf(line), quote: quote(line)},
		title: `Comment to ${agentIn(run, line.agentId)?.name ?? line.agentId}`,
		question: placeOf(line),
		consequence: quote(line),
		fields: [textField('text', 'Comment', '', 'Delivered as a message, with its next turn.', 4)],
	});

/** A comment leaves as a message that names the place and quotes the line. */
export const sendComment = (run: Run, form: FormOverlay): Outcome => {
	const {subject} = form;
	const text = fieldValue(form, 'text').trim();
	if (subject.kind !== 'comment') return ui();
	if (text === '') return {kind: 'problem', text: 'The comment is empty.'};
	const {agentId, about, quote: quoted} = subject;
	const name = agentIn(run, agentId)?.name ?? agentId;
	return {
		kind: 'send',
		command: {
			type: 'agent.message',
			runId: run.id,
			agentId,
			text: [`About ${about}:`, ...(quoted === '' ? [] : [quoted]), text].join('\n'),
		},
		after: ({run: now}) => [{type: 'overlay.close'}, queuedFor(now, agentId, name)],
	};
};

/** What agents consumed and produced. */
export const fileActions = {
	'files.open': {
		disabled: noRun,
		act: view => open({kind: 'files', by: 'agent', at: undefined, of: selectedAgent(view)?.id}),
	},
	'file.open': {
		disabled: view => (chosenFile(view) === undefined ? never : undefined),
		act: view => {
			const chosen = chosenFile(view);
			const overlay = topOverlay(view.ui);
			return chosen === undefined || overlay?.kind !== 'files'
				? ui()
				: open({kind: 'file', target: chosen.target, by: overlay.by, at: 0});
		},
	},
	'files.by': {
		disabled: view => (view.facts.files.rows.length === 0 ? never : undefined),
		act: ({ui: state}) => {
			const overlay = topOverlay(state);
			return overlay?.kind === 'files'
				? ui({
						type: 'overlay.replace',
						overlay: {...overlay, by: overlay.by === 'agent' ? 'file' : 'agent', at: undefined},
					})
				: ui();
		},
	},
	'hunk.next': byHunks(1),
	'hunk.previous': byHunks(-1),
	'file.next': byFiles(1),
	'file.previous': byFiles(-1),
	'file.comment': {
		disabled: view => {
			const agent = agentIn(view.run, view.facts.file?.line?.agentId);
			if (agent === undefined) return 'Nothing is here to say something about.';
			return noLiveRun(view) ?? cannotRead(agent);
		},
		act: view => {
			const line = view.facts.file?.line;
			return view.run === undefined || line === undefined ? ui() : openForm(view, commentForm(view.run, line));
		},
	},
	'file.agent': {
		disabled: ({facts: {file}}) => (file?.line === undefined ? 'No agent stands behind this line.' : undefined),
		act: ({facts: {file}}) => (file?.line === undefined ? ui() : open(transcriptOf(file.line.agentId))),
	},
} as const satisfies Readonly<Record<string, Rule>>;
