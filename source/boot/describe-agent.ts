import {agentPath} from '../../components/parts/agent-path.ts';
import {agentState} from '../../components/parts/agent-state.ts';
import {money} from '../../components/parts/money.ts';
import {receiptWords} from '../../components/parts/receipt.ts';
import {waitsFor} from '../../components/parts/waits-for.ts';
import {type Agent, isEnded} from '../domain/agent.ts';
import type {Stamped} from '../domain/event.ts';
import {textOf} from '../domain/message.ts';
import {agentIn, openRequests, type Run, stepOf} from '../domain/run.ts';
import {promptTokens, totalTokens} from '../domain/usage.ts';
import {firstWords, requestLine} from './describe-run.ts';
import {presentAgent, presentRequest} from './present.ts';
import {table} from './table.ts';

/** What an agent waits for; undefined when for nothing. The keys that a window would name mean nothing here. */
const waitsOf = (run: Run, agent: Agent, now: number): string | undefined =>
	waitsFor(run, agent, now)?.replace(/ \([^)]*\)$/, '');

/** The agents of a run, in as many columns as there are. On few the id goes first: all verbs take a name as well. */
export const agentTable = (run: Run, now: number, columns: number | undefined): string =>
	table(
		[
			['AGENT', 'STATE', 'WAITS FOR', 'STEP', 'MODEL', 'TURNS', 'CALLS', 'TOKENS', 'COST', 'ID'],
			...run.agents.map(agent => [
				agentPath(run, agent),
				agentState(run, agent, now).word,
				waitsOf(run, agent, now) ?? '-',
				stepOf(run, agent.stepId)?.key ?? '-',
				agent.model.id,
				String(agent.turns),
				String(agent.callsMade),
				String(totalTokens(agent.usage)),
				money(agent),
				agent.id,
			]),
		],
		{
			columns,
			cut: {'WAITS FOR': 16, AGENT: 20, STEP: 12},
			spare: ['ID', 'CALLS', 'TURNS', 'MODEL', 'TOKENS'],
		},
	);

/** What the agent last said; undefined when it has not spoken. `events` are its own, in order. */
export const lastWordsOf = (events: readonly Stamped[]): string | undefined =>
	events
		.map(({event}) => (event.type === 'turn.finished' ? textOf(event.content).trim() : ''))
		.findLast(text => text !== '');

const asksOf = (run: Run, agent: Agent) => openRequests(run).filter(({agentId}) => agentId === agent.id);

/** One of `agents[]` in `agents --json`. */
export const presentListedAgent = (run: Run, agent: Agent, now: number) => ({
	...presentAgent(run, agent),
	waitsFor: waitsOf(run, agent, now) ?? null,
});

/** `agent` in `agent --json`. */
export const presentOneAgent = (run: Run, agent: Agent, lastWords: string | undefined, now: number) => ({
	...presentListedAgent(run, agent, now),
	title: agent.assignment.title,
	objective: agent.assignment.objective,
	tools: agent.assignment.tools,
	calls: agent.calls.map(({id, tool, status}) => ({id, tool, status: status.kind})),
	lastWords: lastWords ?? null,
	requests: asksOf(run, agent).map(request => presentRequest(run, request)),
});

const linesOf = (title: string, lines: readonly string[]): readonly string[] =>
	lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)];

/** An agent in words. `now` is ms since 1970. */
export const describeAgent = (run: Run, agent: Agent, lastWords: string | undefined, now: number): string => {
	const {assignment, usage, model} = agent;
	const waits = waitsOf(run, agent, now);
	const fork = agentIn(run, agent.fork?.agentId);
	const facts: readonly (readonly [string, string])[] = [
		['run', run.id],
		['role', assignment.role],
		['step', stepOf(run, agent.stepId)?.key ?? '-'],
		...(fork === undefined ? [] : [['fork of', fork.name] as const]),
		['model', `${model.id} (${model.provider})`],
		['does', isEnded(agent) ? '-' : agent.activity],
		['waits for', waits ?? '-'],
		['cost', `${money(agent)}, ${promptTokens(usage)} prompt tokens, ${usage.output} output`],
		['turns', `${agent.turns} of ${assignment.maxTurns}`],
		['calls', `${agent.callsMade} of ${assignment.toolBudget}`],
		['context', `${Math.round((100 * agent.contextTokens) / model.contextTokens)} %`],
	];
	return [
		`${agentPath(run, agent)}  ${agentState(run, agent, now).word}  ${agent.id}`,
		assignment.title,
		'',
		table(facts.map(([name, value]) => [`${name}:`, value])),
		...linesOf(
			'Calls of its latest turn:',
			agent.calls.map(({tool, status}) => `${tool}: ${status.kind}`),
		),
		...linesOf(
			'Asks you:',
			asksOf(run, agent).map(request => `${request.id}  ${requestLine(run, request, now)}`),
		),
		...linesOf(
			'Messages:',
			[...agent.read, ...agent.mailbox].map(
				({from, state, text}) => `from ${from}, ${receiptWords[state]}: ${firstWords(text)}`,
			),
		),
		...linesOf('Last words:', lastWords?.split('\n') ?? []),
	].join('\n');
};
