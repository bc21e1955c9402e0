import {z} from 'zod';
import {tiers} from '../domain/model.ts';
import {type PlanDraft, planProblems, stepsMax} from '../domain/plan.ts';
import {taskTypes} from './classify.ts';

const words = (about: string) => z.string().min(1).describe(about);

const planOf = (role: z.ZodType<string>, taskType: z.ZodType<string>) =>
	z.strictObject({
		taskType: taskType.describe('The kind of work.'),
		steps: z
			.array(
				z.strictObject({
					key: words('A short word for the step, unique in the plan, such as "api-tests".'),
					title: words('What the step does, in at most eight words.'),
					role: role.describe('Who does it.'),
					objective: words('What to do, where, and what to hand over; understandable without the other steps.'),
					files: z.array(z.string()).describe('Paths or globs the step is about; empty when unknown.'),
					acceptance: z.array(z.string()).describe('How one can tell that the step is done; at least one.'),
					dependsOn: z.array(z.string()).describe('Keys of the steps whose reports this one needs.'),
					tier: z.enum(tiers).describe('The cheapest class of model that can do it.'),
					toolBudget: z.int().min(1).max(200).describe('Most tool calls it may make.'),
				}),
			)
			.describe(`At most ${stepsMax} steps, in a natural order.`),
	});

/** The shape a plan is asked for in, for a provider's structured output. */
export const planJsonSchema = (roles: readonly string[]): Readonly<Record<string, unknown>> => {
	const {$schema: _, ...schema} = z.toJSONSchema(planOf(z.enum(roles), z.enum(taskTypes)));
	return schema;
};

/** A reply is read more leniently than it is asked for: what is wrong with a name is better said by `planProblems`. */
const readable = planOf(z.string(), z.string());

/** Some models put JSON into a fence although they were asked for JSON alone. */
const fenced = /^```(?:json)?\s*\n([\s\S]*)\n```$/;

export type ReadPlan =
	| {readonly kind: 'plan'; readonly draft: PlanDraft}
	/** In words the model can act on. */
	| {readonly kind: 'problems'; readonly problems: readonly string[]};

/** The plan in a model's reply, checked. `nameOf` gives a role's own name for an alias of it. */
export const readPlan = (
	text: string,
	roles: Readonly<Record<string, unknown>>,
	nameOf: (role: string) => string,
): ReadPlan => {
	const trimmed = text.trim();
	let value: unknown;
	try {
		value = JSON.parse(fenced.exec(trimmed)?.[1] ?? trimmed);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return {kind: 'problems', problems: [`The reply is not JSON (${why}). Answer with the JSON object alone.`]};
	}
	const read = readable.safeParse(value);
	if (!read.success)
		return {
			kind: 'problems',
			problems: read.error.issues.map(issue => `${issue.path.join('.') || 'the plan'}: ${issue.message}.`),
		};
	const draft: PlanDraft = {
		taskType: read.data.taskType,
		steps: read.data.steps.map(step => ({...step, role: nameOf(step.role)})),
	};
	const problems = planProblems(draft, roles);
	return problems.length > 0 ? {kind: 'problems', problems} : {kind: 'plan', draft};
};
