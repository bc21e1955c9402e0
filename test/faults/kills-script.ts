import type {PlanDraft} from '../../source/domain/plan.ts';
import {blocksOf, type ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {Reply, ScriptBlock} from '../support/stand-in/reply.ts';
import {firstOf} from '../support/stand-in/script.ts';
import type {Script} from '../support/stand-in/server.ts';

/** A call that the model of a step makes. */
type Act = {
	readonly key: string;
	readonly tool: string;
	readonly input: Readonly<Record<string, unknown>>;
	/** What the call leaves behind, for one who must look whether it happened; reading calls leave nothing. */
	readonly leaves?: {readonly file: string; readonly mark: string};
};

/** The acts of each turn, in order. */
type Work = readonly (readonly Act[])[];

/** The log that all steps append to. */
const sharedFile = 'marks.log';
const ownFile = (step: string): string => `work/${step}.md`;

const look = (step: string): readonly Act[] => [
	{key: 'list', tool: 'glob', input: {pattern: '**/*.md'}},
	{key: 'find', tool: 'grep', input: {pattern: `TODO ${step}`}},
	{key: 'count', tool: 'count_lines', input: {path: '.'}},
];

/** An act whose mark ends up in a file, as often as it was carried out. */
const append = (step: string, key: string, file: string, before = ''): Act => ({
	key,
	tool: 'run_command',
	input: {command: `${before}echo ${step}-${key} >> ${file}`},
	leaves: {file, mark: `${step}-${key}`},
});

const write = (step: string): Act => ({
	key: 'write',
	tool: 'write_file',
	input: {path: ownFile(step), content: `${step}-write\nEND\n`},
	leaves: {file: ownFile(step), mark: `${step}-write`},
});

const edit = (step: string): Act => ({
	key: 'edit',
	tool: 'edit_file',
	input: {path: ownFile(step), old_string: 'END', new_string: `${step}-edit\nEND`},
	leaves: {file: ownFile(step), mark: `${step}-edit`},
});

const build = (step: string): Work => [
	look(step),
	[write(step)],
	[edit(step), append(step, 'shared', sharedFile)],
	[append(step, 'own', ownFile(step))],
];

/** Leaves a server running that only the end of its process group ends. */
const serve = (step: string): Work => [
	[write(step)],
	[append(step, 'served', sharedFile, 'sleep 120 & sleep 0.1; ')],
	[edit(step)],
];

const read = (step: string): Work => [
	look(step),
	[{key: 'read', tool: 'read_file', input: {path: 'README.md'}}],
	[{key: 'dir', tool: 'list_dir', input: {path: '.'}}],
];

type ScriptStep = {readonly key: string; readonly role: string; readonly needs: readonly string[]; readonly work: Work};

const step = (key: string, role: string, needs: readonly string[], work: (key: string) => Work): ScriptStep => ({
	key,
	role,
	needs,
	work: work(key),
});

/** Two diamonds over one another: one, three at once, two at once, two at once, one, and one who looks at it all. */
export const tenSteps: readonly ScriptStep[] = [
	step('lay', 'scout', [], read),
	step('left', 'builder', ['lay'], build),
	step('middle', 'builder', ['lay'], serve),
	step('right', 'builder', ['lay'], build),
	step('upper', 'builder', ['left', 'middle'], build),
	step('lower', 'builder', ['middle', 'right'], build),
	step('inner', 'builder', ['upper', 'lower'], build),
	step('outer', 'builder', ['upper', 'lower'], serve),
	step('close', 'builder', ['inner', 'outer'], build),
	step('review', 'reviewer', ['close'], read),
];

/** How the script knows whose request it is: the objective stands in the first message of the agent alone. */
const tagOf = (key: string): string => `[step ${key}]`;

/** Four steps in one diamond, for faults that are tried at every request. */
export const fourSteps: readonly ScriptStep[] = [
	step('lay', 'scout', [], read),
	step('left', 'builder', ['lay'], build),
	step('right', 'builder', ['lay'], build),
	step('review', 'reviewer', ['left', 'right'], read),
];

const planOf = (steps: readonly ScriptStep[]): PlanDraft => ({
	taskType: 'research',
	steps: steps.map(({key, role, needs}) => ({
		key,
		title: `The part ${key}`,
		role,
		objective: `Do what the script says. ${tagOf(key)}`,
		files: [],
		acceptance: ['The script has come to its end.'],
		dependsOn: needs,
		tier: 'haiku',
		toolBudget: 60,
	})),
});

/** Whose request it is: the key of a step, `planner`, or undefined when it is nobody's of this plan. */
export const askerOf = (request: ParsedRequest): string | undefined => {
	if (request.schema !== undefined) return 'planner';
	const [opening] = request.body.messages;
	const words = JSON.stringify(opening?.content ?? '');
	return tenSteps.find(({key}) => words.includes(tagOf(key)))?.key;
};

/** The text of every tool result of the conversation, by the id of its tool use. */
const resultsOf = (request: ParsedRequest): ReadonlyMap<string, string> => {
	const results = new Map<string, string>();
	for (const message of request.body.messages)
		for (const block of blocksOf(message.content))
			if (block.type === 'tool_result') results.set(String(block['tool_use_id']), JSON.stringify(block['content']));
	return results;
};

/** Whether a result says that nobody knows what came of the call. */
const isUnknown = (result: string): boolean => /outcome[^.]*unknown|unknown outcome/i.test(result);

/** The next uses for an act; none when it is done. Told that its outcome is unknown, the model looks before it repeats. */
const usesFor = (key: string, act: Act, results: ReadonlyMap<string, string>): readonly ScriptBlock[] => {
	for (let attempt = 1; ; attempt++) {
		const id = `toolu_${key}_${act.key}_${attempt}`;
		const result = results.get(id);
		if (result === undefined) return [{type: 'tool_use', id, name: act.tool, input: act.input}];
		const again = isUnknown(result) || result.includes('Not carried out');
		if (!again) return [];
		if (act.leaves === undefined) continue;
		const {file, mark} = act.leaves;
		const looked = results.get(`${id}_look`);
		if (looked === undefined) return [{type: 'tool_use', id: `${id}_look`, name: 'read_file', input: {path: file}}];
		if (looked.includes(mark)) return [];
	}
};

const finish = (key: string, results: ReadonlyMap<string, string>): ScriptBlock => {
	let attempt = 1;
	while (results.has(`toolu_${key}_finish_${attempt}`)) attempt++;
	const input = {status: 'UNVERIFIED', summary: `${key} is through.`, findings: [], produced: [], risks: []};
	return {type: 'tool_use', id: `toolu_${key}_finish_${attempt}`, name: 'finish_step', input};
};

const work: Script = (request): Reply => {
	const asker = askerOf(request);
	const own = tenSteps.find(({key}) => key === asker);
	if (own === undefined) throw new Error(`nobody of the plan asks: ${JSON.stringify(request.body.messages[0])}`);
	const results = resultsOf(request);
	const turns = own.work.map(acts => acts.flatMap(act => usesFor(own.key, act, results)));
	const uses = turns.find(open => open.length > 0) ?? [finish(own.key, results)];
	return {
		blocks: [
			{type: 'thinking', text: `What is still open for ${own.key} after ${request.turns} turns?`},
			{type: 'text', text: `Turn ${request.turns + 1} of ${own.key}: ${'on it goes, '.repeat(12)}and so on.`},
			...uses,
		],
	};
};

/**
 * The models of a run of these steps. What they say depends on the conversation alone: whoever asks again, in whatever
 * order, is answered in the same way and comes to the same end.
 */
export const scriptOf = (steps: readonly ScriptStep[]): Script =>
	firstOf([
		{
			when: request => request.schema !== undefined,
			reply: () => ({blocks: [{type: 'text', text: JSON.stringify(planOf(steps))}]}),
		},
		{when: () => true, reply: work},
	]);
