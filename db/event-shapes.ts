import {z} from 'zod';
import {callEffects} from '../source/domain/call.ts';
import type {EventType, RunEvent} from '../source/domain/event.ts';
import {failureKinds} from '../source/domain/failure.ts';
import {limitScopes, quantities} from '../source/domain/limits.ts';
import {tiers} from '../source/domain/model.ts';
import {reaches} from '../source/domain/request.ts';
import {patienceActions, permissionModes} from '../source/domain/settings.ts';

const stepId = z.templateLiteral(['step_', z.string()]);
const agentId = z.templateLiteral(['agent_', z.string()]);
const turnId = z.templateLiteral(['turn_', z.string()]);
const callId = z.templateLiteral(['call_', z.string()]);
const requestId = z.templateLiteral(['request_', z.string()]);
const messageId = z.templateLiteral(['message_', z.string()]);

const text = z.string();
const texts = z.array(text);
const number = z.number();
const boolean = z.boolean();
const tier = z.enum(tiers);
const scope = z.enum(limitScopes);
const what = z.enum(quantities);
const by = z.enum(['person', 'policy']);
/** JSON leaves out what is undefined. */
const orNothing = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> => schema.optional();

const failure = z.object({kind: z.enum(failureKinds), message: text, retryAfterMs: number.exactOptional()});
const allowance = z.partialRecord(what, number);
const outcome = z.enum(['ok', 'error', 'denied', 'cancelled', 'unknown']);
const checkPlan = z.object({name: text, command: text});
const packet = z.object({
	status: z.enum(['VERIFIED', 'UNVERIFIED', 'FAIL', 'PENDING_REVIEW']),
	summary: text,
	findings: texts,
	produced: texts,
	risks: texts,
	checks: z.array(z.object({name: text, command: text, outcome, output: text})).exactOptional(),
	reason: text.exactOptional(),
});
const preview = z.object({title: text, body: text, format: z.enum(['text', 'diff', 'command'])});

const rates = z.object({input: number, output: number, cacheWrite5m: number, cacheWrite1h: number, cacheRead: number});
const largePrompt = orNothing(z.object({aboveTokens: number, factor: number}));
const model = z.object({
	id: text,
	provider: text,
	price: orNothing(z.object({rates, largePrompt, since: text})),
	contextTokens: number,
	maxOutputTokens: number,
});
const role = z.object({
	name: text,
	tier,
	tools: texts,
	maxTurns: number,
	toolBudget: number,
	maxOutputTokens: number,
});
const standing = z.object({plan: boolean, edits: boolean, calls: boolean});
const settings = z.object({
	dir: text,
	outputsDir: text,
	provider: text,
	taskType: orNothing(text),
	role: orNothing(text),
	permissionMode: z.enum(permissionModes),
	rules: z.object({allow: texts, ask: texts, deny: texts}),
	standing,
	maxParallel: number,
	limits: z.record(scope, allowance),
	patience: z.object({afterMs: orNothing(number), action: z.enum(patienceActions)}),
	watch: z.object({turnMs: number, callMs: number}),
	unknownOutcome: z.enum(['ask', 'tell']),
	verification: z.enum(['auto', 'off']),
	checks: z.array(checkPlan),
	history: z.array(z.object({role: text, model: text, steps: number, cost: number, error: orNothing(number)})),
	roles: z.record(text, role),
	models: z.record(tier, model),
});

const fields = {
	title: text,
	role: text,
	objective: text,
	files: texts,
	acceptance: texts,
	dependsOn: z.array(stepId),
	tier,
	toolBudget: number,
	tools: texts.exactOptional(),
	allowance,
};
const planned = z.object({...fields, id: stepId, key: text, estimate: orNothing(number)});
const patch = z.object({
	title: fields.title.exactOptional(),
	role: fields.role.exactOptional(),
	objective: fields.objective.exactOptional(),
	files: fields.files.exactOptional(),
	acceptance: fields.acceptance.exactOptional(),
	dependsOn: fields.dependsOn.exactOptional(),
	tier: fields.tier.exactOptional(),
	toolBudget: fields.toolBudget.exactOptional(),
	tools: fields.tools,
	allowance: fields.allowance.exactOptional(),
});

const brief = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('packet'), key: text, title: text, packet}),
	z.object({kind: z.literal('rejected'), key: text, title: text, reason: text}),
]);
const assignment = z.object({
	kind: z.enum(['plan', 'step', 'task', 'part']),
	role: text,
	title: text,
	objective: text,
	acceptance: texts,
	files: texts,
	briefs: z.array(brief),
	tools: texts,
	maxTurns: number,
	toolBudget: number,
	maxOutputTokens: number,
});

const content = z.array(
	z.discriminatedUnion('type', [
		z.object({type: z.literal('text'), text}),
		z.object({type: z.literal('thinking'), text, signature: text}),
		z.object({type: z.literal('redacted_thinking'), data: text}),
		z.object({type: z.literal('tool_use'), useId: text, name: text, input: z.unknown()}),
	]),
);
const usage = z.object({
	input: number,
	output: number,
	cacheWrite5m: number,
	cacheWrite1h: number,
	cacheRead: number,
	thinking: number,
});
const settlement = z.object({usage, cost: orNothing(number), estimated: boolean});

const ask = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('plan')}),
	z.object({kind: z.literal('call'), callId, tool: text, preview, rule: text, grant: text.exactOptional()}),
	z.object({kind: z.literal('question'), callId, question: text, choices: texts}),
	z.object({kind: z.literal('blocker'), callId: orNothing(callId), problem: text, tried: text}),
	z.object({kind: z.literal('budget'), limit: number, needed: number, of: orNothing(agentId), scope, what}),
	z.object({kind: z.literal('unknown'), callId, tool: text, preview}),
	z.object({kind: z.literal('network'), callId, host: text, grant: text}),
	z.object({kind: z.literal('lane'), lane: text, failure}),
]);
const answer = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('approve'), reach: z.enum(reaches).exactOptional()}),
	z.object({kind: z.literal('deny'), reason: text}),
	z.object({kind: z.literal('text'), text}),
	z.object({kind: z.literal('raise'), limit: number}),
	z.object({kind: z.literal('finish')}),
]);

const nothing = z.object({});
const ofStep = {stepId};
const ofAgent = {agentId};
const ofTurn = {turnId, agentId};
const ofCall = {callId, agentId};
const ofRequest = {requestId};
const whose = {agentId: orNothing(agentId), stepId: orNothing(stepId)};

/** The fields of each event in its present version. What stands beside them is passed over. */
const shapes: {readonly [T in EventType]: z.ZodType<Omit<Extract<RunEvent, {type: T}>, 'type'>>} = {
	'run.created': z.object({goal: text, settings}),
	'run.paused': z.object({by: z.enum(['person', 'budget', 'timeout'])}),
	'run.resumed': nothing,
	'run.suspended': z.object({engineDied: z.literal(true).exactOptional()}),
	'run.recovered': z.object({lostTurns: number, lostCalls: number}),
	'run.permitted': z.object({standing}),
	'run.imported': nothing,
	'run.winds_up': nothing,
	'run.ended': z.object({
		outcome: z.enum(['done', 'failed', 'stopped']),
		reason: text,
		failure: orNothing(failure),
	}),
	'budget.raised': z.object({...whose, limit: orNothing(number), scope, what}),
	'budget.warned': z.object({...whose, limit: number, used: number, scope, what}),
	'lane.paused': z.object({lane: text, until: number, failure, failures: number, width: number}),
	'lane.opened': z.object({lane: text}),
	'lane.widened': z.object({lane: text, width: number}),
	'lane.closed': z.object({lane: text, failure}),
	'grant.added': z.object({...ofRequest, rule: text, agentId: orNothing(agentId), reach: z.enum(reaches)}),
	'grant.kept': z.object({rule: text, path: text, problem: orNothing(text)}),
	'plan.proposed': z.object({
		taskType: text,
		source: z.enum(['model', 'template']),
		problems: texts,
		steps: z.array(planned),
	}),
	'step.approved': z.object({...ofStep, by}),
	'step.held': z.object(ofStep),
	'step.rejected': z.object({...ofStep, reason: text}),
	'step.edited': z.object({...ofStep, patch, estimate: orNothing(number)}),
	'step.added': z.object({step: planned, neededBy: z.array(stepId)}),
	'step.removed': z.object(ofStep),
	'step.moved': z.object({...ofStep, past: stepId}),
	'step.proposed': z.object(ofStep),
	'step.started': z.object({...ofStep, agentId}),
	'step.skipped': z.object({...ofStep, reason: text}),
	'step.split': z.object({...ofStep, into: z.array(planned)}),
	'step.joined': z.object(ofStep),
	'step.finished': z.object({...ofStep, agentId, packet, spent: orNothing(number), estimate: orNothing(number)}),
	'step.retried': z.object(ofStep),
	'step.failed': z.object({...ofStep, agentId, failure}),
	'agent.created': z.object({
		...ofAgent,
		name: text,
		stepId: orNothing(stepId),
		model,
		assignment,
		parent: orNothing(z.object({agentId, callId: orNothing(callId)})),
		depth: number,
		fork: orNothing(z.object({agentId, turnId})),
		inherited: number,
	}),
	'agent.changed': z.object({
		...ofAgent,
		model: orNothing(model),
		tools: orNothing(texts),
		instructions: orNothing(text),
	}),
	'agent.paused': z.object(ofAgent),
	'agent.resumed': z.object(ofAgent),
	'agent.blocked': z.object({...ofAgent, problem: text}),
	'agent.limited': z.object(ofAgent),
	'agent.winds_up': z.object(ofAgent),
	'agent.retired': z.object(ofAgent),
	'agent.messaged': z.object({...ofAgent, messageId, text, from: z.enum(['person', 'engine'])}),
	'agent.interrupted': z.object(ofAgent),
	'agent.continued': z.object(ofAgent),
	'agent.killed': z.object({...ofAgent, reason: text}),
	'agent.finished': z.object(ofAgent),
	'agent.failed': z.object({...ofAgent, failure}),
	'turn.started': z.object({
		...ofTurn,
		promptGuess: number,
		reserved: number,
		reservedTokens: number,
		delivers: z.array(messageId),
		last: boolean,
	}),
	'turn.finished': z.object({
		...ofTurn,
		content,
		stopReason: z.enum(['end_turn', 'tool_use', 'max_tokens', 'refusal', 'stop_sequence', 'context_full']),
		settlement,
	}),
	'turn.failed': z.object({...ofTurn, failure, partial: content, settlement, retryAt: orNothing(number)}),
	'turn.cut': z.object({...ofTurn, failure}),
	'call.proposed': z.object({
		...ofCall,
		turnId,
		useId: text,
		tool: text,
		input: z.unknown(),
		overBudget: z.literal(true).exactOptional(),
	}),
	'call.weighed': z.object({
		...ofCall,
		effect: z.enum(callEffects),
		verdict: z.object({kind: z.enum(['allow', 'ask', 'deny']), rule: text}),
		preview,
	}),
	'call.started': z.object(ofCall),
	'call.cut': z.object(ofCall),
	'call.lost': z.object(ofCall),
	'call.delegated': z.object({...ofCall, to: agentId}),
	'call.held': z.object({...ofCall, packet, checks: z.array(checkPlan)}),
	'call.finished': z.object({
		...ofCall,
		outcome,
		output: text,
		touched: z.array(z.object({path: text, how: z.enum(['read', 'written'])})),
		changes: boolean,
	}),
	'request.opened': z.object({...ofRequest, ...whose, ask}),
	'request.seen': z.object(ofRequest),
	'request.overdue': z.object(ofRequest),
	'request.answered': z.object({...ofRequest, answer, by}),
	'request.withdrawn': z.object(ofRequest),
};

/**
 * What is wrong with the fields of an event that somebody else wrote, in words; undefined when they are those of its
 * type. What this program stores is of its types by itself.
 */
export const misshapen = (event: RunEvent): string | undefined => {
	const issue = shapes[event.type].safeParse(event).error?.issues[0];
	return issue === undefined ? undefined : `${issue.path.join('.') || 'its fields'}: ${issue.message}`;
};
