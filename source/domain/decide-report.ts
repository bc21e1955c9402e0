import {type Agent, callOf, owesReading, turnOpen} from './agent.ts';
import {bookReply, usesIn} from './book-reply.ts';
import {finishTool} from './call.ts';
import type {Rejection} from './command.ts';
import {failAgent, finishAgent} from './end-agent.ts';
import type {AgentId} from './id.ts';
import {textOf} from './message.ts';
import {nextId, type Pen, write} from './pen.ts';
import {planDrafted} from './plan-drafted.ts';
import type {Reply, Report} from './report.ts';

const stale: Rejection = {code: 'stale', message: 'This report comes late or twice; it changes nothing.'};

/** How often an agent is reminded that it must report, before its words are taken as the report. */
const nudgesMax = 1;

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
