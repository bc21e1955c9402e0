import type {Stamped} from '../source/domain/event.ts';
import {type Outcome, type Rule, ui, type View} from './action.ts';
import {copyLink} from './link-form.ts';
import type {ReadHistory} from './read-history.ts';
import {transcriptIn} from './transcript-actions.ts';

/** Of the past, only what had happened by then. */
const upTo = async function* (
	pages: AsyncIterable<readonly Stamped[]>,
	last: number,
): AsyncIterable<readonly Stamped[]> {
	for await (const page of pages) yield page.filter(({seq}) => seq <= last);
};

const showWhole = (by: 'pager' | 'editor'): Rule => ({
	disabled: ({run, facts}) =>
		run === undefined || facts.transcript === undefined ? 'There is nothing to show yet.' : undefined,
	act: (view): Outcome => {
		const {run, facts} = view;
		const overlay = transcriptIn(view);
		const seen = facts.transcript;
		if (run === undefined || overlay === undefined || seen === undefined) return ui();
		const text = (read: ReadHistory): Promise<string> => {
			const pages = read(run.id, overlay.agentId);
			return seen.tell(view.ui.past === undefined ? pages : upTo(pages, seen.loaded.last));
		};
		return {kind: 'show', by, name: 'transcript.md', text};
	},
});

const copying = (what: string, none: string, textIn: (view: View) => string | undefined): Rule => ({
	disabled: view => (textIn(view) === undefined ? none : undefined),
	act: view => {
		const text = textIn(view);
		return text === undefined ? ui() : {kind: 'copy', text, what};
	},
});

/** What the overlay on top offers. */
const copyingTaken = (none: string): Rule => ({
	disabled: ({facts}) => (facts.copy === undefined ? none : undefined),
	act: ({facts: {copy}}) => (copy === undefined ? ui() : {kind: 'copy', what: copy.what, text: copy.text()}),
});

const showFile = (by: 'pager' | 'editor'): Rule => ({
	disabled: ({facts: {file}}) => (file?.tell === undefined ? 'There is nothing to show yet.' : undefined),
	act: ({facts: {file}}) => {
		const text = file?.tell?.() ?? '';
		return {kind: 'show', by, name: 'changes.diff', text: () => Promise.resolve(text)};
	},
});

/** Taking what is on screen, or a part of it, to other programs. */
export const copyActions = {
	'transcript.copy': copying('what stands at the bar', 'There is nothing to copy yet.', ({facts}) =>
		facts.transcript?.copy.item(),
	),
	'transcript.copyCode': copying('the code', 'There is no code and no command above.', ({facts}) =>
		facts.transcript?.copy.code(),
	),
	'transcript.copyLink': {
		disabled: ({facts}) =>
			(facts.transcript?.links() ?? []).length === 0 ? 'There is no link at the bar, and none above.' : undefined,
		act: ({facts}) => copyLink(facts.transcript?.links() ?? []),
	},
	'file.copy': copyingTaken('There is nothing to copy here.'),
	'request.copy': copyingTaken('Nothing waits for you.'),
	'step.copy': copyingTaken('There is nothing to copy here.'),
	'file.page': showFile('pager'),
	'file.edit': showFile('editor'),
	'transcript.page': showWhole('pager'),
	'transcript.edit': showWhole('editor'),
} as const satisfies Readonly<Record<string, Rule>>;
