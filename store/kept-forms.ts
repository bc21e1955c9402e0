import {type FormField, type FormOverlay, fieldValue} from './form.ts';

/** Forms that were left with something typed in them, until they are opened again. */
export type KeptForms = readonly FormOverlay[];

/** What a form is about and asks for; parts of a split may have been added since. */
const nameOf = ({subject, fields}: FormOverlay): string =>
	JSON.stringify([subject, subject.kind === 'edit' ? fields.map(({name}) => name) : []]);

const changed = (form: FormOverlay, {name}: FormField): boolean => fieldValue(form, name) !== (form.blank[name] ?? '');

/** The fields in which something else stands than before anything was entered. */
export const changedFields = (form: FormOverlay): readonly FormField[] =>
	form.fields.filter(field => changed(form, field));

const typedFields = (form: FormOverlay): readonly FormField[] =>
	changedFields(form).filter(({kind}) => kind === 'text');

/** Whether a person typed something in a form. What was only chosen in a list is chosen again by a key. */
export const isWritten = (form: FormOverlay): boolean => typedFields(form).length > 0;

/** What a person typed in a form, with the label of each field when there are several. */
export const writtenText = (form: FormOverlay): string => {
	const fields = typedFields(form);
	const text = ({name}: FormField): string => fieldValue(form, name).trim();
	return fields.map(field => (fields.length === 1 ? text(field) : `${field.label.trim()}: ${text(field)}`)).join('\n');
};

/** The form of the same kind about the same thing, as it was left. */
export const keptOf = (forms: KeptForms, form: FormOverlay): FormOverlay | undefined =>
	forms.find(one => nameOf(one) === nameOf(form));

export const withoutForm = (forms: KeptForms, form: FormOverlay): KeptForms =>
	forms.filter(one => nameOf(one) !== nameOf(form));

export const withForm = (forms: KeptForms, form: FormOverlay): KeptForms =>
	isWritten(form) ? [...withoutForm(forms, form), form] : forms;

/** The field with what was entered in it, as far as that is still offered. */
const entered = (field: FormField, was: FormField): FormField => {
	if (field.kind === 'text') return was.kind === 'text' ? {...field, buffer: was.buffer} : field;
	if (field.kind === 'choice')
		return was.kind === 'choice' && field.options.includes(was.chosen) ? {...field, chosen: was.chosen} : field;
	if (was.kind !== 'many') return field;
	const on = field.options.includes(was.on) ? was.on : field.on;
	return {...field, on, chosen: field.options.filter(option => was.chosen.includes(option))};
};

/**
 * A form as it is opened now, with what was entered in it when it was left. Fields that nobody touched are as they are
 * now, so that a change of somebody else's is not undone by sending them.
 */
export const takenUp = (form: FormOverlay, kept: FormOverlay): FormOverlay => {
	const fields = [
		...form.fields.map(field => {
			const was = kept.fields.find(({name}) => name === field.name);
			return was !== undefined && changed(kept, was) ? entered(field, was) : field;
		}),
		...kept.fields.filter(({name}) => !form.fields.some(field => field.name === name)),
	];
	return {...form, fields, at: Math.min(kept.at, fields.length - 1)};
};

/** What was entered in place of something that is another by now, by the labels of the fields. */
export const outdatedIn = (form: FormOverlay, kept: FormOverlay): readonly string[] =>
	kept.fields.flatMap(was => {
		const {[was.name]: now = ''} = form.blank;
		const isOutdated = changed(kept, was) && now !== (kept.blank[was.name] ?? '') && now !== fieldValue(kept, was.name);
		return isOutdated ? [was.label] : [];
	});
