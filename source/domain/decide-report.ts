import {type Agent, callOf, owesReading, turnOpen} from './agent.ts';
import {bookReply, usesIn} from './book-reply.ts';
import {
	type Call,
	type CallOutcome,
	type ControlAct,
	checkTool,
	type FileTouch,
	finishTool,
	type Verdict,
} from './call.ts';
import type {Rejection} from './command.ts';
import {createHelper, roleNamed} from './create-agent.ts';
import {failAgent, failUnreported, finishAgent} from './end-agent.ts';
import {depthMax, escalate, loopOf, stopLoop} from './escalate.ts';
import {finishCall} from './finish-call.ts';
import {isGranted} from './grant.ts';
import type {AgentId} from './id.ts';
import {textOf} from './message.ts';
import {nextId, type Pen, write} from './pen.ts';
import {planDrafted} from './plan-drafted.ts';
import {cutShort} from './recover.ts';
import type {Reply, Report} from './report.ts';
import {agentIn} from './run.ts';
import {verify} from './verify.ts';

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
	const booked = agentIn(pen.run, before.id);
	const loop = booked === undefined || turn.last ? undefined : loopOf(booked);
	if (booked !== undefined && loop !== undefined) {
		stopLoop(pen, booked, loop);
		return;
	}
	if (uses.length > 0) {
		const spent = before.turns > before.assignment.maxTurns;
		if (turn.last && (spent || !uses.some(use => use.name === finishTool))) failUnreported(pen, before);
		return;
	}
	if (done.stopReason === 'refusal') {
		failAgent(pen, before, {
			kind: 'refused',
			message: 'The model declined to go on with this task. Change the objective and retry the step.',
		});
		return;
	}
	const after = agentIn(pen.run, before.id);
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
	const reason = 'the agent ended without a report';
	finishAgent(pen, before, {status: 'UNVERIFIED', summary, findings: [], produced: [], risks: [], reason});
};

type Weighed = Extract<Report, {type: 'call.weighed'}>;

/** Do what a call says to the fleet. */
const control = (pen: Pen, agent: Agent, call: Call, act: ControlAct, report: Weighed): void => {
	const end = (outcome: CallOutcome, output: string): void => finishCall(pen, call, {outcome, output});
	switch (act.kind) {
		case 'finish': {
			// Who reports has seen what came of its work; otherwise a write that is still under way would be lost.
			if (agent.calls.some(other => other.id !== call.id && other.status.kind !== 'ended')) {
				end('denied', 'Not yet: other calls of this reply had not ended. Look at their results, then report alone.');
				return;
			}
			if (owesReading(agent)) {
				end('denied', 'Not yet: a message has come in. Read it, then report.');
				return;
			}
			const packet = verify(pen, agent, call, act.packet, report.checks ?? []);
			if (packet === undefined) return;
			end('ok', 'The step is finished.');
			finishAgent(pen, agent, packet);
			return;
		}
		case 'ask':
			write(pen, {
				type: 'request.opened',
				requestId: nextId(pen, 'request'),
				agentId: agent.id,
				stepId: agent.stepId,
				ask: {kind: 'question', callId: call.id, question: act.question, choices: act.choices},
			});
			return;
		case 'block':
			escalate(pen, agent, call.id, act.problem, act.tried);
			return;
		case 'delegate': {
			const role = roleNamed(pen.run, act.role);
			if (role === undefined || role.name === 'planner') {
				end('error', `There is no role "${act.role}" to hand this to.`);
				return;
			}
			if (pen.run.windsUp || agent.windsUp) {
				end('error', 'Nothing more is begun: a limit is reached. Report what is done, and name what is missing.');
				return;
			}
			if (agent.depth >= depthMax) {
				end('error', `Work is handed on ${depthMax} levels deep at most. Do this part yourself.`);
				return;
			}
			const to = createHelper(pen, agent, call.id, role, role.tier, act);
			write(pen, {type: 'call.delegated', callId: call.id, agentId: agent.id, to});
			return;
		}
		default:
			act satisfies never;
	}
};

const callWeighed = (pen: Pen, agent: Agent, report: Weighed): Rejection | undefined => {
	const call = callOf(agent, report.callId);
	if (call?.status.kind !== 'proposed') return stale;
	const {standing} = pen.run.settings;
	const {effect, preview} = report;
	// The answer to the same question may have come while this call was weighed.
	const rule =
		standing.calls || (standing.edits && effect === 'write')
			? `approved in advance (${standing.calls ? 'all calls' : 'edits'})`
			: isGranted(pen.run, agent.id, report.grant)
				? report.grant
				: undefined;
	const verdict: Verdict = report.verdict.kind === 'ask' && rule !== undefined ? {kind: 'allow', rule} : report.verdict;
	write(pen, {type: 'call.weighed', callId: call.id, agentId: agent.id, effect, verdict, preview});
	if (verdict.kind !== 'deny' && report.control !== undefined) {
		control(pen, agent, call, report.control, report);
		return undefined;
	}
	switch (verdict.kind) {
		case 'allow':
			return undefined;
		case 'deny':
			if (report.problem === undefined)
				finishCall(pen, call, {outcome: 'denied', output: `Not allowed: ${verdict.rule}`});
			else finishCall(pen, call, {outcome: 'error', output: report.problem});
			return undefined;
		case 'ask': {
			const ask = {kind: 'call', callId: call.id, tool: call.tool, preview, rule: verdict.rule} as const;
			write(pen, {
				type: 'request.opened',
				requestId: nextId(pen, 'request'),
				agentId: agent.id,
				stepId: agent.stepId,
				ask: report.grant === undefined ? ask : {...ask, grant: report.grant},
			});
			return undefined;
		}
		default:
			return verdict.kind satisfies never;
	}
};

/** Whether a call that has ended may have changed the person's files. */
const changesFiles = (pen: Pen, call: Call, touched: readonly FileTouch[]): boolean => {
	if (call.tool === checkTool) return false;
	if (call.effect === 'run') return true;
	const {outputsDir} = pen.run.settings;
	return touched.some(({path, how}) => how === 'written' && !path.startsWith(`${outputsDir}/`));
};

/** Take in what hands brought back; a report that no longer counts is refused and changes nothing. */
export const decideReport = (pen: Pen, report: Report): Rejection | undefined => {
	if (report.type === 'rule.kept') {
		const {rule, path, problem} = report;
		if (!pen.run.grants.some(grant => grant.rule === rule && grant.reach === 'always' && !grant.kept)) return stale;
		write(pen, {type: 'grant.kept', rule, path, problem});
		return undefined;
	}
	const agent = agentIn(pen.run, report.agentId);
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
		case 'call.wants': {
			const call = callOf(agent, report.callId);
			if (call?.status.kind !== 'running') return stale;
			const {host, grant} = report;
			const requestId = nextId(pen, 'request');
			const {standing} = pen.run.settings;
			write(pen, {
				type: 'request.opened',
				requestId,
				agentId: agent.id,
				stepId: agent.stepId,
				ask: {kind: 'network', callId: call.id, host, grant},
			});
			if (standing.calls || isGranted(pen.run, agent.id, grant))
				write(pen, {type: 'request.answered', requestId, answer: {kind: 'approve'}, by: 'policy'});
			return undefined;
		}
		case 'call.ended': {
			const call = callOf(agent, report.callId);
			if (call?.status.kind !== 'running') return stale;
			const {isError, output, touched} = report;
			if (report.isCut === true && pen.run.suspended && !call.status.isCut) {
				cutShort(pen, agent, call);
				return undefined;
			}
			const changes = changesFiles(pen, call, touched);
			finishCall(pen, call, {outcome: isError ? 'error' : 'ok', output, touched, changes});
			return undefined;
		}
		default:
			return report satisfies never;
	}
};
