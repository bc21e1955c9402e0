import {type Agent, owesReading} from './agent.ts';
import {bookReply} from './book-reply.ts';
import {estimateStep} from './estimate.ts';
import type {PlannedStep} from './event.ts';
import {childId} from './id.ts';
import {nextId, type Pen, write} from './pen.ts';
import type {PlanDraft} from './plan.ts';
import {approveProposed, askForPlan} from './plan-approval.ts';
import type {Report} from './report.ts';
import {agentIn} from './run.ts';

const proposePlan = (pen: Pen, draft: PlanDraft, source: 'model' | 'template', problems: readonly string[]): void => {
	const {settings, counts, id} = pen.run;
	const idOf = new Map(draft.steps.map((step, i) => [step.key, childId(id, 'step', counts.step + i + 1)]));
	const steps = draft.steps.map((step): PlannedStep => {
		const role = settings.roles[step.role];
		const stepId = idOf.get(step.key);
		if (role === undefined || stepId === undefined)
			throw new Error(`The plan was proposed without a check: ${step.key}`);
		return {
			...step,
			id: stepId,
			dependsOn: step.dependsOn.flatMap(key => idOf.get(key) ?? []),
			allowance: {},
			estimate: estimateStep({
				role,
				toolBudget: step.toolBudget,
				model: settings.models[step.tier],
				history: settings.history,
			}),
		};
	});
	write(pen, {type: 'plan.proposed', taskType: draft.taskType, source, problems, steps});
	if (settings.standing.plan) approveProposed(pen, 'policy');
	else askForPlan(pen);
};

/** Take in what the planner brought: a plan to propose, or problems to mend once, before a template stands in. */
export const planDrafted = (pen: Pen, agent: Agent, report: Extract<Report, {type: 'plan.drafted'}>): void => {
	const reply = bookReply(pen, agent, report.reply);
	const after = agentIn(pen.run, agent.id);
	if (reply === undefined || after === undefined || owesReading(after)) return;
	if (report.draft !== undefined) {
		proposePlan(pen, report.draft, 'model', []);
		write(pen, {type: 'agent.finished', agentId: agent.id});
		return;
	}
	if (agent.turns + 1 < agent.assignment.maxTurns) {
		write(pen, {
			type: 'agent.messaged',
			agentId: agent.id,
			messageId: nextId(pen, 'message'),
			from: 'engine',
			text: `This plan cannot be used:\n${report.problems.map(problem => `- ${problem}`).join('\n')}\nAnswer with the whole plan again, mended.`,
		});
		return;
	}
	proposePlan(pen, report.template, 'template', report.problems);
	write(pen, {type: 'agent.finished', agentId: agent.id});
};
