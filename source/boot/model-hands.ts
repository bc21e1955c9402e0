import {askTurn, type OnDelta} from '../agents/ask-turn.ts';
import {briefOf} from '../agents/brief.ts';
import {systemPrompt} from '../agents/prompt.ts';
import {findRole, type Roles} from '../agents/roles.ts';
import type {Agent} from '../domain/agent.ts';
import type {RunId} from '../domain/id.ts';
import type {Reply, Report} from '../domain/report.ts';
import {agentIn, type Run} from '../domain/run.ts';
import type {Bench, Work} from '../engine/hands.ts';
import {draftPlan} from '../planner/draft-plan.ts';
import type {Redactor} from '../policy/redact.ts';
import type {JsonSchema, Provider} from '../providers/provider.ts';
import type {Tool} from '../tools/tool.ts';
import type {Git} from '../workspace/git.ts';
import {drawProjectMap} from '../workspace/project-map.ts';
import {type ProjectNotes, readProjectNotes} from '../workspace/project-notes.ts';

export type ModelHandsParts = {
	/** By the name of the lane. */
	readonly providers: ReadonlyMap<string, Provider>;
	readonly roles: Roles;
	readonly specs: readonly Pick<Tool, 'name' | 'description' | 'input'>[];
	readonly git: Git;
	/** What the folder holds goes to the vendor, too. */
	readonly redactor: Redactor;
};

/** Hands that ask models: for a plan, or for an agent's next turn. */
export type ModelHands = (
	work: Extract<Work, {type: 'plan.draft' | 'turn.ask'}>,
	agent: Agent,
	bench: Bench,
) => Promise<Report>;

/** A fork goes on in its ancestor's words, so that what both have in common is the same to the byte. */
const ancestorOf = (run: Run, agent: Agent): Agent => {
	const origin = agentIn(run, agent.fork?.agentId);
	return origin === undefined ? agent : ancestorOf(run, origin);
};

export const createModelHands = ({providers, roles, specs, git, redactor}: ModelHandsParts): ModelHands => {
	const notesOfRun = new Map<RunId, Promise<ProjectNotes | undefined>>();

	/** Read once per run: the beginning of a prompt must not change while an agent lives, or its cache is lost. */
	const notesFor = ({id, settings}: Run): Promise<ProjectNotes | undefined> => {
		const known = notesOfRun.get(id) ?? readProjectNotes(settings.dir).then(redactor.value);
		notesOfRun.set(id, known);
		return known;
	};

	return async (work, agent, bench) => {
		const {run, abort, signal} = bench;
		const {agentId, turnId} = work;
		const provider = providers.get(agent.model.provider);
		if (provider === undefined)
			throw new Error(
				`The model ${agent.model.id} is reached through "${agent.model.provider}", which is not configured any more.`,
			);
		const {dir, outputsDir, permissionMode} = run.settings;
		const setting = {root: dir, outputs: outputsDir, permissionMode, notes: await notesFor(run)};
		const {assignment} = ancestorOf(run, agent);
		const system = systemPrompt(assignment, findRole(roles, assignment.role), agent.instructions, setting);
		const onDelta: OnDelta = (kind, text) => signal({type: 'turn.delta', runId: run.id, agentId, turnId, kind, text});
		const parts = {agent, story: bench.story(), system, tools: specs, provider, abort, onDelta};
		if (work.type === 'turn.ask') {
			const reply = await askTurn({...parts, opening: briefOf(assignment)});
			return {type: 'turn.replied', agentId, turnId, reply};
		}
		const map = redactor.text(await drawProjectMap({root: dir, git, abort}));
		const ask = (opening: string, schema: JsonSchema): Promise<Reply> => askTurn({...parts, opening, schema});
		return draftPlan({run, agentId, turnId, map, roles, ask});
	};
};
