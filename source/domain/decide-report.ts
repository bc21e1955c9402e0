import {type Agent, callOf, owesReading, turnOpen} from './agent.ts';
import {estimateStep} from './budget.ts';
import {askTool, finishTool} from './call.ts';
import type {Rejection} from './command.ts';
import {cancelCalls, failAgent, finishAgent} from './end-agent.ts';
import type {PlannedStep} from './event.ts';
import type {Failure} from './failure.ts';
import type {AgentId, TurnId} from './id.ts';
import {childId} from './id.ts';
import {type ReplyBlock, textOf} from './message.ts';
import {nextId, type Pen, write} from './pen.ts';
import type {PlanDraft} from './plan.ts';
import {approveProposed, askForPlan} from './plan-approval.ts';
import type {Reply, Report} from './report.ts';
import {retryAt} from './retry.ts';
import {settle, settleFailed} from './settle.ts';

const stale: Rejection = {code: 'stale', message: 'This report comes late or twice; it changes nothing.'};

/** How often an agent is reminded that it must report, before its words are taken as the report. */
const nudgesMax = 1;

const usesIn = (content: readonly ReplyBlock[]) => content.filter(block => block.type === 'tool_use');

/**
 * Every tool use becomes a call, for without a result the conversation could not go on. What is over the agent's
 * budget of calls ends at once; reporting and asking cost nothing.
 */
const proposeCalls = (pen: Pen, before: Agent, turnId: TurnId, content: readonly ReplyBlock[]): void => {
	const {toolBudget} = before.assignment;
	let made = before.callsMade;
	for (const {useId, name, input} of usesIn(content)) {
		const callId = nextId(pen, 'call');
		write(pen, {type: 'call.proposed', callId, agentId: before.id, turnId, useId, tool: name, input});
		if (name === finishTool || name === askTool || ++made <= toolBudget) continue;
		const output = `Not carried out: the ${toolBudget} calls of this assignment are used up. Report what is done and what is missing.`;
		write(pen, {type: 'call.finished', callId, agentId: before.id, outcome: 'denied', output, touched: []});
	}
};

const leftFailure: Failure = {kind: 'lost', message: 'Flotilla was left while the model was replying.'};

/** Book what a request to the model brought. Returns the good reply, or undefined when there is none to go on with. */
const bookReply = (pen: Pen, agent: Agent, reply: Reply): Extract<Reply, {kind: 'done'}> | undefined => {
	const {turn} = agent;
	if (turn === undefined) return undefined;
	if (reply.kind === 'done') {
		write(pen, {
			type: 'turn.finished',
			turnId: turn.id,
			agentId: agent.id,
			content: reply.content,
			stopReason: reply.stopReason,
			settlement: settle(agent, reply.usage),
		});
		// The planner has no tools: its reply is read as a plan.
		if (agent.assignment.kind !== 'plan') proposeCalls(pen, agent, turn.id, reply.content);
		if (agent.status.kind === 'thinking') return reply;
		// An agent that was cut off in the meantime stays so; what its model said is kept.
		cancelCalls(pen, agent.id, 'Not carried out: the turn was cut off.');
		return undefined;
	}
	const {suspended} = pen.run;
	// Cut off because Flotilla is being left: the agent asks again when the run is taken up.
	const failure: Failure = suspended && reply.failure.kind === 'aborted' ? leftFailure : reply.failure;
	const thinking = agent.status.kind === 'thinking';
	const retry = suspended ? pen.now : retryAt(failure, agent.attempts, turn.id, pen.now);
	const again = thinking ? retry : undefined;
	write(pen, {
		type: 'turn.failed',
		turnId: turn.id,
		agentId: agent.id,
		failure,
		partial: reply.partial,
		settlement: settleFailed(agent, turn, failure.kind, reply.usage),
		retryAt: again,
	});
	if (thinking && again === undefined) failAgent(pen, agent, failure);
	return undefined;
};

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
			estimate: estimateStep(role, step.toolBudget, settings.models[step.tier]),
		};
	});
	write(pen, {type: 'plan.proposed', taskType: draft.taskType, source, problems, steps});
	if (settings.standing.plan) approveProposed(pen, 'policy');
	else askForPlan(pen);
};

const planDrafted = (pen: Pen, agent: Agent, report: Extract<Report, {type: 'plan.drafted'}>): void => {
	const reply = bookReply(pen, agent, report.reply);
	const after = pen.run.agents[agent.id];
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

const nudge = (pen: Pen, agentId: AgentId, text: string): void =>
	write(pen, {type: 'agent.messaged', agentId, messageId: nextId(pen, 'message'), from: 'engine', text});

const turnReplied = (pen: Pen, before: Agent, reply: Reply): void => {
	const {turn} = before;
	const done = bookReply(pen, before, reply);
	if (done === undefined || turn === undefined) return;
	const uses = usesIn(done.content);
	if (uses.length > 0) {
		// One report that did not count may be mended; a second would go on for ever.
		const spent = before.turns > before.assignment.maxTurns;
		if (turn.last && (spent || !uses.some(use => use.name === finishTool)))
			failAgent(pen, before, {
				kind: 'max_turns',
				message: `${before.name} used all its turns or calls and did not report. Retry the step with a larger tool budget.`,
			});
		return;
	}
	if (done.stopReason === 'refusal') {
		failAgent(pen, before, {
			kind: 'refused',
			message: 'The model declined to go on with this task. Change the objective and retry the step.',
		});
		return;
	}
	const after = pen.run.agents[before.id];
	if (after !== undefined && owesReading(after)) return;
	if (before.assignment.kind === 'task') {
		write(pen, {type: 'agent.finished', agentId: before.id});
		return;
	}
	if (done.stopReason === 'max_tokens' && !turn.last) {
		nudge(pen, before.id, 'Your reply was cut off at its length limit. Go on from where it ends, in smaller parts.');
		return;
	}
	if (before.nudges < nudgesMax && !turn.last) {
		nudge(pen, before.id, 'Your turn ended without a tool call. If the step is done, call finish_step; else go on.');
		return;
	}
	const summary = textOf(done.content).trim();
	if (summary === '') {
		failAgent(pen, before, {
			kind: 'max_turns',
			message: 'The agent ended without a report. Retry the step, or give it more turns.',
		});
		return;
	}
	finishAgent(pen, before, {status: 'UNVERIFIED', summary, findings: [], produced: [], risks: []});
};

const callWeighed = (
	pen: Pen,
	agent: Agent,
	report: Extract<Report, {type: 'call.weighed'}>,
): Rejection | undefined => {
	const call = callOf(agent, report.callId);
	if (call?.status.kind !== 'proposed') return stale;
	const {standing} = pen.run.settings;
	const granted = standing.calls || (standing.edits && report.effect === 'write');
	const {effect, preview} = report;
	const verdict =
		report.verdict.kind === 'ask' && granted
			? ({kind: 'allow', rule: `approved in advance (${standing.calls ? 'all calls' : 'edits'})`} as const)
			: report.verdict;
	write(pen, {type: 'call.weighed', callId: call.id, agentId: agent.id, effect, verdict, preview});
	const finish = (outcome: 'ok' | 'error' | 'denied', output: string): void =>
		write(pen, {type: 'call.finished', callId: call.id, agentId: agent.id, outcome, output, touched: []});
	const control = verdict.kind === 'deny' ? undefined : report.control;
	if (control?.kind === 'finish') {
		// Who reports has seen what came of its work; otherwise a write that is still under way would be lost.
		if (agent.calls.some(other => other.id !== call.id && other.status.kind !== 'ended')) {
			finish('denied', 'Not yet: other calls of this reply had not ended. Look at their results, then report alone.');
			return undefined;
		}
		if (owesReading(agent)) {
			finish('denied', 'Not yet: a message has come in. Read it, then report.');
			return undefined;
		}
		finish('ok', 'The step is finished.');
		finishAgent(pen, agent, control.packet);
		return undefined;
	}
	if (control?.kind === 'ask') {
		write(pen, {
			type: 'request.opened',
			requestId: nextId(pen, 'request'),
			agentId: agent.id,
			stepId: agent.stepId,
			ask: {kind: 'question', callId: call.id, question: control.question, choices: control.choices},
		});
		return undefined;
	}
	switch (verdict.kind) {
		case 'allow':
			return undefined;
		case 'deny':
			if (report.problem === undefined) finish('denied', `Not allowed: ${verdict.rule}`);
			else finish('error', report.problem);
			return undefined;
		case 'ask':
			write(pen, {
				type: 'request.opened',
				requestId: nextId(pen, 'request'),
				agentId: agent.id,
				stepId: agent.stepId,
				ask: {kind: 'call', callId: call.id, tool: call.tool, preview, rule: verdict.rule},
			});
			return undefined;
		default:
			return verdict.kind satisfies never;
	}
};

/** Take in what hands brought back; a report that no longer counts is refused and changes nothing. */
export const decideReport = (pen: Pen, report: Report): Rejection | undefined => {
	const agent = pen.run.agents[report.agentId];
	if (agent === undefined) return stale;
	switch (report.type) {
		case 'turn.replied':
			if (!turnOpen(agent, report.turnId)) return stale;
			turnReplied(pen, agent, report.reply);
			return undefined;
		case 'plan.drafted':
			if (!turnOpen(agent, report.turnId)) return stale;
			planDrafted(pen, agent, report);
			return undefined;
		case 'call.weighed':
			return callWeighed(pen, agent, report);
		case 'call.ended': {
			const call = callOf(agent, report.callId);
			if (call?.status.kind !== 'running') return stale;
			const {isError, output, touched} = report;
			write(pen, {
				type: 'call.finished',
				callId: call.id,
				agentId: agent.id,
				outcome: isError ? 'error' : 'ok',
				output,
				touched,
			});
			return undefined;
		}
		default:
			return report satisfies never;
	}
};
