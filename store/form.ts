import type {AgentId, StepId, TurnId} from '../source/domain/id.ts';
import {type TextBuffer, textBuffer} from './text-buffer.ts';

/** What a form is about, and what becomes of it when it is sent. */
type FormSubject =
	| {readonly kind: 'reject' | 'skip' | 'edit' | 'split'; readonly stepId: StepId}
	| {readonly kind: 'create'}
	| {readonly kind: 'change'; readonly agentId: AgentId}
	| {readonly kind: 'fork'; readonly agentId: AgentId; readonly turnId: TurnId | undefined}
	| {readonly kind: 'limit'};

type FieldFacts = {
	readonly name: string;
	readonly label: string;
	/** What may be entered; shown while the field has the keys. */
	readonly hint: string;
	/** How many rows it is drawn with. */
	readonly rows: number;
};

type TextField = FieldFacts & {readonly kind: 'text'; readonly buffer: TextBuffer};
export type ChoiceField = FieldFacts & {
	readonly kind: 'choice';
	readonly options: readonly string[];
	readonly chosen: string;
};
export type FormField = TextField | ChoiceField;

/** A dialog of fields. It is data: one piece of code moves through all forms, and another one draws them. */
export type FormOverlay = {
	readonly kind: 'form';
	readonly subject: FormSubject;
	readonly title: string;
	/** What is asked, then what comes of it; each may be empty. */
	readonly question: string;
	readonly consequence: string;
	readonly fields: readonly FormField[];
	/** The field that has the keys. */
	readonly at: number;
	/** No second sending before the answer, and why the last one was refused. */
	readonly sending: boolean;
	readonly problem: string | undefined;
};

export const textField = (name: string, label: string, text = '', hint = '', rows = 1): TextField => ({
	kind: 'text',
	name,
	label,
	hint,
	rows,
	buffer: textBuffer(text),
});

type FormParts = Pick<FormOverlay, 'subject' | 'title' | 'fields'> &
	Partial<Pick<FormOverlay, 'question' | 'consequence' | 'at'>>;

export const formOf = (parts: FormParts): FormOverlay => ({
	kind: 'form',
	question: '',
	consequence: '',
	at: 0,
	sending: false,
	problem: undefined,
	...parts,
});

export const activeField = ({fields, at}: FormOverlay): FormField | undefined => fields[at];

/** What stands in a field; empty when there is no such field. */
export const fieldValue = ({fields}: Pick<FormOverlay, 'fields'>, name: string): string => {
	const field = fields.find(one => one.name === name);
	if (field === undefined) return '';
	return field.kind === 'text' ? field.buffer.text : field.chosen;
};

/** The form with another text or choice in a field. */
export const withValue = (form: FormOverlay, name: string, value: string): FormOverlay => ({
	...form,
	fields: form.fields.map(field => {
		if (field.name !== name) return field;
		return field.kind === 'text' ? {...field, buffer: textBuffer(value)} : {...field, chosen: value};
	}),
});
