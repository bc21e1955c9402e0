import type {Verdict} from '../../source/domain/call.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {agentOf} from '../../source/domain/event.ts';
import type {Failure} from '../../source/domain/failure.ts';
import type {StepId} from '../../source/domain/id.ts';
import type {Ask} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import {totalTokens} from '../../source/domain/usage.ts';
import {age} from '../parts/age.ts';
import {dollars, money} from '../parts/money.ts';
import {tokens} from '../parts/tokens.ts';

/** How much a line of the log matters: `detail` is for who looks for it, `you` waits for the person. */
export type LogLevel = 'detail' | 'info' | 'you' | 'good' | 'warn' | 'bad';

/** An event in words. */
export type LogLine = {readonly level: LogLevel; readonly text: string; readonly agentName: string | undefined};

const failed = (failure: Failure): string => `${failure.kind.replaceAll('_', ' ')}: ${failure.message}`;

const asked = (ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return 'The plan waits for your approval.';
		case 'call':
			return `asks to ${ask.preview.title}`;
		case 'question':
			return `asks: ${ask.question}`;
		case 'budget':
			return `The budget of ${dollars(ask.limit)} is used up; the next turn may need ${dollars(ask.needed)} in all.`;
		default:
			return ask satisfies never;
	}
};

const weighed: Readonly<Record<Verdict['kind'], string>> = {
	allow: 'may',
	ask: 'must ask to',
	deny: 'may not',
};

type Words = Omit<LogLine, 'agentName'>;

const say = (level: LogLevel, text: string): Words => ({level, text});

const words = (event: RunEvent, at: number, run: Run | undefined): Words => {
	const key = (stepId: StepId): string => run?.plan?.steps[stepId]?.key ?? stepId;
	const agent = (agentId: keyof Run['agents']): string => run?.agents[agentId]?.name ?? agentId;
	switch (event.type) {
		case 'run.created':
			return say('info', `The run begins: ${event.goal}`);
		case 'run.paused':
			return event.by === 'budget'
				? say('warn', 'The run is paused: the budget does not allow the next turn.')
				: say('info', 'The run is paused.');
		case 'run.resumed':
			return say('info', 'The run goes on.');
		case 'run.suspended':
			return say('detail', 'The run is set down.');
		case 'run.recovered':
			return say(
				event.lostTurns + event.lostCalls > 0 ? 'warn' : 'info',
				event.lostTurns + event.lostCalls > 0
					? `The run was taken up again. Lost when its process died: turns ${event.lostTurns}, calls ${event.lostCalls}.`
					: 'The run was taken up again.',
			);
		case 'run.permitted': {
			const {plan, edits, calls} = event.standing;
			const allowed = [...(plan ? ['plan'] : []), ...(edits ? ['edits'] : []), ...(calls ? ['calls'] : [])];
			return say('info', `Approved in advance: ${allowed.length > 0 ? allowed.join(', ') : 'nothing'}.`);
		}
		case 'run.ended':
			return say(
				event.outcome === 'done' ? 'good' : event.outcome === 'failed' ? 'bad' : 'warn',
				`The run is ${event.outcome === 'failed' ? 'over, it failed' : event.outcome}: ${event.reason}`,
			);
		case 'budget.raised':
			return say(
				'info',
				event.limit === undefined ? 'The budget has no limit.' : `The budget is ${dollars(event.limit)}.`,
			);
		case 'plan.proposed':
			return event.problems.length > 0
				? say('warn', `A plan of ${event.steps.length} steps from a template, because: ${event.problems.join(' ')}`)
				: say('info', `A plan of ${event.steps.length} steps for a ${event.taskType} is proposed.`);
		case 'step.approved':
			return say('info', `${key(event.stepId)} is approved${event.by === 'policy' ? ' in advance' : ''}.`);
		case 'step.held':
			return say('info', `${key(event.stepId)} is held.`);
		case 'step.rejected':
			return say('info', `${key(event.stepId)} is rejected${event.reason === '' ? '.' : `: ${event.reason}`}`);
		case 'step.edited':
			return say('info', `${key(event.stepId)} is edited: ${Object.keys(event.patch).join(', ')}.`);
		case 'step.started':
			return say('info', `${key(event.stepId)} begins.`);
		case 'step.finished':
			return say(
				event.packet.status === 'FAIL' ? 'bad' : 'good',
				`finishes ${key(event.stepId)}, ${event.packet.status.toLowerCase().replaceAll('_', ' ')}: ${event.packet.summary}`,
			);
		case 'step.retried':
			return say('info', `${key(event.stepId)} is tried again.`);
		case 'step.failed':
			return say('bad', `has failed at ${key(event.stepId)}.`);
		case 'agent.created':
			return say('info', `starts on ${event.model.id}: ${event.assignment.title}`);
		case 'agent.messaged':
			return say(event.from === 'person' ? 'info' : 'detail', `is told: ${event.text}`);
		case 'agent.interrupted':
			return say('warn', 'is interrupted.');
		case 'agent.continued':
			return say('info', 'goes on.');
		case 'agent.killed':
			return say('warn', `is killed${event.reason === '' ? '.' : `: ${event.reason}`}`);
		case 'agent.finished':
			return say('info', 'is done.');
		case 'agent.failed':
			return say('bad', `fails, ${failed(event.failure)}`);
		case 'turn.started':
			return say(
				'detail',
				`asks the model${event.last ? ' for its report' : ''}, ${dollars(event.reserved)} reserved.`,
			);
		case 'turn.finished': {
			const {usage, cost, estimated} = event.settlement;
			const spent =
				cost === undefined
					? 'unpriced'
					: money({settled: estimated ? 0 : cost, estimated: estimated ? cost : 0, unpriced: false});
			return say('detail', `has an answer: ${tokens(totalTokens(usage))} tokens, ${spent}.`);
		}
		case 'turn.failed':
			return event.failure.kind === 'aborted'
				? say('detail', 'has its turn cut off.')
				: say(
						event.retryAt === undefined ? 'detail' : 'warn',
						`has no answer, ${failed(event.failure)}${event.retryAt === undefined ? '' : ` Again in ${age(event.retryAt - at + 999)}.`}`,
					);
		case 'call.proposed':
			return say('detail', `wants to call ${event.tool}.`);
		case 'call.weighed':
			return say(
				event.verdict.kind === 'deny' ? 'warn' : 'detail',
				`${weighed[event.verdict.kind]} ${event.preview.title}: ${event.verdict.rule}`,
			);
		case 'call.started': {
			const call = run?.agents[event.agentId]?.calls.find(open => open.id === event.callId);
			return say('info', call?.preview?.title ?? `starts ${call?.tool ?? 'a call'}.`);
		}
		case 'call.finished': {
			const call = run?.agents[event.agentId]?.calls.find(open => open.id === event.callId);
			const what = call?.preview?.title ?? call?.tool ?? 'a call';
			return event.outcome === 'ok' ? say('detail', `ok: ${what}`) : say('warn', `${event.outcome}: ${what}`);
		}
		case 'request.opened':
			return say('you', asked(event.ask));
		case 'request.answered': {
			const by = event.by === 'person' ? 'You' : 'Policy';
			const request = run?.requests[event.requestId];
			const who = request?.agentId === undefined ? '' : ` to ${agent(request.agentId)}`;
			switch (event.answer.kind) {
				case 'approve':
					return say('info', `${by} said yes${who}.`);
				case 'deny':
					return say('info', `${by} said no${who}${event.answer.reason === '' ? '.' : `: ${event.answer.reason}`}`);
				case 'text':
					return say('info', `${by} answered${who}: ${event.answer.text}`);
				case 'raise':
					return say('info', `${by} raised the budget to ${dollars(event.answer.limit)}.`);
				default:
					return event.answer satisfies never;
			}
		}
		case 'request.withdrawn':
			return say('detail', 'A request is withdrawn: what asked is gone.');
		default:
			return event satisfies never;
	}
};

/**
 * An event as a sentence for the log. `run` is the run after the event, for names; without it ids stand in. `at` is
 * the event's time, ms since 1970. With an agent the text is what follows its name.
 */
export const logLine = (event: RunEvent, at: number, run: Run | undefined): LogLine => {
	// The agent of a step is created just after the step begins: it has no name yet.
	const agentId = event.type === 'step.started' ? undefined : agentOf(event);
	return {
		...words(event, at, run),
		agentName: agentId === undefined ? undefined : (run?.agents[agentId]?.name ?? agentId),
	};
};
