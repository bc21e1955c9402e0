import {z} from 'zod';
import type {Command} from '../domain/command.ts';
import {limitScopes, quantities} from '../domain/limits.ts';
import {tiers} from '../domain/model.ts';
import {ways} from '../domain/plan-tree.ts';
import {reaches} from '../domain/request.ts';
import type {RunSettings} from '../domain/settings.ts';

const runId = z.templateLiteral(['run_', z.string()]);
const stepId = z.templateLiteral(['step_', z.string()]);
const agentId = z.templateLiteral(['agent_', z.string()]);
const turnId = z.templateLiteral(['turn_', z.string()]);
const requestId = z.templateLiteral(['request_', z.string()]);

const text = z.string();
const texts = z.array(text);
const amount = z.number().nonnegative();
const tier = z.enum(tiers);
/** What is undefined is left out on the way. */
const orNothing = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> => schema.optional();
const allowance = z.partialRecord(z.enum(quantities), amount);
const standing = z.strictObject({plan: z.boolean(), edits: z.boolean(), calls: z.boolean()});

/** Whoever speaks the same form of the wire has made the settings by the same types. */
const settings = z.custom<RunSettings>(value => typeof value === 'object' && value !== null && 'models' in value);

const answer = z.discriminatedUnion('kind', [
	z.strictObject({kind: z.literal('approve'), reach: z.enum(reaches).exactOptional()}),
	z.strictObject({kind: z.literal('deny'), reason: text}),
	z.strictObject({kind: z.literal('text'), text}),
	z.strictObject({kind: z.literal('raise'), limit: amount}),
	z.strictObject({kind: z.literal('finish')}),
]);

const fields = {
	title: text,
	role: text,
	objective: text,
	files: texts,
	acceptance: texts,
	dependsOn: z.array(stepId),
	tier,
	toolBudget: amount,
	allowance,
	tools: texts.exactOptional(),
};

const newStep = z.strictObject({...fields, key: text});

const patch = z.strictObject(fields).exactPartial();

const ofRun = {runId};
const ofStep = {runId, stepId};
const ofAgent = {runId, agentId};

/** Commands as they come from outside. A malformed one would be a defect deep within. */
export const commandSchema: z.ZodType<Command> = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('run.create'), ...ofRun, goal: text, settings}),
	z.strictObject({type: z.literal('run.pause'), ...ofRun}),
	z.strictObject({type: z.literal('run.resume'), ...ofRun}),
	z.strictObject({type: z.literal('run.stop'), ...ofRun, reason: text}),
	z.strictObject({type: z.literal('run.permit'), ...ofRun, standing, budget: orNothing(amount)}),
	z.strictObject({
		type: z.literal('budget.set'),
		...ofRun,
		limit: orNothing(amount),
		scope: z.enum(limitScopes),
		what: z.enum(quantities),
	}),
	z.strictObject({type: z.literal('plan.approve'), ...ofRun, steps: z.array(stepId).exactOptional()}),
	z.strictObject({type: z.literal('step.add'), ...ofRun, step: newStep, neededBy: z.array(stepId)}),
	z.strictObject({type: z.literal('step.remove'), ...ofStep}),
	z.strictObject({type: z.literal('step.move'), ...ofStep, way: z.enum(ways)}),
	z.strictObject({type: z.literal('step.propose'), ...ofStep}),
	z.strictObject({type: z.literal('step.approve'), ...ofStep}),
	z.strictObject({type: z.literal('step.hold'), ...ofStep}),
	z.strictObject({type: z.literal('step.reject'), ...ofStep, reason: text}),
	z.strictObject({type: z.literal('step.edit'), ...ofStep, patch}),
	z.strictObject({type: z.literal('step.retry'), ...ofStep}),
	z.strictObject({type: z.literal('step.skip'), ...ofStep, reason: text}),
	z.strictObject({
		type: z.literal('step.split'),
		...ofStep,
		into: z.array(z.strictObject({title: text, objective: text})),
	}),
	z.strictObject({type: z.literal('step.join'), ...ofStep}),
	z.strictObject({type: z.literal('agent.create'), ...ofRun, role: text, objective: text, tier: orNothing(tier)}),
	z.strictObject({type: z.literal('agent.message'), ...ofAgent, text}),
	z.strictObject({type: z.literal('agent.interrupt'), ...ofAgent}),
	z.strictObject({type: z.literal('agent.continue'), ...ofAgent}),
	z.strictObject({type: z.literal('agent.pause'), ...ofAgent}),
	z.strictObject({
		type: z.literal('agent.change'),
		...ofAgent,
		tier: orNothing(tier),
		tools: orNothing(texts),
		instructions: orNothing(text),
	}),
	z.strictObject({type: z.literal('agent.fork'), ...ofAgent, turnId: orNothing(turnId), text}),
	z.strictObject({type: z.literal('agent.retire'), ...ofAgent}),
	z.strictObject({type: z.literal('agent.kill'), ...ofAgent, reason: text}),
	z.strictObject({type: z.literal('request.see'), ...ofRun, requestId}),
	z.strictObject({type: z.literal('request.answer'), ...ofRun, requestId, answer}),
]);
