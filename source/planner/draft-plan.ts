import type {AgentId, TurnId} from '../domain/id.ts';
import {textOf} from '../domain/message.ts';
import type {Reply, Report} from '../domain/report.ts';
import type {Run} from '../domain/run.ts';
import type {JsonSchema} from '../providers/provider.ts';
import {type Classification, classify, isTaskType} from './classify.ts';
import {planBrief, type RoleLine} from './plan-brief.ts';
import {planJsonSchema, type ReadPlan, readPlan} from './plan-schema.ts';
import {templatePlan} from './templates.ts';

type PlanReport = Extract<Report, {type: 'plan.drafted'}>;

/** The kind of work the person chose, if any. */
const chosenBy = ({settings: {taskType}}: Run): Classification | undefined =>
	taskType !== undefined && isTaskType(taskType) ? {taskType, why: 'the person said so'} : undefined;

const read = (run: Run, roles: ReadonlyMap<string, RoleLine>, reply: Extract<Reply, {kind: 'done'}>): ReadPlan => {
	if (reply.stopReason === 'max_tokens')
		return {kind: 'problems', problems: ['The plan was cut off at its length limit. Use fewer steps and fewer words.']};
	if (reply.stopReason === 'refusal') return {kind: 'problems', problems: ['The model declined to make this plan.']};
	const nameOf = (word: string): string =>
		Object.hasOwn(run.settings.roles, word)
			? word
			: ([...roles].find(([, role]) => role.aliases.includes(word))?.[0] ?? word);
	return readPlan(textOf(reply.content), run.settings.roles, nameOf);
};

/**
 * Make the plan of a run, or say in words what is wrong with the one the model gave; the plan by template is always
 * there to stand in. `ask` puts one request to the model: the planner's conversation, opened by the given message,
 * answered in the given shape.
 */
export const draftPlan = async (order: {
	readonly run: Run;
	readonly agentId: AgentId;
	readonly turnId: TurnId;
	/** A short description of the project folder. */
	readonly map: string;
	readonly roles: ReadonlyMap<string, RoleLine>;
	readonly ask: (opening: string, schema: JsonSchema) => Promise<Reply>;
}): Promise<PlanReport> => {
	const {run, agentId, turnId, map, roles, ask} = order;
	const {goal, settings} = run;
	const chosen = chosenBy(run);
	const kind = chosen ?? classify(goal);
	const template = templatePlan(kind.taskType, goal, settings.roles);
	const opening = planBrief({goal, settings, kind, map, roles});
	const reply = await ask(opening, planJsonSchema(Object.keys(settings.roles)));
	const report = {type: 'plan.drafted', agentId, turnId, reply, template} as const;
	if (reply.kind === 'failed') return {...report, draft: undefined, problems: []};
	const plan = read(run, roles, reply);
	if (plan.kind === 'problems') return {...report, draft: undefined, problems: plan.problems};
	// A kind of work that the person chose stands, whatever the model calls it.
	const draft = chosen === undefined ? plan.draft : {...plan.draft, taskType: chosen.taskType};
	return {...report, draft, problems: []};
};
