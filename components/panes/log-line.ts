import type {Verdict} from '../../source/domain/call.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {agentOf} from '../../source/domain/event.ts';
import type {AgentId, StepId} from '../../source/domain/id.ts';
import type {LimitName} from '../../source/domain/limits.ts';
import {oneLine} from '../../source/domain/one-line.ts';
import {agentIn, type PauseReason, type Run} from '../../source/domain/run.ts';
import {stepFieldWords} from '../../store/step-field-words.ts';
import {age} from '../parts/age.ts';
import {amount} from '../parts/amount.ts';
import {failureWords} from '../parts/failure-words.ts';
import {killedWords} from '../parts/killed-words.ts';
import {limitWords} from '../parts/limit-words.ts';
import {dollars, money} from '../parts/money.ts';
import {packetWord} from '../parts/packet-word.ts';
import {usedTokens} from '../parts/tokens.ts';
import {answered, asked, granted} from './log-requests.ts';

/** How much a line of the log matters: `detail` is for who looks for it, `you` waits for the person. */
export type LogLevel = 'detail' | 'info' | 'you' | 'good' | 'warn' | 'bad';

/** An event in words. */
export type LogLine = {readonly level: LogLevel; readonly text: string; readonly agentName: string | undefined};

type Words = Omit<LogLine, 'agentName'>;

const paused: Readonly<Record<PauseReason, Words>> = {
	person: {level: 'info', text: 'The run is paused.'},
	budget: {level: 'warn', text: 'The run is paused: a limit does not allow the next turn.'},
	timeout: {level: 'warn', text: 'The run is paused: nobody answered in time.'},
};

const weighed: Readonly<Record<Verdict['kind'], string>> = {
	allow: 'may',
	ask: 'must ask to',
	deny: 'may not',
};

const say = (level: LogLevel, text: string): Words => ({level, text});

const words = (event: RunEvent, at: number, run: Run | undefined, before: Run | undefined): Words => {
	// A step that was taken out has its name only in the run before.
	const key = (stepId: StepId): string => run?.plan?.steps[stepId]?.key ?? before?.plan?.steps[stepId]?.key ?? stepId;
	const agent = (agentId: AgentId): string => agentIn(run, agentId)?.name ?? agentId;
	const owner = (limit: LimitName & {readonly agentId: AgentId | undefined; readonly stepId: StepId | undefined}) => {
		const whose =
			limit.stepId === undefined
				? limit.agentId === undefined
					? ''
					: ` (${agent(limit.agentId)})`
				: ` (${key(limit.stepId)})`;
		return `The limit of ${limitWords(limit)}${whose}`;
	};
	switch (event.type) {
		case 'run.created':
			return say('info', `The run begins: ${event.goal}`);
		case 'run.paused':
			return paused[event.by];
		case 'run.resumed':
			return say('info', 'The run goes on.');
		case 'run.suspended':
			return event.engineDied === true
				? say('warn', 'The engine that carried the run had died: nobody had set the run down.')
				: say('detail', 'The run is set down.');
		case 'run.recovered':
			return say(
				event.lostTurns + event.lostCalls > 0 ? 'warn' : 'info',
				event.lostTurns + event.lostCalls > 0
					? `The run was taken up again. Lost when its engine died: turns ${event.lostTurns}, calls ${event.lostCalls}.`
					: 'The run was taken up again.',
			);
		case 'run.imported':
			return say('info', 'The run was imported: nothing that was allowed elsewhere is allowed here.');
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
				event.limit === undefined
					? `${owner(event)} is lifted.`
					: `${owner(event)} is now ${amount(event.what, event.limit)}.`,
			);
		case 'budget.warned':
			return say(
				'warn',
				`${owner(event)} is ${event.used < event.limit ? 'nearly ' : ''}reached: ${amount(event.what, event.used)} of ${amount(event.what, event.limit)}.`,
			);
		case 'run.winds_up':
			return say('warn', 'Those at work report; nothing more starts.');
		case 'lane.paused':
			return say(
				'warn',
				`${event.lane} is paused for ${age(event.until - at + 999)}, ${failureWords(event.failure)} Then ${event.width} at once.`,
			);
		case 'lane.opened':
			return say('info', `${event.lane} is open again: one goes first.`);
		case 'lane.widened':
			return say('detail', `${event.lane} takes ${event.width} at once.`);
		case 'lane.closed':
			return say('bad', `${event.lane} is closed: waiting does not help. ${failureWords(event.failure)}`);
		case 'grant.added':
			return say('info', granted(event));
		case 'grant.kept':
			return event.problem === undefined
				? say('info', `The rule ${event.rule} was written to ${event.path}.`)
				: say('warn', `The rule ${event.rule} counts for this run only: ${event.problem}`);
		case 'plan.proposed': {
			const {length} = event.steps;
			const plan = `A plan of ${length === 1 ? 'one step' : `${length} steps`}`;
			return event.problems.length > 0
				? say('warn', `${plan} from a template, because: ${event.problems.join(' ')}`)
				: say(
						'info',
						`${plan} for ${run?.settings.role === undefined ? `a ${event.taskType}` : `one ${run.settings.role}`} is proposed.`,
					);
		}
		case 'step.approved':
			return say('info', `${key(event.stepId)} is approved${event.by === 'policy' ? ' in advance' : ''}.`);
		case 'step.held':
			return say('info', `${key(event.stepId)} is held.`);
		case 'step.rejected':
			return say('info', `${key(event.stepId)} is rejected${event.reason === '' ? '.' : `: ${event.reason}`}`);
		case 'step.skipped':
			return say('info', `${key(event.stepId)} is skipped: ${event.reason}`);
		case 'step.split':
			return say('info', `${key(event.stepId)} is split into ${event.into.map(part => part.key).join(', ')}.`);
		case 'step.joined':
			return say('info', `${key(event.stepId)} is one step again.`);
		case 'step.edited':
			return say('info', `${key(event.stepId)} is edited: ${stepFieldWords(event.patch)}.`);
		case 'step.added':
			return say('info', `${event.step.key} is added to the plan.`);
		case 'step.removed':
			return say('info', `${key(event.stepId)} is taken out of the plan.`);
		case 'step.moved':
			return say('info', `${key(event.stepId)} changes places with ${key(event.past)}.`);
		case 'step.proposed':
			return say('info', `${key(event.stepId)} waits for approval again.`);
		case 'step.started':
			return say('info', `${key(event.stepId)} begins.`);
		case 'step.finished':
			return say(
				event.packet.status === 'FAIL' ? 'bad' : 'good',
				`finishes ${key(event.stepId)}, ${packetWord(event.packet)}: ${event.packet.summary}`,
			);
		case 'step.retried':
			return say('info', `${key(event.stepId)} is tried again.`);
		case 'step.failed':
			return say('bad', `has failed at ${key(event.stepId)}.`);
		case 'agent.created':
			return say(
				'info',
				`starts on ${event.model.id}${event.parent === undefined ? '' : ` for ${agent(event.parent.agentId)}`}: ${event.assignment.title}`,
			);
		case 'agent.changed': {
			const {model, tools, instructions} = event;
			const what = [
				...(model === undefined ? [] : [`model ${model.id}`]),
				...(tools === undefined ? [] : [`tools ${tools.join(', ')}`]),
				...(instructions === undefined ? [] : [`told besides: ${instructions}`]),
			];
			return say('info', `is changed from its next turn on: ${what.join('; ')}`);
		}
		case 'agent.paused':
			return say('info', 'is paused.');
		case 'agent.resumed':
			return say('info', 'goes on after a pause.');
		case 'agent.blocked':
			return say('warn', `is stopped: ${event.problem}`);
		case 'agent.limited':
			return say('warn', 'waits: a limit leaves no room for its next turn.');
		case 'agent.winds_up':
			return say('info', 'is to report with its next turn.');
		case 'agent.retired':
			return say('info', 'is retired; v in the list of agents shows it.');
		case 'agent.messaged':
			return say(event.from === 'person' ? 'info' : 'detail', `is told: ${event.text}`);
		case 'agent.interrupted':
			return say('warn', 'is interrupted.');
		case 'agent.continued':
			return say('info', 'goes on.');
		case 'agent.killed':
			return say('warn', `is ${killedWords('killed', event.reason)}`);
		case 'agent.finished':
			return say('info', 'is done.');
		case 'agent.failed':
			return say('bad', `fails, ${failureWords(event.failure)}`);
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
			return say('detail', `has an answer: ${usedTokens({usage, guessed: estimated})} tokens, ${spent}.`);
		}
		case 'turn.failed':
			return event.failure.kind === 'aborted'
				? say('detail', 'has its turn cut off.')
				: say(
						event.retryAt === undefined ? 'detail' : 'warn',
						`has no answer, ${failureWords(event.failure)}${event.retryAt === undefined ? '' : ` Again in ${age(event.retryAt - at + 999)}.`}`,
					);
		case 'turn.cut':
			return say('warn', `has its turn cut off, ${failureWords(event.failure)}`);
		case 'call.cut':
			return say('warn', 'has a call cut off: it took too long.');
		case 'call.lost':
			return say('warn', 'has lost a call: what came of it is not known.');
		case 'call.delegated':
			return say('detail', `hands a part on to ${agent(event.to)}.`);
		case 'call.held':
			return say('detail', `has reported; checked first: ${event.checks.map(({name}) => name).join(', ')}.`);
		case 'call.proposed':
			return say('detail', `wants to call ${event.tool}.`);
		case 'call.weighed':
			return say(
				event.verdict.kind === 'deny' ? 'warn' : 'detail',
				`${weighed[event.verdict.kind]} ${event.preview.title}: ${event.verdict.rule}`,
			);
		case 'call.started': {
			const call = agentIn(run, event.agentId)?.calls.find(open => open.id === event.callId);
			return say('info', call?.preview?.title ?? `starts ${call?.tool ?? 'a call'}.`);
		}
		case 'call.finished': {
			const call = agentIn(run, event.agentId)?.calls.find(open => open.id === event.callId);
			const what = call?.preview?.title ?? call?.tool ?? 'a call';
			if (event.outcome === 'ok') return say('detail', `ok: ${what}`);
			// Of a call that was denied, what the agent is told is why; a reason that a person wrote may go on for lines.
			const why = event.outcome === 'denied' ? oneLine(event.output).trim() : '';
			return say('warn', `${event.outcome}: ${what}${why === '' ? '' : `: ${why}`}`);
		}
		case 'request.opened':
			return say('you', asked(event.ask));
		case 'request.answered':
			return say('info', answered(event, run));
		case 'request.seen':
			return say('detail', 'A request was seen.');
		case 'request.overdue':
			return say('warn', 'Nobody answered a request in time.');
		case 'request.withdrawn':
			return say('detail', 'A request is not needed any more.');
		default:
			return event satisfies never;
	}
};

/**
 * An event as a sentence for the log. `run` is the run after the event and `before` the one before it, for names;
 * without them ids stand in. `at` is the event's time, ms since 1970. With an agent the text is what follows its name.
 */
export const logLine = (event: RunEvent, at: number, run: Run | undefined, before?: Run): LogLine => {
	// The agent of a step is created just after the step begins: it has no name yet. A limit names its owner itself.
	const nameless = event.type === 'step.started' || event.type.startsWith('budget.');
	const agentId = nameless ? undefined : agentOf(event);
	return {
		...words(event, at, run, before),
		agentName: agentId === undefined ? undefined : (agentIn(run, agentId)?.name ?? agentId),
	};
};
