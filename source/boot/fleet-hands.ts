import type {Roles} from '../agents/roles.ts';
import type {Agent} from '../domain/agent.ts';
import type {AgentId} from '../domain/id.ts';
import {agentIn, type Run} from '../domain/run.ts';
import type {Clock} from '../engine/clock.ts';
import type {Hands} from '../engine/hands.ts';
import type {Redactor} from '../policy/redact.ts';
import type {Provider} from '../providers/provider.ts';
import {createTools, specOf} from '../tools/registry.ts';
import type {ChildEnv} from '../workspace/child-env.ts';
import {createGit} from '../workspace/git.ts';
import type {Sandbox} from '../workspace/sandbox.ts';
import {createModelHands} from './model-hands.ts';
import {createToolHands} from './tool-hands.ts';

/** Writes a rule to the configuration of a project; says where, or why it could not. */
export type KeepRule = (dir: string, rule: string) => {readonly path: string; readonly problem: string | undefined};

export type FleetHandsParts = {
	/** By the name of the lane. */
	readonly providers: ReadonlyMap<string, Provider>;
	readonly roles: Roles;
	/** What commands and git may see of the environment. */
	readonly childEnvironment: ChildEnv;
	/** Looked for while the fleet starts: it takes some tenths of a second, and the first command is far off. */
	readonly sandbox: Promise<Sandbox>;
	readonly clock: Clock;
	readonly keepRule: KeepRule;
	readonly redactor: Redactor;
};

const agentAt = (run: Run, agentId: AgentId): Agent => {
	const agent = agentIn(run, agentId);
	if (agent === undefined) throw new Error(`The work names ${agentId}, which ${run.id} does not have.`);
	return agent;
};

/** The hands of a fleet on this machine: model, tools and planner, each knowing nothing of the others. */
export const createFleetHands = (parts: FleetHandsParts): Hands => {
	const {childEnvironment, sandbox, clock, keepRule, redactor} = parts;
	const wrap: Sandbox['wrap'] = async order => (await sandbox).wrap(order);
	const tools = createTools({env: childEnvironment, sandbox: {wrap}, after: clock.after});
	const git = createGit(childEnvironment);
	const askModel = createModelHands({...parts, specs: [...tools.values()].map(specOf), git});
	const makeCall = createToolHands({tools, sandbox, redactor});
	return {
		perform: async (work, bench) => {
			switch (work.type) {
				case 'plan.draft':
				case 'turn.ask':
					return askModel(work, agentAt(bench.run, work.agentId), bench);
				case 'call.weigh':
				case 'call.run':
					return makeCall(work, agentAt(bench.run, work.agentId), bench);
				case 'rule.keep': {
					const {requestId, rule} = work;
					return {type: 'rule.kept', requestId, rule, ...keepRule(bench.run.settings.dir, rule)};
				}
				default:
					return work satisfies never;
			}
		},
	};
};
