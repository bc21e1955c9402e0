import type {Agent} from '../../source/domain/agent.ts';
import type {Call, CallEffect, CheckPlan, ControlAct, Verdict} from '../../source/domain/call.ts';
import type {Effect} from '../../source/domain/effect.ts';
import {type FailureKind, failureKinds} from '../../source/domain/failure.ts';
import type {AgentId, TurnId} from '../../source/domain/id.ts';
import type {ReplyBlock, StopReason} from '../../source/domain/message.ts';
import {planProblems} from '../../source/domain/plan.ts';
import type {Reply, Report} from '../../source/domain/report.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import type {Usage} from '../../source/domain/usage.ts';
import {brokenDraft, soundDraft, templateDraft} from './plan-drafts.ts';
import type {Random} from './random.ts';
import type {Trouble} from './scenario.ts';
import {Violation} from './violation.ts';

export type Work = Exclude<Effect, {type: 'abort' | 'call.tell'}>;

const effects: Readonly<Record<string, CallEffect>> = {
	read_file: 'read',
	grep: 'read',
	write_file: 'write',
	run_command: 'run',
	fetch: 'network',
	run_check: 'run',
	finish_step: 'control',
	ask_person: 'control',
	delegate: 'control',
	report_blocker: 'control',
};

const tools = [
	'read_file',
	'grep',
	'write_file',
	'run_command',
	'fetch',
	'ask_person',
	'no_such_tool',
	'run_check',
] as const;

/** Failures that hands can report; the others are the engine's own words. */
const reportable: readonly FailureKind[] = failureKinds.filter(
	kind => !['max_turns', 'tool_budget', 'invalid_plan', 'budget', 'blocked', 'lost'].includes(kind),
);

/** Failures that go away by themselves, mostly. */
const passing = ['server', 'dropped', 'stalled', 'malformed'] as const;
const ofLane = ['throttled', 'overloaded', 'throttled', 'overloaded', 'quota'] as const;
/** Before these a provider has done no work. */
const free: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'throttled',
	'overloaded',
	'server',
	'unauthorized',
	'unknown_model',
	'refused',
	'quota',
]);
/** With these nothing of a reply had come unless a part of it is there. */
const early: ReadonlySet<FailureKind> = new Set<FailureKind>(['dropped', 'stalled', 'aborted']);

/** With these a provider may have written more than had arrived. */
const broken: ReadonlySet<FailureKind> = new Set<FailureKind>(['dropped', 'stalled', 'malformed']);

const text = (words: string): ReplyBlock => ({type: 'text', text: words});

const noUse: Usage = {input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0};

/**
 * Hands that do nothing but say that they did. They fail, dawdle over nothing and misunderstand as real ones do, and
 * answer each piece of work with one report; when it arrives, and how often, is the world's choice. `promptAtMost` is
 * what no prompt of an agent can be larger than, in tokens: providers count what they are sent, and no more.
 */
export const createFalseHands = (random: Random, trouble: Trouble, promptAtMost: (agentId: AgentId) => number) => {
	let uses = 0;
	/** What each turn truly used, whether or not anybody is told. */
	const truths = new Map<TurnId, Usage>();
	const loopers = new Map<AgentId, boolean>();

	const isLooper = (agentId: AgentId): boolean => {
		const known = loopers.get(agentId) ?? random.chance(trouble.loops);
		loopers.set(agentId, known);
		return known;
	};

	const use = (name: string, input: object = {n: uses}): ReplyBlock => {
		uses++;
		return {type: 'tool_use', useId: `use_${uses}`, name, input};
	};

	const usageOf = (agent: Agent): Usage => {
		const most = promptAtMost(agent.id);
		// Sometimes every byte is a token: the limit must hold at every start all the same.
		const prompt = random.chance(0.1) ? most : Math.ceil((most * random.between(5, 60)) / 100);
		const written = random.chance(0.5) ? random.below(prompt + 1) : 0;
		const longer = random.chance(0.3) ? written : 0;
		const cached = random.below(prompt - written + 1);
		return {
			input: prompt - written - cached,
			output: random.between(1, agent.assignment.maxOutputTokens),
			cacheWrite5m: written - longer,
			cacheWrite1h: longer,
			cacheRead: cached,
			thinking: 0,
		};
	};

	const failed = (agent: Agent, turnId: TurnId): Reply => {
		const kind = random.chance(trouble.laneFails)
			? random.pick(ofLane)
			: random.chance(0.75)
				? random.pick(passing)
				: (random.oneOf(reportable) ?? 'server');
		const partial = random.chance(0.4) ? [text('I was about to')] : [];
		const used = usageOf(agent);
		const truth = free.has(kind) ? noUse : early.has(kind) && partial.length === 0 ? {...used, output: 0} : used;
		const told = random.chance(0.4);
		truths.set(turnId, told ? used : truth);
		// Of a stream that broke, nobody knows more than what had arrived.
		const known = broken.has(kind) ? {...used, output: random.between(1, used.output)} : used;
		return {
			kind: 'failed',
			failure: {
				kind,
				message: `The false provider says: ${kind}.`,
				...(random.chance(0.3) ? {retryAfterMs: random.between(0, 20_000)} : {}),
			},
			partial,
			usage: told ? known : undefined,
		};
	};

	const contentOf = (agent: Agent, last: boolean): {content: readonly ReplyBlock[]; stopReason: StopReason} => {
		const calling = (...content: readonly ReplyBlock[]) => ({content, stopReason: 'tool_use' as const});
		if (isLooper(agent.id) && !last && random.chance(0.8))
			return random.chance(0.7)
				? calling(text(`Attempt ${uses}.`), use('read_file', {}))
				: {content: [text('I do the same.')], stopReason: 'end_turn'};
		if (!last && random.chance(trouble.delegates))
			return calling(use('delegate'), ...(random.chance(0.5) ? [use('delegate')] : []), use('read_file'));
		if (!last && random.chance(trouble.blocks))
			return calling(
				use('report_blocker', random.chance(0.8) ? {problem: `It is locked, ${uses}.`} : {}),
				...(random.chance(0.8) ? [use('run_command')] : []),
			);
		if (!last && random.chance(trouble.writes)) return calling(use('write_file'));
		const draw = random.below(100);
		if (last ? draw < 75 : draw < 20) return calling(use('finish_step'));
		if (draw < (last ? 80 : 25)) return calling(use('write_file'), use('finish_step'), use('finish_step'));
		if (draw < (last ? 92 : 33)) return {content: [text(`That is all, says ${agent.name}.`)], stopReason: 'end_turn'};
		if (draw < (last ? 94 : 35)) return {content: [], stopReason: 'end_turn'};
		if (draw < (last ? 95 : 37)) return {content: [text('No.')], stopReason: 'refusal'};
		if (draw < (last ? 97 : 41)) return {content: [text('And then, and then')], stopReason: 'max_tokens'};
		return calling(text('Let me see.'), ...Array.from({length: random.between(1, 4)}, () => use(random.pick(tools))));
	};

	const replied = (agent: Agent, turnId: TurnId, content: () => ReturnType<typeof contentOf>): Reply => {
		if (random.chance(trouble.turnFails)) return failed(agent, turnId);
		const usage = usageOf(agent);
		truths.set(turnId, usage);
		return {kind: 'done', ...content(), usage};
	};

	/** How a request ends that is cut off. */
	const cutOff = (turnId: TurnId): Reply => {
		const partial = random.chance(0.5) ? [text('As far as I')] : [];
		const truth = truths.get(turnId);
		if (truth !== undefined && partial.length === 0) truths.set(turnId, {...truth, output: 0});
		return {kind: 'failed', failure: {kind: 'aborted', message: 'Cut off.'}, partial, usage: undefined};
	};

	const drafted = (run: Run, agent: Agent, work: Extract<Work, {type: 'plan.draft'}>): Report => {
		const reply = replied(agent, work.turnId, () => ({content: [text('The plan.')], stopReason: 'end_turn'}));
		const base = {
			type: 'plan.drafted',
			agentId: agent.id,
			turnId: work.turnId,
			reply,
			template: templateDraft,
		} as const;
		if (random.chance(trouble.planIsNone)) return {...base, draft: undefined, problems: ['This is not JSON.']};
		const broken = random.chance(trouble.planIsBroken);
		const draft = broken ? brokenDraft(random) : soundDraft(random);
		const problems = planProblems(draft, run.settings.roles);
		if (problems.length > 0 !== broken)
			throw new Violation(`A ${broken ? 'broken' : 'sound'} plan was judged so: ${problems.join(' ')}`);
		return {...base, draft: broken ? undefined : draft, problems};
	};

	const controlOf = (tool: string): ControlAct | undefined => {
		switch (tool) {
			case 'ask_person':
				return {kind: 'ask', question: 'Which of the two?', choices: ['this', 'that']};
			case 'report_blocker':
				return {kind: 'block', problem: 'It is locked.', tried: random.pick(['', 'knocking'])};
			case 'delegate': {
				const role = random.pick(['scout', 'builder', 'reviewer', 'wizard']);
				return {kind: 'delegate', role, title: 'A part', objective: 'Do a part of it.'};
			}
			case 'finish_step': {
				const words = random.chance(0.1) ? 'long '.repeat(3000) : 'All done.';
				const status = random.chance(0.05)
					? 'FAIL'
					: random.pick(['VERIFIED', 'UNVERIFIED', 'PENDING_REVIEW'] as const);
				return {kind: 'finish', packet: {status, summary: words, findings: [words], produced: ['a.md'], risks: []}};
			}
			default:
				return undefined;
		}
	};

	const verdictOf = (tool: string): Verdict => {
		if (effects[tool] === undefined) return {kind: 'deny', rule: 'there is no such tool'};
		if (effects[tool] === 'control')
			return random.chance(trouble.controlIsInvalid)
				? {kind: 'deny', rule: 'the input is not valid'}
				: {kind: 'allow', rule: 'control'};
		if (random.chance(trouble.callDenied)) return {kind: 'deny', rule: 'denied by chance'};
		return {kind: random.chance(trouble.callAsks) ? 'ask' : 'allow', rule: 'by chance'};
	};

	const checks = (): readonly CheckPlan[] =>
		random.chance(trouble.checksAreNone)
			? []
			: [{name: 'test', command: 'npm test'}, ...(random.chance(0.5) ? [{name: 'lint', command: 'npm run lint'}] : [])];

	const weighed = (agent: Agent, call: Call): Report => ({
		type: 'call.weighed',
		agentId: agent.id,
		callId: call.id,
		effect: effects[call.tool] ?? 'read',
		verdict: verdictOf(call.tool),
		preview: {title: call.tool, body: '', format: 'text'},
		control: controlOf(call.tool),
		...(call.tool === 'finish_step' ? {checks: checks()} : {}),
		...(random.chance(0.6) ? {grant: `${call.tool}(**)`} : {}),
	});

	const agentAt = (run: Run, agentId: AgentId): Agent => {
		const agent = agentIn(run, agentId);
		if (agent === undefined) throw new Violation(`Hands are given work for ${agentId}, which is not in the run.`);
		return agent;
	};

	const callAt = (agent: Agent, callId: Call['id']): Call => {
		const call = agent.calls.find(({id}) => id === callId);
		if (call === undefined) throw new Violation(`Hands are given ${callId}, which is not in the run.`);
		return call;
	};

	/** What hands will report for a piece of work. */
	const perform = (run: Run, work: Work): Report => {
		switch (work.type) {
			case 'plan.draft':
				return drafted(run, agentAt(run, work.agentId), work);
			case 'turn.ask': {
				const agent = agentAt(run, work.agentId);
				const reply = replied(agent, work.turnId, () => contentOf(agent, work.last));
				return {type: 'turn.replied', agentId: agent.id, turnId: work.turnId, reply};
			}
			case 'call.weigh': {
				const agent = agentAt(run, work.agentId);
				return weighed(agent, callAt(agent, work.callId));
			}
			case 'call.run': {
				const {tool, effect} = callAt(agentAt(run, work.agentId), work.callId);
				const path = random.pick(['/project/a.ts', '/outputs/a.md']);
				return {
					type: 'call.ended',
					agentId: work.agentId,
					callId: work.callId,
					isError: random.chance(tool === 'run_check' ? trouble.checkFails : 0.15),
					output: 'x'.repeat(random.below(400)),
					touched: effect === 'write' ? [{path, how: 'written'}] : [],
				};
			}
			case 'rule.keep': {
				const problem = random.chance(0.2) ? 'The disk is full.' : undefined;
				return {type: 'rule.kept', requestId: work.requestId, rule: work.rule, path: '/project/flotilla.json', problem};
			}
			default:
				return work satisfies never;
		}
	};

	/** What a running call asks for before it ends, if it does. */
	const wants = (run: Run, {agentId, callId}: Extract<Work, {type: 'call.run'}>): Report | undefined => {
		const {effect} = callAt(agentAt(run, agentId), callId);
		if ((effect !== 'run' && effect !== 'network') || !random.chance(trouble.callWants)) return undefined;
		const host = random.pick(['example.com', 'example.org']);
		return {type: 'call.wants', agentId, callId, host, grant: `fetch(${host})`};
	};

	return {perform, wants, cutOff, truthOf: (turnId: TurnId) => truths.get(turnId)};
};
