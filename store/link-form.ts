import type {Outcome} from './action.ts';
import {choiceField, type FormOverlay, fieldValue, formOf} from './form.ts';

/** Which of several addresses is meant; the last stands nearest to what is read. */
const linkForm = (links: readonly string[]): FormOverlay =>
	formOf({
		subject: {kind: 'link'},
		title: 'Copy a link',
		fields: [choiceField('link', 'Link', links, links.at(-1) ?? '')],
	});

const copied = (link: string) => ({kind: 'copy', text: link, what: 'the link'}) as const;

/** A single address is copied at once. */
export const copyLink = (links: readonly string[]): Outcome => {
	const [only = ''] = links;
	return links.length === 1 ? copied(only) : {kind: 'ui', actions: [{type: 'overlay.open', overlay: linkForm(links)}]};
};

export const takeLink = (form: FormOverlay): Outcome => ({...copied(fieldValue(form, 'link')), closes: true});
