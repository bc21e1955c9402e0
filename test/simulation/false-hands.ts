import type {Agent} from '../../source/domain/agent.ts';
import type {CallEffect, ControlAct, Verdict} from '../../source/domain/call.ts';
import type {Effect} from '../../source/domain/effect.ts';
import {type FailureKind, failureKinds} from '../../source/domain/failure.ts';
import type {ReplyBlock, StopReason} from '../../source/domain/message.ts';
import {planProblems} from '../../source/domain/plan.ts';
import type {Reply, Report} from '../../source/domain/report.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Usage} from '../../source/domain/usage.ts';
import {brokenDraft, soundDraft, templateDraft} from './plan-drafts.ts';
import type {Random} from './random.ts';
import type {Trouble} from './scenario.ts';
import {Violation} from './violation.ts';

export type Work = Exclude<Effect, {type: 'abort'}>;

const effects: Readonly<Record<string, CallEffect>> = {
	read_file: 'read',
	grep: 'read',
	write_file: 'write',
	run_command: 'run',
	fetch: 'network',
	finish_step: 'control',
	ask_person: 'control',
};

const tools = ['read_file', 'grep', 'write_file', 'run_command', 'fetch', 'ask_person', 'no_such_tool'] as const;

/** Failures that hands can report; the others are the engine's own words. */
const reportable: readonly FailureKind[] = failureKinds.filter(
	kind => kind !== 'max_turns' && kind !== 'tool_budget' && kind !== 'invalid_plan',
);

/** Failures that go away by themselves, mostly. */
const passing = ['throttled', 'overloaded', 'server', 'dropped', 'stalled', 'malformed'] as const;

const text = (words: string): ReplyBlock => ({type: 'text', text: words});

/**
 * Hands that do nothing but say that they did. They fail, dawdle over nothing and misunderstand as real ones do, and
 * answer each piece of work with one report; when it arrives, and how often, is the world's choice.
 */
export const createFalseHands = (random: Random, trouble: Trouble) => {
	let uses = 0;

	const use = (name: string): ReplyBlock => {
		uses++;
		return {type: 'tool_use', useId: `use_${uses}`, name, input: {n: uses}};
	};

	const usageOf = (agent: Agent): Usage => {
		const guess = agent.turn?.promptGuess ?? 1000;
		// Sometimes the guess was too low by far: the limit must hold at every start all the same.
		const prompt = Math.round(guess * (random.chance(0.1) ? 2 : random.between(30, 120) / 100));
		const cached = random.below(prompt + 1);
		return {
			input: prompt - cached,
			output: random.between(1, agent.assignment.maxOutputTokens),
			cacheWrite5m: random.below(200),
			cacheWrite1h: random.chance(0.2) ? random.below(200) : 0,
			cacheRead: cached,
			thinking: 0,
		};
	};

	const failed = (agent: Agent): Reply => {
		const kind = random.chance(0.75) ? random.pick(passing) : (random.oneOf(reportable) ?? 'server');
		return {
			kind: 'failed',
			failure: {
				kind,
				message: `The false provider says: ${kind}.`,
				...(random.chance(0.3) ? {retryAfterMs: random.between(0, 20_000)} : {}),
			},
			partial: random.chance(0.4) ? [text('I was about to')] : [],
			usage: random.chance(0.4) ? usageOf(agent) : undefined,
		};
	};

	const contentOf = (agent: Agent, last: boolean): {content: readonly ReplyBlock[]; stopReason: StopReason} => {
		const draw = random.below(100);
		if (last ? draw < 75 : draw < 20) return {content: [use('finish_step')], stopReason: 'tool_use'};
		if (draw < (last ? 80 : 25)) {
			const mixed = [use('write_file'), use('finish_step'), use('finish_step')];
			return {content: mixed, stopReason: 'tool_use'};
		}
		if (draw < (last ? 92 : 33)) return {content: [text(`That is all, says ${agent.name}.`)], stopReason: 'end_turn'};
		if (draw < (last ? 94 : 35)) return {content: [], stopReason: 'end_turn'};
		if (draw < (last ? 95 : 37)) return {content: [text('No.')], stopReason: 'refusal'};
		if (draw < (last ? 97 : 41)) return {content: [text('And then, and then')], stopReason: 'max_tokens'};
		const count = random.between(1, 4);
		const content = [text('Let me see.'), ...Array.from({length: count}, () => use(random.pick(tools)))];
		return {content, stopReason: 'tool_use'};
	};

	const replyOf = (agent: Agent, last: boolean): Reply =>
		random.chance(trouble.turnFails) ? failed(agent) : {kind: 'done', ...contentOf(agent, last), usage: usageOf(agent)};

	const drafted = (run: Run, agent: Agent, work: Extract<Work, {type: 'plan.draft'}>): Report => {
		const reply: Reply = random.chance(trouble.turnFails)
			? failed(agent)
			: {kind: 'done', content: [text('The plan.')], stopReason: 'end_turn', usage: usageOf(agent)};
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
		if (tool === 'ask_person') return {kind: 'ask', question: 'Which of the two?', choices: ['this', 'that']};
		if (tool !== 'finish_step') return undefined;
		const words = random.chance(0.1) ? 'long '.repeat(3000) : 'All done.';
		const status = random.chance(0.05) ? 'FAIL' : random.pick(['VERIFIED', 'UNVERIFIED'] as const);
		return {kind: 'finish', packet: {status, summary: words, findings: [words], produced: ['a.md'], risks: []}};
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

	/** What hands will report for a piece of work. */
	const perform = (run: Run, work: Work): Report => {
		const agent = run.agents[work.agentId];
		if (agent === undefined) throw new Violation(`Hands are given work for ${work.agentId}, which is not in the run.`);
		switch (work.type) {
			case 'plan.draft':
				return drafted(run, agent, work);
			case 'turn.ask':
				return {type: 'turn.replied', agentId: agent.id, turnId: work.turnId, reply: replyOf(agent, work.last)};
			case 'call.weigh': {
				const call = agent.calls.find(proposed => proposed.id === work.callId);
				if (call === undefined)
					throw new Violation(`Hands are given ${work.callId} to weigh, which is not in the run.`);
				return {
					type: 'call.weighed',
					agentId: agent.id,
					callId: call.id,
					effect: effects[call.tool] ?? 'read',
					verdict: verdictOf(call.tool),
					preview: {title: call.tool, body: '', format: 'text'},
					control: controlOf(call.tool),
				};
			}
			case 'call.run':
				return {
					type: 'call.ended',
					agentId: agent.id,
					callId: work.callId,
					isError: random.chance(0.15),
					output: 'x'.repeat(random.below(400)),
					touched: [],
				};
			default:
				return work satisfies never;
		}
	};

	return {perform};
};
