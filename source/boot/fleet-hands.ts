import {askTurn, type OnDelta} from '../agents/ask-turn.ts';
import {briefOf} from '../agents/brief.ts';
import {systemPrompt} from '../agents/prompt.ts';
import {findRole, type Roles} from '../agents/roles.ts';
import type {Agent} from '../domain/agent.ts';
import {callOf} from '../domain/agent.ts';
import type {Call} from '../domain/call.ts';
import type {AgentId, CallId, RunId} from '../domain/id.ts';
import type {Reply, Report} from '../domain/report.ts';
import type {Run} from '../domain/run.ts';
import type {Bench, Hands, Work} from '../engine/hands.ts';
import {draftPlan} from '../planner/draft-plan.ts';
import {weigh} from '../policy/permission.ts';
import type {JsonSchema, Provider} from '../providers/provider.ts';
import {createTools, pickTools, runCall, specOf, weighCall} from '../tools/registry.ts';
import type {Site} from '../tools/tool.ts';
import type {ChildEnv} from '../workspace/child-env.ts';
import {createGit} from '../workspace/git.ts';
import {drawProjectMap} from '../workspace/project-map.ts';
import {type ProjectNotes, readProjectNotes} from '../workspace/project-notes.ts';

export type FleetHandsParts = {
	readonly provider: Provider;
	readonly roles: Roles;
	/** What commands and git may see of the environment. */
	readonly childEnvironment: ChildEnv;
};

const agentAt = (run: Run, agentId: AgentId): Agent => {
	const agent = run.agents[agentId];
	if (agent === undefined) throw new Error(`The work names ${agentId}, which ${run.id} does not have.`);
	return agent;
};

const callAt = (agent: Agent, callId: CallId): Call => {
	const call = callOf(agent, callId);
	if (call === undefined) throw new Error(`The work names ${callId}, which ${agent.id} has not made.`);
	return call;
};

const siteOf = ({run, abort, signal}: Bench, call: Call): Site => ({
	root: run.settings.dir,
	outputs: run.settings.outputsDir,
	abort,
	onOutput: text => signal({type: 'call.output', runId: run.id, agentId: call.agentId, callId: call.id, text}),
});

/** The hands of a fleet on this machine: model, tools and planner, each knowing nothing of the others. */
export const createFleetHands = ({provider, roles, childEnvironment}: FleetHandsParts): Hands => {
	const tools = createTools({env: childEnvironment});
	const specs = [...tools.values()].map(specOf);
	const git = createGit(childEnvironment);
	const notesOfRun = new Map<RunId, Promise<ProjectNotes | undefined>>();

	/** Read once per run: the beginning of a prompt must not change while an agent lives, or its cache is lost. */
	const notesFor = ({id, settings}: Run): Promise<ProjectNotes | undefined> => {
		const known = notesOfRun.get(id) ?? readProjectNotes(settings.dir);
		notesOfRun.set(id, known);
		return known;
	};

	const perform = async (work: Work, bench: Bench): Promise<Report> => {
		const {run, abort, signal} = bench;
		const {agentId} = work;
		const agent = agentAt(run, agentId);
		switch (work.type) {
			case 'plan.draft':
			case 'turn.ask': {
				const {turnId} = work;
				const notes = await notesFor(run);
				const {dir, outputsDir, permissionMode} = run.settings;
				const setting = {root: dir, outputs: outputsDir, permissionMode, notes};
				const {assignment} = agent;
				const system = systemPrompt(assignment, findRole(roles, assignment.role), setting);
				const onDelta: OnDelta = (kind, text) =>
					signal({type: 'turn.delta', runId: run.id, agentId, turnId, kind, text});
				const parts = {agent, story: bench.story(), system, tools: specs, provider, abort, onDelta};
				if (work.type === 'turn.ask') {
					const reply = await askTurn({...parts, opening: briefOf(assignment)});
					return {type: 'turn.replied', agentId, turnId, reply};
				}
				const map = await drawProjectMap({root: dir, git, abort});
				const ask = (opening: string, schema: JsonSchema): Promise<Reply> => askTurn({...parts, opening, schema});
				return draftPlan({run, agentId, turnId, map, roles, ask});
			}
			case 'call.weigh': {
				const call = callAt(agent, work.callId);
				const {effect, verdict, preview, control, problem} = await weighCall({
					tools: pickTools(tools, agent.assignment.tools),
					name: call.tool,
					input: call.input,
					site: siteOf(bench, call),
					mode: run.settings.permissionMode,
					weigh,
				});
				const said = {type: 'call.weighed', agentId, callId: call.id, effect, verdict, preview, control} as const;
				return problem === undefined ? said : {...said, problem};
			}
			case 'call.run': {
				const call = callAt(agent, work.callId);
				const {text, isError, touched} = await runCall({
					tools: pickTools(tools, agent.assignment.tools),
					name: call.tool,
					input: call.input,
					site: siteOf(bench, call),
				});
				return {type: 'call.ended', agentId, callId: call.id, isError, output: text, touched};
			}
			default:
				return work satisfies never;
		}
	};

	return {perform};
};
