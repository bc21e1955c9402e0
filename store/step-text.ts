import {Document, isMap, isScalar, parseDocument} from 'yaml';
import {z} from 'zod';
import {roleNamed} from '../source/domain/create-agent.ts';
import type {Allowance} from '../source/domain/limits.ts';
import {tiers} from '../source/domain/model.ts';
import {fromUsd, toUsd} from '../source/domain/money.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import {toolsOfRoles} from '../source/domain/step-problems.ts';
import {creatableRoles} from './agent-forms.ts';
import {worldly} from './step-fields.ts';
import type {Patch} from './undo.ts';

const minuteMs = 60_000;

/** A step as a person writes it. What is left out stays as it is. */
const makeShape = () => {
	/** An empty list may be written as nothing at all. */
	const list = z
		.array(z.string())
		.nullable()
		.transform(texts => texts ?? []);
	const amount = z.number().positive();
	return z
		.strictObject({
			title: z.string(),
			role: z.string(),
			model: z.enum(tiers),
			objective: z.string(),
			doneWhen: list,
			needs: list,
			files: list,
			tools: list,
			toolCalls: z.int().nonnegative(),
			limits: z
				.strictObject({dollars: amount, tokens: amount, turns: amount, minutes: amount})
				.partial()
				.nullable()
				.transform(limits => limits ?? {}),
		})
		.partial();
};

type Shape = ReturnType<typeof makeShape>;

let made: Shape | undefined;

/** Made when a step is written for the first time: most windows are opened without. */
const shape = (): Shape => {
	made ??= makeShape();
	return made;
};

type Written = z.infer<Shape>;

const textOf = (run: Run, step: Step): Required<Written> => {
	const {money, tokens, turns, time} = step.allowance;
	return {
		title: step.title,
		role: step.role,
		model: step.tier,
		objective: step.objective,
		doneWhen: [...step.acceptance],
		needs: step.dependsOn.flatMap(id => run.plan?.steps[id]?.key ?? []),
		files: [...step.files],
		tools: [...(step.tools ?? [])],
		toolCalls: step.toolBudget,
		limits: {
			...(money === undefined ? {} : {dollars: toUsd(money)}),
			...(tokens === undefined ? {} : {tokens}),
			...(turns === undefined ? {} : {turns}),
			...(time === undefined ? {} : {minutes: time / minuteMs}),
		},
	};
};

const named = (tools: readonly string[]): string => worldly(tools).join(', ') || 'none';

/** What stands before each field. */
const comments = (run: Run, step: Step): Readonly<Record<keyof Written, string>> => ({
	title: 'What it is called, in a few words.',
	role: `Who does it: ${creatableRoles(run).join(', ')}.`,
	model: `The class of model, cheapest first: ${tiers.join(', ')}.`,
	objective: 'What to do, where, and what to hand over.',
	doneWhen: 'How one can tell that it is done; at least one line.',
	needs: `Steps that must be done before, [] for none; else some of: ${stepsOf(run.plan)
		.flatMap(({id, key}) => (id === step.id ? [] : [key]))
		.join(', ')}.`,
	files: `Paths or globs below ${run.settings.dir}.`,
	tools: `Beside reporting and asking. [] for those of its role (${named(roleNamed(run, step.role)?.tools ?? [])}); else some of: ${named(toolsOfRoles(run.settings.roles))}.`,
	toolCalls: 'The most tool calls its agent may make.',
	limits: 'Limits of its own, {} for none: dollars, tokens, turns, minutes.',
});

const isField = (name: unknown): name is keyof Written => typeof name === 'string' && name in shape().shape;

const head = (step: Step): string =>
	` The step "${step.key}". Save and leave to change it; leave it unchanged to keep it as it is.`.replaceAll('\n', ' ');

/** The whole step, with what may be written into each field. */
export const stepText = (run: Run, step: Step): string => {
	const document = new Document(textOf(run, step));
	document.commentBefore = head(step);
	const about = comments(run, step);
	if (isMap(document.contents))
		for (const {key} of document.contents.items)
			if (isScalar(key) && isField(key.value)) {
				key.commentBefore = ` ${about[key.value].replaceAll('\n', ' ')}`;
				key.spaceBefore = true;
			}
	return document.toString({lineWidth: 110});
};

const mark = '# ✕ ';

/** The text that a person wrote, with what is wrong with it on top. */
export const withProblem = (text: string, problem: string): string =>
	[...problem.split('\n').map(line => mark + line), ...text.split('\n').filter(line => !line.startsWith(mark))].join(
		'\n',
	);

const allowanceOf = (
	before: Allowance,
	{dollars, tokens, turns, minutes}: NonNullable<Written['limits']>,
): Allowance => ({
	...(before.calls === undefined ? {} : {calls: before.calls}),
	...(dollars === undefined ? {} : {money: fromUsd(dollars)}),
	...(tokens === undefined ? {} : {tokens}),
	...(turns === undefined ? {} : {turns}),
	...(minutes === undefined ? {} : {time: Math.round(minutes * minuteMs)}),
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a person changed in the text of a step, or what cannot be read of it. */
export const readStepText = (
	run: Run,
	step: Step,
	text: string,
): {readonly patch: Patch} | {readonly problem: string} => {
	const document = parseDocument(text);
	const [error] = document.errors;
	if (error !== undefined) return {problem: `This is not YAML: ${error.message}`};
	const value: unknown = document.toJS() ?? {};
	const read = shape().safeParse(value);
	if (!read.success)
		return {
			problem: read.error.issues.map(({path, message}) => `${path.join('.') || 'the step'}: ${message}`).join('\n'),
		};
	const was = textOf(run, step);
	const {title, role, model, objective, doneWhen, needs, files, tools, toolCalls, limits} = read.data;
	const steps = stepsOf(run.plan);
	const unknown = needs?.find(need => !steps.some(({key}) => key === need));
	if (unknown !== undefined)
		return {problem: `needs: there is no step "${unknown}". Known: ${steps.map(({key}) => key).join(', ')}.`};
	const differs = (name: keyof Written): boolean => read.data[name] !== undefined && !same(read.data[name], was[name]);
	return {
		patch: {
			...(title !== undefined && differs('title') ? {title} : {}),
			...(role !== undefined && differs('role') ? {role} : {}),
			...(model !== undefined && differs('model') ? {tier: model} : {}),
			...(objective !== undefined && differs('objective') ? {objective} : {}),
			...(doneWhen !== undefined && differs('doneWhen') ? {acceptance: doneWhen} : {}),
			...(needs !== undefined && differs('needs')
				? {dependsOn: needs.flatMap(need => steps.find(({key}) => key === need)?.id ?? [])}
				: {}),
			...(files !== undefined && differs('files') ? {files} : {}),
			...(tools !== undefined && differs('tools') ? {tools} : {}),
			...(toolCalls !== undefined && differs('toolCalls') ? {toolBudget: toolCalls} : {}),
			...(limits !== undefined && differs('limits') ? {allowance: allowanceOf(step.allowance, limits)} : {}),
		},
	};
};
