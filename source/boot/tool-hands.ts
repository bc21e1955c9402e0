import type {Agent} from '../domain/agent.ts';
import {callOf} from '../domain/agent.ts';
import {type Call, checkTool, finishTool} from '../domain/call.ts';
import type {CallId} from '../domain/id.ts';
import type {Report} from '../domain/report.ts';
import type {Run} from '../domain/run.ts';
import type {Bench, Work} from '../engine/hands.ts';
import {closesReading, namesHost, type PermissionQuestion, weigh} from '../policy/permission.ts';
import type {Redactor} from '../policy/redact.ts';
import {pickTools, runCall, type Tools, weighCall} from '../tools/registry.ts';
import type {Site} from '../tools/tool.ts';
import {findChecks} from '../workspace/project-checks.ts';
import type {Sandbox} from '../workspace/sandbox.ts';

export type ToolHandsParts = {
	readonly tools: Tools;
	/** What confines commands, once that is known. */
	readonly sandbox: Promise<Sandbox>;
	readonly redactor: Redactor;
};

/** Hands that weigh calls and make them. */
export type ToolHands = (
	work: Extract<Work, {type: 'call.weigh' | 'call.run'}>,
	agent: Agent,
	bench: Bench,
) => Promise<Report>;

const callAt = (agent: Agent, callId: CallId): Call => {
	const call = callOf(agent, callId);
	if (call === undefined) throw new Error(`The work names ${callId}, which ${agent.id} has not made.`);
	return call;
};

/** Under which rules an agent's calls stand. */
type Rules = Pick<PermissionQuestion, 'mode' | 'rules' | 'grants' | 'agentId' | 'sandboxed'>;

const siteOf = ({run, abort, signal, mayReach}: Bench, call: Call, rules: Rules, redactor: Redactor): Site => ({
	redact: redactor.lines,
	root: run.settings.dir,
	outputs: run.settings.outputsDir,
	abort,
	onOutput: text => signal({type: 'call.output', runId: run.id, agentId: call.agentId, callId: call.id, text}),
	mark: `${run.id}/${call.id}`,
	mayReach: async host => {
		const subject = {kind: 'host', host} as const;
		const {verdict, grant} = weigh({...rules, tool: 'fetch_url', effect: 'network', places: [], subject});
		if (verdict.kind !== 'ask') return verdict.kind === 'allow';
		return grant === undefined ? false : mayReach(host, grant);
	},
	isClosed: closesReading(rules.rules),
	namesHost: host => namesHost(rules.rules, rules.grants, rules.agentId, host),
});

/** The tools an agent may use now; checks are made for it whatever its role has. */
const toolsOf = (tools: Tools, agent: Agent, call: Call): Tools =>
	pickTools(tools, call.tool === checkTool && call.useId === '' ? [checkTool] : agent.assignment.tools);

const rulesOf = (run: Run, agent: Agent, sandboxed: boolean): Rules => ({
	mode: run.settings.permissionMode,
	rules: run.settings.rules,
	grants: run.grants,
	agentId: agent.id,
	sandboxed,
});

export const createToolHands =
	({tools, sandbox, redactor}: ToolHandsParts): ToolHands =>
	async (work, agent, bench) => {
		const {run} = bench;
		const call = callAt(agent, work.callId);
		const rules = rulesOf(run, agent, (await sandbox).kind !== 'none');
		const site = siteOf(bench, call, rules, redactor);
		const order = {tools: toolsOf(tools, agent, call), name: call.tool, input: call.input, site};
		if (work.type === 'call.run') {
			const {text, isError, touched} = await runCall(order);
			return {type: 'call.ended', agentId: agent.id, callId: call.id, isError, output: text, touched};
		}
		const {effect, verdict, preview, control, problem, grant} = await weighCall({...order, ...rules, weigh});
		const {checks} = run.settings;
		return {
			type: 'call.weighed',
			agentId: agent.id,
			callId: call.id,
			effect,
			verdict,
			preview,
			control,
			...(problem === undefined ? {} : {problem}),
			...(grant === undefined ? {} : {grant}),
			...(call.tool === finishTool ? {checks: checks.length > 0 ? checks : await findChecks(run.settings.dir)} : {}),
		};
	};
