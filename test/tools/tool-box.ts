import {noRules, type RuleSet} from '../../source/domain/rules.ts';
import type {PermissionMode} from '../../source/domain/settings.ts';
import {weigh} from '../../source/policy/permission.ts';
import {createTools, runCall, weighCall} from '../../source/tools/registry.ts';
import type {Site} from '../../source/tools/tool.ts';
import {type Sandbox, withoutSandbox} from '../../source/workspace/sandbox.ts';
import {never, type TempProject, testEnv} from '../workspace/temp-project.ts';

/** All tools at work in a temporary project. */
export const makeToolBox = (project: TempProject, over: Partial<Site> & {readonly sandbox?: Sandbox} = {}) => {
	const {sandbox = withoutSandbox('A test needs none.'), ...site} = over;
	const tools = createTools({env: testEnv, sandbox, after: () => () => {}});
	const seen: string[] = [];
	const orderOf = (name: string, input: unknown, abort: AbortSignal = never) => ({
		tools,
		name,
		input,
		site: {
			root: project.root,
			outputs: project.outputs,
			abort,
			onOutput: (text: string) => seen.push(text),
			mark: `${project.base}/call`,
			mayReach: async () => false,
			namesHost: () => false,
			redact: (text: string) => text,
			...site,
		},
	});
	return {
		tools,
		/** What was streamed to whoever watches. */
		seen,
		run: (name: string, input: unknown, abort?: AbortSignal) => runCall(orderOf(name, input, abort)),
		weigh: (name: string, input: unknown, mode: PermissionMode = 'ask', rules: RuleSet = noRules) =>
			weighCall({
				...orderOf(name, input),
				weigh,
				...{mode, rules, grants: [], agentId: 'agent_1', sandboxed: sandbox.kind !== 'none'},
			}),
	};
};
