import {onTestFinished} from 'vitest';
import type {StepDraft} from '../../source/domain/plan.ts';
import {blocksOf, type ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {Reply, ScriptBlock} from '../support/stand-in/reply.ts';
import {type Script, type StandIn, startStandIn} from '../support/stand-in/server.ts';

/** A stand-in that is closed after the test. */
export const serve = async (script: Script): Promise<StandIn> => {
	const server = await startStandIn({script});
	onTestFinished(() => server.close());
	return server;
};

export const say = (text: string): ScriptBlock => ({type: 'text', text});

export const use = (name: string, input: unknown): ScriptBlock => ({type: 'tool_use', name, input});

export const finish = (rest: Readonly<Record<string, unknown>> = {}): Reply => ({
	blocks: [use('finish_step', {status: 'VERIFIED', summary: 'Done.', ...rest})],
});

export const reading: Reply = {blocks: [use('read_file', {path: 'README.md'})]};

/** A step whose title is its key. */
export const step = (key: string, rest: Partial<StepDraft> = {}): StepDraft => ({
	key,
	title: key,
	role: 'analyst',
	objective: `Do ${key}.`,
	files: [],
	acceptance: ['It is done.'],
	dependsOn: [],
	tier: 'haiku',
	toolBudget: 12,
	...rest,
});

/** What the agent was told first: its assignment. */
export const briefIn = (request: ParsedRequest): string => {
	const [block] = blocksOf(request.body.messages[0]?.content);
	return typeof block?.['text'] === 'string' ? block['text'] : '';
};

/** The n-th reply of a conversation, by how many the model has given before; the last one again after that. */
export const inTurn =
	(...replies: readonly (Reply | Script)[]): Script =>
	(request, n) => {
		const reply = replies[Math.min(request.turns, replies.length - 1)];
		if (reply === undefined) throw new Error('A conversation needs a reply.');
		return typeof reply === 'function' ? reply(request, n) : reply;
	};

/**
 * Who asks for structured output gets the plan; everyone else is played by the first part whose name stands in the
 * opening of its brief, such as `Your step: scout`.
 */
export const play =
	(steps: readonly StepDraft[], parts: Readonly<Record<string, Script>>): Script =>
	(request, n) => {
		if (request.schema !== undefined) return {blocks: [say(JSON.stringify({taskType: 'analysis', steps}))]};
		const brief = briefIn(request);
		const part = Object.entries(parts).find(([name]) => brief.includes(name));
		if (part === undefined) throw new Error(`Nobody plays: ${brief.slice(0, 200)}`);
		return part[1](request, n);
	};

/** The requests of one conversation, oldest first. */
export const requestsOf = ({requests}: StandIn, name: string): readonly ParsedRequest[] =>
	requests.filter(request => request.schema === undefined && briefIn(request).includes(name));
