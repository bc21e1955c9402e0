import type {PlanDraft} from '../../source/domain/plan.ts';
import {systemClock} from '../../source/engine/clock.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import {blocksOf, type ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {ScriptBlock} from '../support/stand-in/reply.ts';
import type {Script} from '../support/stand-in/server.ts';
import {runFleet} from './fleet-run.ts';
import type {Part, Row} from './part.ts';
import {hugeCases, malformedCases, prepareCases, type ToolCase} from './tools-run-cases.ts';

/** What a model is told at most, and how long it waits for it at most. */
const charactersMax = 40_000;
const msMax = 15_000;
/** How much the process may grow over all the cases. */
const grownBytesMax = 400 * 1024 * 1024;

/** What would act on a terminal: nothing of it may come out of a tool. */
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const plan = (calls: number): PlanDraft => ({
	taskType: 'research',
	steps: [
		{
			key: 'lay',
			title: 'Try the tools',
			role: 'builder',
			objective: 'Make the calls. [step lay]',
			files: [],
			acceptance: ['Each is answered.'],
			dependsOn: [],
			tier: 'haiku',
			toolBudget: calls + 10,
		},
	],
});

const idOf = (at: number): string => `toolu_case_${at}`;

const resultOf = (requests: readonly ParsedRequest[], id: string): string | undefined => {
	for (const message of requests.at(-1)?.body.messages ?? [])
		for (const block of blocksOf(message.content))
			if (block.type === 'tool_result' && block['tool_use_id'] === id) return String(block['content']);
	return undefined;
};

export type TriedCase = {readonly name: string; readonly problems: readonly string[]};

/** One agent makes all the calls, one a turn. Answers what was wrong with each, and with the run. */
const tryCases = async (cases: readonly ToolCase[]): Promise<readonly TriedCase[]> => {
	const askedAt: number[] = [];
	let broken = -1;
	let peakBytes = 0;
	const startBytes = process.memoryUsage.rss();
	const callAt = (at: number, {tool, json, breaks}: ToolCase): ScriptBlock => {
		const id = idOf(at);
		if (breaks === undefined) return {type: 'tool_use', id, name: tool, input: JSON.parse(json), json};
		// Broken input is asked for again; a model that always breaks it would never get any further.
		const again = broken === at;
		broken = at;
		return {type: 'tool_use', id, name: tool, input: {}, json: again ? '{}' : json};
	};
	const script: Script = request => {
		if (request.schema !== undefined) return {blocks: [{type: 'text', text: JSON.stringify(plan(cases.length))}]};
		const at = request.turns;
		askedAt[at] ??= performance.now();
		peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
		const tried = cases[at];
		if (tried !== undefined) return {blocks: [callAt(at, tried)], deltaSize: 64 * 1024};
		const input = {status: 'UNVERIFIED', summary: 'Through.', findings: [], produced: [], risks: []};
		return {blocks: [{type: 'tool_use', id: `toolu_finish_${at}`, name: 'finish_step', input}]};
	};
	const run = await runFleet({
		script,
		prepare: prepareCases,
		clock: systemClock,
		providerAt: baseUrl => anthropicProvider({apiKey: 'a-test-key', baseUrl, timer: systemClock.after}),
		isOver: now => now.status.kind === 'ended',
		longestWaitMs: 120_000,
		expected: undefined,
	});
	const tried = cases.map(({name, says}, at): TriedCase => {
		const problems: string[] = [];
		const result = resultOf(run.requests, idOf(at));
		const ms = (askedAt[at + 1] ?? Number.POSITIVE_INFINITY) - (askedAt[at] ?? 0);
		if (result === undefined) problems.push('the model was told nothing');
		else {
			if (!says.test(result)) problems.push(`the model was told: ${result.slice(0, 200)}`);
			if (result.length > charactersMax) problems.push(`the model was told ${result.length} characters`);
			if (acting.test(result)) problems.push('what the model was told would act on a terminal');
		}
		if (ms > msMax) problems.push(`it took ${Math.round(ms)} ms`);
		return {name, problems};
	});
	const problems = run.findings.map(({rule, words}) => `${rule}: ${words}`);
	if (run.kind !== 'done') problems.push(`the run ended ${run.end.status}: ${JSON.stringify(run.events.at(-1)?.body)}`);
	if ('polluted' in {}) problems.push('the prototype of all objects was changed');
	const grown = peakBytes - startBytes;
	if (grown > grownBytesMax) problems.push(`the process grew by ${Math.round(grown / 1024 / 1024)} MB`);
	return [...tried, {name: 'the run of all of them', problems}];
};

const rowOf = (name: string, tried: readonly TriedCase[]): Row => ({
	name,
	counts: {tried: tried.length, well: tried.filter(({problems}) => problems.length === 0).length},
	problems: tried.flatMap(one => one.problems.map(problem => `${one.name}: ${problem}`)),
});

/** Calls of one agent, without more of them than an agent has turns. */
const slices = (cases: readonly ToolCase[], length = 20): readonly (readonly ToolCase[])[] =>
	Array.from({length: Math.ceil(cases.length / length)}, (_, at) => cases.slice(at * length, (at + 1) * length));

const tryAll = async (cases: readonly ToolCase[]): Promise<readonly TriedCase[]> => {
	const tried: TriedCase[] = [];
	for (const slice of slices(cases)) tried.push(...(await tryCases(slice)));
	return tried;
};

export const toolsPart: Part = {
	name: 'tools',
	about: 'input as no model should write it, output and files as no tool should meet them',
	run: async () => [
		rowOf('malformed input', await tryAll(malformedCases)),
		rowOf('huge and strange', await tryAll(hugeCases)),
	],
};
