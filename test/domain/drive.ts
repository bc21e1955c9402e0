import {nothingElsewhere} from '../../source/domain/budget.ts';
import type {CheckPlan, ControlAct, FileTouch, Verdict} from '../../source/domain/call.ts';
import type {Command, Rejection} from '../../source/domain/command.ts';
import {decide, type Message} from '../../source/domain/decide.ts';
import type {Effect} from '../../source/domain/effect.ts';
import {effectsOf} from '../../source/domain/effects-of.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {FailureKind} from '../../source/domain/failure.ts';
import type {AgentId, CallId, RunId, StepId} from '../../source/domain/id.ts';
import {noLimits} from '../../source/domain/limits.ts';
import type {ReplyBlock} from '../../source/domain/message.ts';
import type {ModelFacts, Price} from '../../source/domain/model.ts';
import type {Packet} from '../../source/domain/packet.ts';
import type {PlanDraft, StepDraft} from '../../source/domain/plan.ts';
import type {Reply} from '../../source/domain/report.ts';
import type {Answer, Ask, Request} from '../../source/domain/request.ts';
import type {RoleFacts} from '../../source/domain/role.ts';
import {noRules} from '../../source/domain/rules.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {nothingStanding, type RunSettings, usualWatch} from '../../source/domain/settings.ts';
import {noUsage, type Usage} from '../../source/domain/usage.ts';

export const runId: RunId = 'run_t';

const price: Price = {
	rates: {input: 3, output: 15, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheRead: 0.3},
	largePrompt: undefined,
	since: '2026-11-01',
};

const model: ModelFacts = {id: 'm', provider: 'false', price, contextTokens: 200_000, maxOutputTokens: 8000};

const role = (name: string): RoleFacts => ({
	name,
	tier: 'sonnet',
	tools: ['read_file', 'write_file', 'finish_step'],
	maxTurns: 6,
	toolBudget: 10,
	maxOutputTokens: 1000,
});

export const settings: RunSettings = {
	dir: '/project',
	outputsDir: '/outputs',
	provider: 'false',
	taskType: undefined,
	role: undefined,
	permissionMode: 'ask',
	standing: {...nothingStanding, plan: true},
	maxParallel: 5,
	rules: noRules,
	limits: noLimits,
	patience: {afterMs: undefined, action: 'pause'},
	watch: usualWatch,
	unknownOutcome: 'tell',
	verification: 'auto',
	checks: [],
	history: [],
	roles: {planner: role('planner'), scout: role('scout'), writer: role('writer')},
	models: {haiku: model, sonnet: model, opus: model, frontier: model},
};

export const stepDraft = (
	key: string,
	dependsOn: readonly string[] = [],
	over: Partial<StepDraft> = {},
): StepDraft => ({
	key,
	title: `Do ${key}`,
	role: 'scout',
	objective: `Reach ${key}.`,
	files: [],
	acceptance: [`${key} is reached.`],
	dependsOn,
	tier: 'sonnet',
	toolBudget: 10,
	...over,
});

export const draftOf = (...steps: readonly StepDraft[]): PlanDraft => ({taskType: 'survey', steps});

export const packet: Packet = {status: 'VERIFIED', summary: 'All done.', findings: [], produced: [], risks: []};

const usage = (input: number, output: number): Usage => ({...noUsage, input, output});

export const says = (words: string): Reply => ({
	kind: 'done',
	content: [{type: 'text', text: words}],
	stopReason: 'end_turn',
	usage: usage(1000, 100),
});

/** A reply that asks for tools; each use is named after its tool and place, such as `write_file 1`. */
export const uses = (...tools: readonly string[]): Reply => ({
	kind: 'done',
	content: tools.map((name, i): ReplyBlock => ({type: 'tool_use', useId: `${name} ${i}`, name, input: {}})),
	stopReason: 'tool_use',
	usage: usage(1000, 100),
});

export const fails = (kind: FailureKind, partial: readonly ReplyBlock[] = []): Reply => ({
	kind: 'failed',
	failure: {kind, message: `It failed: ${kind}.`},
	partial,
	usage: undefined,
});

const allowed: Verdict = {kind: 'allow', rule: 'allowed'};

/** One run, driven message by message, with the words a test needs. What cannot be done now throws. */
export const drive = (over: Partial<RunSettings> = {}) => {
	let run: Run | undefined;
	let now = 0;
	let elsewhere = nothingElsewhere;
	const events: RunEvent[] = [];
	const effects: Effect[] = [];

	const take = (message: Message): readonly RunEvent[] => {
		const decision = decide(run, message, now, elsewhere);
		if (decision.kind === 'rejection') throw new Error(decision.rejection.message);
		for (const event of decision.events) {
			run = evolve(run, {runId, at: now, event});
			events.push(event);
			effects.push(...effectsOf(run, event));
		}
		return decision.events;
	};
	const current = (): Run => {
		if (run === undefined) throw new Error('There is no run.');
		return run;
	};
	const refuse = (message: Command): Rejection | undefined => {
		const decision = decide(run, message, now, elsewhere);
		return decision.kind === 'rejection' ? decision.rejection : undefined;
	};
	const agent = (name: string) => {
		const found = current().agents.find(one => one.name === name);
		if (found === undefined) throw new Error(`There is no agent ${name}.`);
		return found;
	};
	const turnOf = (name: string) => {
		const {id, turn} = agent(name);
		if (turn === undefined) throw new Error(`${name} has no open turn.`);
		return {agentId: id, turnId: turn.id};
	};
	const callOf = (name: string, nth: number): {readonly agentId: AgentId; readonly callId: CallId} => {
		const {id, calls} = agent(name);
		const call = calls[nth];
		if (call === undefined) throw new Error(`${name} has no call ${nth}.`);
		return {agentId: id, callId: call.id};
	};
	const weigh = (
		name: string,
		nth: number,
		effect: 'read' | 'write' | 'run' | 'control',
		verdict: Verdict = allowed,
		control?: ControlAct,
		more: {readonly checks?: readonly CheckPlan[]; readonly grant?: string} = {},
	) =>
		take({
			...more,
			type: 'call.weighed',
			...callOf(name, nth),
			effect,
			verdict,
			preview: {title: effect, body: '', format: 'text'},
			control,
		});

	/** The one open request of a kind. */
	const asked = (kind: Ask['kind']): Request => {
		const found = openRequests(current()).filter(({ask}) => ask.kind === kind);
		const [request] = found;
		if (request === undefined || found.length > 1) throw new Error(`${found.length} requests ask for a ${kind}.`);
		return request;
	};

	take({type: 'run.create', runId, goal: 'Survey this project', settings: {...settings, ...over}});

	return {
		take,
		refuse,
		agent,
		weigh,
		events,
		effects,
		run: current,
		asked,
		answer: (kind: Ask['kind'], answer: Answer) =>
			take({type: 'request.answer', runId, requestId: asked(kind).id, answer}),
		now: () => now,
		later: (ms: number): void => {
			now += ms;
		},
		/** What other runs draw from the day from now on. */
		others: (draw: typeof nothingElsewhere): void => {
			elsewhere = draw;
		},
		step: (key: string) => {
			const found = Object.values(current().plan?.steps ?? {}).find(one => one.key === key);
			if (found === undefined) throw new Error(`There is no step ${key}.`);
			return found;
		},
		stepId: (n: number): StepId => `step_t_${n}`,
		plan: (draft: PlanDraft | undefined, problems: readonly string[] = [], reply: Reply = says('The plan.')) =>
			take({
				type: 'plan.drafted',
				...turnOf('planner-1'),
				reply,
				draft,
				problems,
				template: draftOf(stepDraft('look')),
			}),
		reply: (name: string, reply: Reply) => take({type: 'turn.replied', ...turnOf(name), reply}),
		finish: (name: string, over: Partial<Packet> = {}, checks: readonly CheckPlan[] = []) => {
			take({type: 'turn.replied', ...turnOf(name), reply: uses('finish_step')});
			return weigh(name, 0, 'control', allowed, {kind: 'finish', packet: {...packet, ...over}}, {checks});
		},
		endCall: (
			name: string,
			nth: number,
			output = 'done',
			{isError = false, touched = []}: {readonly isError?: boolean; readonly touched?: readonly FileTouch[]} = {},
		) => take({type: 'call.ended', ...callOf(name, nth), isError, output, touched}),
	};
};
