import {type Agent, owesReading} from './agent.ts';
import {bookReply} from './book-reply.ts';
import {nextId, type Pen, write} from './pen.ts';
import {proposePlan} from './propose-plan.ts';
import type {Report} from './report.ts';
import {agentIn} from './run.ts';

/** Take in what the planner brought: a plan to propose, or problems to mend once, before a template stands in. */
export const planDrafted = (pen: Pen, agent: Agent, report: Extract<Report, {type: 'plan.drafted'}>): void => {
	const reply = bookReply(pen, agent, report.reply);
	const after = agentIn(pen.run, agent.id);
	if (reply === undefined || after === undefined || owesReading(after)) return;
	if (report.draft !== undefined) {
		proposePlan(pen, report.draft, 'model');
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
