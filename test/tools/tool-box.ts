import type {PermissionMode} from '../../source/domain/settings.ts';
import {weigh} from '../../source/policy/permission.ts';
import {createTools, runCall, weighCall} from '../../source/tools/registry.ts';
import {never, type TempProject, testEnv} from '../workspace/temp-project.ts';

/** All tools at work in a temporary project. */
export const makeToolBox = (project: TempProject) => {
	const tools = createTools({env: testEnv});
	const seen: string[] = [];
	const orderOf = (name: string, input: unknown, abort: AbortSignal = never) => ({
		tools,
		name,
		input,
		site: {root: project.root, outputs: project.outputs, abort, onOutput: (text: string) => seen.push(text)},
	});
	return {
		tools,
		/** What was streamed to whoever watches. */
		seen,
		run: (name: string, input: unknown, abort?: AbortSignal) => runCall(orderOf(name, input, abort)),
		weigh: (name: string, input: unknown, mode: PermissionMode = 'ask') =>
			weighCall({...orderOf(name, input), weigh, mode}),
	};
};
