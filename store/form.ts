import type {AgentId, StepId, TurnId} from '../source/domain/id.ts';
import {proposedText, type TextBuffer, textBuffer} from './text-buffer.ts';

/** What a form is about, and what becomes of it when it is sent. */
type FormSubject =
	| {readonly kind: 'reject' | 'skip' | 'edit' | 'split'; readonly stepId: StepId}
	| {readonly kind: 'add'}
	| {readonly kind: 'create'}
	| {readonly kind: 'change'; readonly agentId: AgentId}
	| {readonly kind: 'fork'; readonly agentId: AgentId; readonly turnId: TurnId | undefined}
	| {readonly kind: 'limit'}
	/** One of several addresses. */
	| {readonly kind: 'link'}
	/** A line of a file, to the agent that wrote or read it; `quote` may be empty. */
	| {readonly kind: 'comment'; readonly agentId: AgentId; readonly about: string; readonly quote: string}
	/** Of Home: a run that is to be started. */
	| {readonly kind: 'goal'};

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
/** Any number of several, in the order in which they are offered. */
export type ManyField = FieldFacts & {
	readonly kind: 'many';
	readonly options: readonly string[];
	readonly chosen: readonly string[];
	/** The option that the keys are on. */
	readonly on: string;
};
export type FormField = TextField | ChoiceField | ManyField;

/** A dialog of fields. It is data: one piece of code moves through all forms, and another one draws them. */
export type FormOverlay = {
	readonly kind: 'form';
	readonly subject: FormSubject;
	readonly title: string;
	/** What is asked, then what comes of it; each may be empty. */
	readonly question: string;
	readonly consequence: string;
	readonly fields: readonly FormField[];
	/** What stood in each field, by its name, before anything was entered. */
	readonly blank: Readonly<Record<string, string>>;
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

/** A field for an amount, with the one that holds now: what is typed takes its place. */
export const amountField = (name: string, label: string, text: string, hint: string): TextField => ({
	...textField(name, label, '', hint),
	buffer: proposedText(text),
});

type FormParts = Pick<FormOverlay, 'subject' | 'title' | 'fields'> &
	Partial<Pick<FormOverlay, 'question' | 'consequence' | 'at'>>;

export const activeField = ({fields, at}: FormOverlay): FormField | undefined => fields[at];

export const choiceField = (
	name: string,
	label: string,
	options: readonly string[],
	chosen: string,
	hint = '',
): ChoiceField => ({kind: 'choice', name, label, hint, options, chosen, rows: 6});

export const manyField = (
	name: string,
	label: string,
	options: readonly string[],
	chosen: readonly string[],
	hint = '',
): ManyField => ({kind: 'many', name, label, hint, options, chosen, on: chosen[0] ?? options[0] ?? '', rows: 6});

/** The field with the option that the keys are on chosen, or no longer. */
export const toggled = (field: ManyField): ManyField => ({
	...field,
	chosen: field.options.filter(option => field.chosen.includes(option) !== (option === field.on)),
});

/** What stands in a field; empty when there is no such field. */
export const fieldValue = ({fields}: Pick<FormOverlay, 'fields'>, name: string): string => {
	const field = fields.find(one => one.name === name);
	if (field === undefined) return '';
	switch (field.kind) {
		case 'text':
			return field.buffer.text;
		case 'choice':
			return field.chosen;
		case 'many':
			return field.chosen.join(', ');
		default:
			return field satisfies never;
	}
};

/** What stands in each of the fields, by its name. */
export const valuesOf = (fields: FormOverlay['fields']): FormOverlay['blank'] =>
	Object.fromEntries(fields.map(({name}) => [name, fieldValue({fields}, name)]));

export const formOf = (parts: FormParts): FormOverlay => ({
	kind: 'form',
	question: '',
	consequence: '',
	at: 0,
	sending: false,
	problem: undefined,
	blank: valuesOf(parts.fields),
	...parts,
});

/** What is chosen in a field of many; empty when there is no such field. */
export const chosenIn = ({fields}: Pick<FormOverlay, 'fields'>, name: string): readonly string[] => {
	const field = fields.find(one => one.name === name);
	return field?.kind === 'many' ? field.chosen : [];
};

/** The form with another text or choice in a field; of many, with the keys on another option. */
export const withValue = (form: FormOverlay, name: string, value: string): FormOverlay => ({
	...form,
	fields: form.fields.map(field => {
		if (field.name !== name) return field;
		switch (field.kind) {
			case 'text':
				return {...field, buffer: textBuffer(value)};
			case 'choice':
				return {...field, chosen: value};
			case 'many':
				return {...field, on: value};
			default:
				return field satisfies never;
		}
	}),
});

/** The form with the keys in the next field (1) or the one before (-1), round and round. */
export const atField = (form: FormOverlay, step: 1 | -1): FormOverlay => {
	const {length} = form.fields;
	return {...form, at: (form.at + step + length) % length};
};

/** The option that the keys are on. */
const standsOn = (field: ChoiceField | ManyField): string => (field.kind === 'choice' ? field.chosen : field.on);

/** The option below (1) or above (-1) the one that the keys are on; at either end that one itself. */
export const nearOption = (field: ChoiceField | ManyField, step: 1 | -1): string => {
	const {options} = field;
	const at = options.indexOf(standsOn(field)) + step;
	return options[Math.max(0, Math.min(options.length - 1, at))] ?? standsOn(field);
};

/** The next option that begins with a letter, after the last one the first again. */
export const optionWith = (field: ChoiceField | ManyField, letter: string): string | undefined => {
	const {options} = field;
	const at = options.indexOf(standsOn(field)) + 1;
	return [...options.slice(at), ...options.slice(0, at)].find(words =>
		words.toLowerCase().startsWith(letter.toLowerCase()),
	);
};

/** The form with another text where the keys go; what was wrong with it was said of the old one. */
export const withBuffer = (form: FormOverlay, buffer: TextBuffer): FormOverlay => {
	const field = activeField(form);
	return field?.kind === 'text'
		? {...form, fields: form.fields.with(form.at, {...field, buffer}), problem: undefined}
		: form;
};

/** What is wrong with a form, in words, and the field to be mended. */
export type FormProblem = {readonly problem: string; readonly field: string};

/** The form with what is wrong, and the keys where it is mended. */
export const refusedForm = (form: FormOverlay, {problem, field}: FormProblem): FormOverlay => ({
	...form,
	problem,
	at: Math.max(
		0,
		form.fields.findIndex(({name}) => name === field),
	),
});
