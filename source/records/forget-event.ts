import type {Assignment, Brief} from '../domain/agent.ts';
import type {Preview} from '../domain/call.ts';
import type {PlannedStep, RunEvent} from '../domain/event.ts';
import type {Failure} from '../domain/failure.ts';
import type {ReplyBlock} from '../domain/message.ts';
import type {Packet} from '../domain/packet.ts';
import type {Answer, Ask} from '../domain/request.ts';
import type {StepFields} from '../domain/step.ts';

/** What stands where words were. */
export const forgotten = '[purged]';

const each = (texts: readonly string[]): readonly string[] => texts.map(() => forgotten);

const failure = (of: Failure): Failure => ({...of, message: forgotten});

const preview = (of: Preview): Preview => ({title: forgotten, body: forgotten, format: of.format});

/** Paths stay: what was produced is in the person's hands anyway. */
const forgetPacket = (packet: Packet): Packet => ({
	status: packet.status,
	summary: forgotten,
	findings: each(packet.findings),
	produced: packet.produced,
	risks: each(packet.risks),
	...(packet.checks === undefined
		? {}
		: {checks: packet.checks.map(check => ({...check, command: forgotten, output: forgotten}))}),
	...(packet.reason === undefined ? {} : {reason: forgotten}),
});

/** Thinking goes wholly: a vendor refuses it when it is not as it was. */
const content = (blocks: readonly ReplyBlock[]): readonly ReplyBlock[] =>
	blocks.flatMap((block): readonly ReplyBlock[] => {
		switch (block.type) {
			case 'text':
				return [{type: 'text', text: forgotten}];
			case 'tool_use':
				return [{...block, input: {}}];
			case 'thinking':
			case 'redacted_thinking':
				return [];
			default:
				return block satisfies never;
		}
	});

export const forgetBrief = (brief: Brief): Brief =>
	brief.kind === 'packet'
		? {...brief, title: forgotten, packet: forgetPacket(brief.packet)}
		: {...brief, title: forgotten, reason: forgotten};

const assignment = (of: Assignment): Assignment => ({
	...of,
	title: forgotten,
	objective: forgotten,
	acceptance: each(of.acceptance),
	files: each(of.files),
	briefs: of.briefs.map(forgetBrief),
});

const fields = <T extends Partial<StepFields>>(of: T): T => ({
	...of,
	...(of.title === undefined ? {} : {title: forgotten}),
	...(of.objective === undefined ? {} : {objective: forgotten}),
	...(of.files === undefined ? {} : {files: each(of.files)}),
	...(of.acceptance === undefined ? {} : {acceptance: each(of.acceptance)}),
});

const planned = (steps: readonly PlannedStep[]): readonly PlannedStep[] => steps.map(fields);

const ask = (of: Ask): Ask => {
	switch (of.kind) {
		case 'call':
		case 'unknown':
			return {...of, preview: preview(of.preview)};
		case 'question':
			return {...of, question: forgotten, choices: each(of.choices)};
		case 'blocker':
			return {...of, problem: forgotten, tried: forgotten};
		case 'lane':
			return {...of, failure: failure(of.failure)};
		case 'plan':
		case 'budget':
		case 'network':
			return of;
		default:
			return of satisfies never;
	}
};

const answer = (of: Answer): Answer => {
	switch (of.kind) {
		case 'text':
			return {kind: 'text', text: forgotten};
		case 'deny':
			return {kind: 'deny', reason: forgotten};
		case 'approve':
		case 'raise':
		case 'finish':
			return of;
		default:
			return of satisfies never;
	}
};

/**
 * The same fact without what persons, models and tools said: a mark stands in for the words. Everything that moves a
 * run stays: ids, kinds, amounts, roles, models, names of tools and keys of steps, rules and paths. So the history
 * folds to the same states and the same money.
 */
export const forgetEvent = (event: RunEvent): RunEvent => {
	switch (event.type) {
		case 'run.created':
			return {...event, goal: forgotten};
		case 'run.ended':
			return {
				...event,
				reason: forgotten,
				failure: event.failure === undefined ? undefined : failure(event.failure),
			};
		case 'plan.proposed':
			return {...event, problems: each(event.problems), steps: planned(event.steps)};
		case 'step.split':
			return {...event, into: planned(event.into)};
		case 'step.added':
			return {...event, step: fields(event.step)};
		case 'step.edited':
			return {...event, patch: fields(event.patch)};
		case 'step.rejected':
		case 'step.skipped':
		case 'agent.killed':
			return {...event, reason: forgotten};
		case 'step.finished':
			return {...event, packet: forgetPacket(event.packet)};
		case 'call.held':
			return {
				...event,
				packet: forgetPacket(event.packet),
				checks: event.checks.map(check => ({...check, command: forgotten})),
			};
		case 'step.failed':
		case 'agent.failed':
		case 'turn.cut':
		case 'lane.paused':
		case 'lane.closed':
			return {...event, failure: failure(event.failure)};
		case 'agent.created':
			return {...event, assignment: assignment(event.assignment)};
		case 'agent.changed':
			return event.instructions === undefined ? event : {...event, instructions: forgotten};
		case 'agent.blocked':
			return {...event, problem: forgotten};
		case 'agent.messaged':
			return {...event, text: forgotten};
		case 'turn.finished':
			return {...event, content: content(event.content)};
		case 'turn.failed':
			return {...event, failure: failure(event.failure), partial: content(event.partial)};
		case 'call.proposed':
			return {...event, input: {}};
		case 'call.weighed':
			return {...event, preview: preview(event.preview)};
		case 'call.finished':
			return {...event, output: forgotten};
		case 'request.opened':
			return {...event, ask: ask(event.ask)};
		case 'request.answered':
			return {...event, answer: answer(event.answer)};
		case 'run.paused':
		case 'run.resumed':
		case 'run.suspended':
		case 'run.recovered':
		case 'run.permitted':
		case 'run.imported':
		case 'run.winds_up':
		case 'budget.raised':
		case 'budget.warned':
		case 'lane.opened':
		case 'lane.widened':
		case 'grant.added':
		case 'grant.kept':
		case 'step.approved':
		case 'step.held':
		case 'step.removed':
		case 'step.joined':
		case 'step.moved':
		case 'step.proposed':
		case 'step.started':
		case 'step.retried':
		case 'agent.paused':
		case 'agent.resumed':
		case 'agent.limited':
		case 'agent.winds_up':
		case 'agent.retired':
		case 'agent.interrupted':
		case 'agent.continued':
		case 'agent.finished':
		case 'turn.started':
		case 'call.started':
		case 'call.cut':
		case 'call.lost':
		case 'call.delegated':
		case 'request.seen':
		case 'request.overdue':
		case 'request.withdrawn':
			return event;
		default:
			return event satisfies never;
	}
};
