import type {PlanDraft, StepDraft} from '../../../../source/domain/plan.ts';
import type {ParsedRequest} from '../parsed-request.ts';
import type {Reply, ScriptBlock} from '../reply.ts';
import {firstOf, type Rule} from '../script.ts';
import type {Script} from '../server.ts';

const step = (
	key: string,
	role: string,
	title: string,
	dependsOn: readonly string[],
	rest: Partial<StepDraft> = {},
) => ({
	key,
	title,
	role,
	objective: `${title}, from what the files say.`,
	files: [],
	acceptance: ['Every figure was taken from a tool result.'],
	dependsOn,
	tier: 'haiku' as const,
	toolBudget: 12,
	...rest,
});

/** A diamond with a tail: one scout, two analysts at once, a writer, a reviewer. */
export const fleetPlan: PlanDraft = {
	taskType: 'research',
	steps: [
		step('scout', 'scout', 'Map the folder', []),
		step('structure', 'analyst', 'Describe the structure', ['scout']),
		step('tests', 'analyst', 'Describe the tests', ['scout']),
		step('report', 'writer', 'Write the report', ['structure', 'tests'], {tier: 'sonnet'}),
		step('review', 'reviewer', 'Review the report', ['report'], {tier: 'sonnet'}),
	],
};

const plan: Script = () => ({
	blocks: [
		{type: 'thinking', text: 'A map first, two looks at once, then one text and a second pair of eyes.'},
		{type: 'text', text: JSON.stringify(fleetPlan)},
	],
});

/** The name that a tool gives to its parameter: tools of different kits agree on the meaning, not on the word. */
const parameter = (request: ParsedRequest, tool: string, names: readonly string[]): string | undefined => {
	const properties = request.tools.get(tool)?.['properties'];
	return names.find(name => typeof properties === 'object' && properties !== null && name in properties);
};

const call = (
	request: ParsedRequest,
	tool: string,
	names: readonly string[],
	value: string,
): readonly ScriptBlock[] => {
	const name = parameter(request, tool, names);
	return name === undefined ? [] : [{type: 'tool_use', name: tool, input: {[name]: value}}];
};

const look = (request: ParsedRequest): readonly ScriptBlock[] => [
	...call(request, 'glob', ['pattern'], '**/*.md'),
	...call(request, 'grep', ['pattern', 'regex', 'query'], 'TODO'),
];

/** The first line of the newest results that looks like a file's name. */
const fileIn = (texts: readonly string[]): string =>
	texts
		.flatMap(text => text.split('\n'))
		.map(line => line.trim())
		.find(line => /^[\w./-]+\.\w+$/.test(line)) ?? 'README.md';

const read = (request: ParsedRequest): readonly ScriptBlock[] =>
	call(request, 'read_file', ['path', 'file_path', 'file'], fileIn(request.newest));

const finish = (request: ParsedRequest): readonly ScriptBlock[] =>
	request.tools.has('finish_step')
		? [
				{
					type: 'tool_use',
					name: 'finish_step',
					input: {
						status: 'VERIFIED',
						summary: `Done after ${request.turns} looks.`,
						findings: [`The first lines read: ${(request.newest[0] ?? '').slice(0, 60)}`],
						produced: [],
						risks: [],
					},
				},
			]
		: [];

/** Looks, reads, finishes; a turn for which the agent has no tools is passed over. */
const work: Script = (request): Reply => {
	const acts = [look(request), read(request)].filter(act => act.length > 0);
	const act = acts[request.turns] ?? finish(request);
	const words = act.length > 0 ? `Turn ${request.turns + 1} of the work.` : 'There is nothing left to do.';
	return {
		blocks: [
			{type: 'thinking', text: `What is still open after ${request.turns} turns?`},
			{type: 'text', text: words},
			...act,
		],
	};
};

/**
 * A whole fleet: who asks for structured output gets the plan, everyone else works with the tools at hand and calls
 * `finish_step`. Further rules come first, for instance `{when: systemSays('reviewer'), reply: …}`.
 */
export const fleet = (rules: readonly Rule[] = []): Script =>
	firstOf([...rules, {when: request => request.schema !== undefined, reply: plan}, {when: () => true, reply: work}]);
