import type {ControlAct} from '../../source/domain/call.ts';
import type {AgentId, CallId} from '../../source/domain/id.ts';
import type {ReplyBlock} from '../../source/domain/message.ts';
import type {Report} from '../../source/domain/report.ts';
import {agentIn} from '../../source/domain/run.ts';
import {noUsage} from '../../source/domain/usage.ts';
import type {Bench, Hands, Work} from '../../source/engine/hands.ts';
import type {Random} from '../simulation/random.ts';

/** Who hands work on to whom: six families of five, four deep. */
const helpersOf = (name: string): readonly string[] =>
	name.length === 1 ? [`${name}a`, `${name}b`] : name.length < 4 && name.endsWith('a') ? [`${name}a`] : [];

export const families: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f'];
export const agentCount = 30;

type Use = {readonly name: string; readonly input: Readonly<Record<string, unknown>>};

/** Reads a field of what was said in a call; the calls here are all our own. */
const field = (input: unknown, name: string): string => {
	const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
	return typeof value === 'string' ? value : '';
};

/**
 * Hands whose agents ask and ask: each so many requests of random kinds, in turns of one to three calls, and then
 * report. Every ask has a number of its own in its words, such as `#0042`.
 */
export const askingHands = (random: Random, asksOf: (nth: number) => number): Hands => {
	const left = new Map<AgentId, number>();
	let asked = 0;

	const anyAsk = (): Use => {
		const n = `#${String(++asked).padStart(4, '0')}`;
		switch (random.below(6)) {
			case 0:
				return {name: 'ask_person', input: {n, choices: 'yes'}};
			case 1:
				return {name: 'ask_person', input: {n, choices: ''}};
			case 2:
				return {name: 'report_blocker', input: {n}};
			case 3:
				return {name: 'bash', input: {n, host: `host-${n.slice(1)}.example`}};
			case 4:
				return {name: 'bash', input: {n, grant: ''}};
			default:
				return {name: 'bash', input: {n, grant: `bash(number ${n})`}};
		}
	};

	const replyOf = ({run}: Bench, agentId: AgentId): readonly Use[] => {
		const agent = agentIn(run, agentId);
		if (agent === undefined || agent.assignment.kind === 'step') return [{name: 'finish_step', input: {}}];
		const before = left.get(agentId);
		const rest = before ?? asksOf(left.size);
		if (rest === 0) return [{name: 'finish_step', input: {n: agentId}}];
		const count = Math.min(rest, 1 + random.below(3));
		left.set(agentId, rest - count);
		const {objective} = agent.assignment;
		return [
			...(before === undefined ? helpersOf(objective).map(to => ({name: 'delegate', input: {to}})) : []),
			...Array.from({length: count}, anyAsk),
		];
	};

	const controlOf = (tool: string, input: unknown): ControlAct | undefined => {
		const n = field(input, 'n');
		switch (tool) {
			case 'finish_step':
				return {
					kind: 'finish',
					packet: {status: 'UNVERIFIED', summary: 'Asked.', findings: [], produced: [], risks: []},
				};
			case 'ask_person':
				return {kind: 'ask', question: `Which ${n}?`, choices: field(input, 'choices') === '' ? [] : ['one', 'other']};
			case 'report_blocker':
				return {kind: 'block', problem: `stuck ${n}`, tried: ''};
			case 'delegate':
				return {kind: 'delegate', role: 'worker', title: field(input, 'to'), objective: field(input, 'to')};
			default:
				return undefined;
		}
	};

	const weigh = ({run}: Bench, agentId: AgentId, callId: CallId): Report => {
		const call = agentIn(run, agentId)?.calls.find(({id}) => id === callId);
		const n = field(call?.input, 'n');
		const control = controlOf(call?.tool ?? '', call?.input);
		const isAsked = control === undefined && field(call?.input, 'host') === '';
		const grant = field(call?.input, 'grant');
		return {
			type: 'call.weighed',
			agentId,
			callId,
			effect: control === undefined ? 'run' : 'control',
			verdict: isAsked ? {kind: 'ask', rule: 'commands ask'} : {kind: 'allow', rule: 'free'},
			preview: {title: `run ${n}`, body: `echo ${n}`, format: 'command'},
			control,
			...(isAsked && grant !== '' ? {grant} : {}),
		};
	};

	const perform = async (work: Work, bench: Bench): Promise<Report> => {
		switch (work.type) {
			case 'plan.draft': {
				const draft = {
					taskType: 'survey',
					steps: [
						{
							key: 'look',
							title: 'Look',
							role: 'worker',
							objective: 'Look.',
							files: [],
							acceptance: ['seen'],
							dependsOn: [],
							tier: 'haiku',
							toolBudget: 5,
						},
					],
				} as const;
				const reply = {kind: 'done', content: [], stopReason: 'end_turn', usage: noUsage} as const;
				return {...work, type: 'plan.drafted', reply, draft, problems: [], template: draft};
			}
			case 'turn.ask': {
				const uses = replyOf(bench, work.agentId);
				const content = uses.map(
					({name, input}, i): ReplyBlock => ({type: 'tool_use', useId: `${work.turnId}-${i}`, name, input}),
				);
				return {
					type: 'turn.replied',
					agentId: work.agentId,
					turnId: work.turnId,
					reply: {kind: 'done', content, stopReason: 'tool_use', usage: {...noUsage, input: 10, output: 10}},
				};
			}
			case 'call.weigh':
				return weigh(bench, work.agentId, work.callId);
			case 'call.run': {
				const {agentId, callId} = work;
				const call = agentIn(bench.run, agentId)?.calls.find(({id}) => id === callId);
				const host = field(call?.input, 'host');
				const reached = host === '' || (await bench.mayReach(host, `fetch(${host})`));
				const output = reached ? 'ok' : 'not reached';
				return {type: 'call.ended', agentId, callId, isError: !reached, output, touched: []};
			}
			case 'rule.keep':
				return {type: 'rule.kept', requestId: work.requestId, rule: work.rule, path: '/kept.yaml', problem: undefined};
			default:
				return work satisfies never;
		}
	};

	return {perform};
};
