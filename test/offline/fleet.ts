import {briefOf} from '../../source/agents/brief.ts';
import {systemPrompt} from '../../source/agents/prompt.ts';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles, roleFactsOf} from '../../source/agents/roles.ts';
import type {Assignment, Brief} from '../../source/domain/agent.ts';
import {noLimits} from '../../source/domain/limits.ts';
import {material} from '../../source/domain/material.ts';
import type {AskBlock, ChatMessage, ReplyBlock} from '../../source/domain/message.ts';
import type {Packet} from '../../source/domain/packet.ts';
import type {PlanDraft, StepDraft} from '../../source/domain/plan.ts';
import {noRules} from '../../source/domain/rules.ts';
import {nothingStanding, type RunSettings, usualPatience, usualWatch} from '../../source/domain/settings.ts';
import {planBrief} from '../../source/planner/plan-brief.ts';
import {weigh} from '../../source/policy/permission.ts';
import {createOffline, offlineModel} from '../../source/providers/offline/offline.ts';
import type {ModelRequest, Provider, ProviderItem} from '../../source/providers/provider.ts';
import {createTools, pickTools, runCall, specOf, weighCall} from '../../source/tools/registry.ts';
import {withoutSandbox} from '../../source/workspace/sandbox.ts';
import {never, testEnv} from '../workspace/temp-project.ts';

const standpoint = {mode: 'ask', rules: noRules, grants: [], agentId: 'agent_1', sandboxed: true} as const;

const instant: Provider = createOffline({timer: () => () => undefined, pace: 'instant'});

export const {roles} = loadRoles(readRoleFiles());

const settings: RunSettings = {
	dir: '/project',
	outputsDir: '/outputs',
	provider: 'offline',
	taskType: undefined,
	role: undefined,
	permissionMode: 'ask',
	rules: noRules,
	standing: nothingStanding,
	maxParallel: 5,
	limits: noLimits,
	patience: usualPatience,
	watch: usualWatch,
	unknownOutcome: 'ask',
	verification: 'auto',
	checks: [],
	history: [],
	roles: roleFactsOf(roles),
	models: {haiku: offlineModel, sonnet: offlineModel, opus: offlineModel, frontier: offlineModel},
};
const tools = createTools({env: testEnv, sandbox: withoutSandbox('A test needs none.'), after: () => () => {}});

export type Folder = {readonly root: string; readonly outputs: string};

export type Worked = {
	/** The packet of `finish_step`; undefined when the agent ended otherwise. */
	readonly packet: Packet | undefined;
	readonly text: string;
	readonly turns: number;
	readonly calls: readonly {readonly name: string; readonly input: unknown; readonly isError: boolean}[];
	readonly mostAtOnce: number;
	readonly messages: readonly ChatMessage[];
};

export const collect = async (request: ModelRequest, abort: AbortSignal = never): Promise<readonly ProviderItem[]> => {
	const items: ProviderItem[] = [];
	for await (const item of instant.stream(request, abort)) items.push(item);
	return items;
};

const replyTo = async (request: ModelRequest): Promise<readonly ReplyBlock[]> => {
	const last = (await collect(request)).at(-1);
	if (last?.type !== 'done') throw new Error(`The reply did not end well: ${JSON.stringify(last)}`);
	return last.content;
};

export const assignmentOf = (step: StepDraft, briefs: readonly Brief[]): Assignment => {
	const facts = roles.get(step.role)?.facts;
	if (facts === undefined) throw new Error(`There is no role ${step.role}.`);
	return {kind: 'step', ...step, briefs, tools: facts.tools, maxTurns: facts.maxTurns, maxOutputTokens: 8192};
};

/** One agent on the real tools, as the engine would drive it: its last turn offers `finish_step` alone. */
export const work = async (
	assignment: Assignment,
	folder: Folder,
	options: {
		readonly letters?: Readonly<Record<number, string>>;
		/** A conversation to go on with; it ends with the user. */
		readonly before?: readonly ChatMessage[];
	} = {},
): Promise<Worked> => {
	const role = roles.get(assignment.role);
	if (role === undefined) throw new Error(`There is no role ${assignment.role}.`);
	const system = systemPrompt(assignment, role, [], {...folder, permissionMode: 'ask', notes: undefined});
	const mine = pickTools(tools, assignment.tools);
	const site = {
		...folder,
		abort: never,
		onOutput: () => undefined,
		mark: 'run/call',
		mayReach: async () => false,
		namesHost: () => false,
		redact: (text: string) => text,
	};
	const messages: ChatMessage[] = [...(options.before?.slice(0, -1) ?? [])];
	const calls: Worked['calls'][number][] = [];
	let mostAtOnce = 0;
	const heard = options.before?.at(-1);
	let pending: AskBlock[] = heard?.role === 'user' ? [...heard.blocks] : [{type: 'text', text: briefOf(assignment)}];
	for (let turn = 0; turn < assignment.maxTurns; turn++) {
		const letter = options.letters?.[turn];
		if (letter !== undefined) pending.push({type: 'text', text: `Message from the person:\n${letter}`});
		const isLast = turn + 1 >= assignment.maxTurns || calls.length >= assignment.toolBudget;
		const offered = isLast ? pickTools(mine, ['finish_step']) : mine;
		messages.push({role: 'user', blocks: pending});
		const content = await replyTo({
			model: 'offline',
			role: assignment.role,
			system,
			tools: [...offered.values()].map(specOf),
			messages,
			maxOutputTokens: assignment.maxOutputTokens,
		});
		messages.push({role: 'assistant', blocks: content});
		pending = [];
		const uses = content.filter(block => block.type === 'tool_use');
		mostAtOnce = Math.max(mostAtOnce, uses.length);
		const text = content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join('\n');
		const ended = {text, turns: turn + 1, calls, mostAtOnce, messages};
		if (uses.length === 0) return {...ended, packet: undefined};
		for (const {useId, name, input} of uses) {
			const order = {tools: offered, name, input, site};
			const weighed = await weighCall({...order, ...standpoint, weigh});
			if (weighed.control?.kind === 'finish') return {...ended, packet: weighed.control.packet};
			const outcome =
				weighed.verdict.kind === 'allow'
					? await runCall(order)
					: {text: `Not allowed: ${weighed.verdict.rule}`, isError: true};
			calls.push({name, input, isError: outcome.isError});
			pending.push({
				type: 'tool_result',
				useId,
				text: material(`tool ${name}`, outcome.text),
				isError: outcome.isError,
			});
		}
	}
	throw new Error('The agent used all its turns and did not report.');
};

const planFor = async (opening: string): Promise<PlanDraft> => {
	const content = await replyTo({
		model: 'offline',
		role: 'planner',
		system: '',
		tools: [],
		messages: [{role: 'user', blocks: [{type: 'text', text: opening}]}],
		maxOutputTokens: 8192,
		schema: {type: 'object'},
	});
	return JSON.parse(content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join(''));
};

export const packetBrief = (step: StepDraft, packet: Packet): Brief => ({
	kind: 'packet',
	key: step.key,
	title: step.title,
	packet,
});

/** A whole plan, step after step, on a real folder. `between` may meddle before a step begins. */
export const sail = async (
	plan: PlanDraft,
	folder: Folder,
	between: (step: StepDraft) => Promise<void> = async () => undefined,
): Promise<ReadonlyMap<string, Worked>> => {
	const done = new Map<string, Worked>();
	for (const step of plan.steps) {
		await between(step);
		const briefs = plan.steps.flatMap(need => {
			const packet = step.dependsOn.includes(need.key) ? done.get(need.key)?.packet : undefined;
			return packet === undefined ? [] : [packetBrief(need, packet)];
		});
		done.set(step.key, await work(assignmentOf(step, briefs), folder));
	}
	return done;
};

/** The plan for a goal, asked for in the planner's own words. */
export const planOfSurvey = (goal: string, map = 'Files: 3'): Promise<PlanDraft> =>
	planFor(planBrief({goal, settings, kind: {taskType: 'bug_fix', why: 'it says so'}, map, roles}));
