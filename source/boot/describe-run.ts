import {age} from '../../components/parts/age.ts';
import {agentPath} from '../../components/parts/agent-path.ts';
import {agentState} from '../../components/parts/agent-state.ts';
import {amount} from '../../components/parts/amount.ts';
import {limitUses} from '../../components/parts/limit-use.ts';
import {dollars, money} from '../../components/parts/money.ts';
import {packetWord} from '../../components/parts/packet-word.ts';
import {receiptWords} from '../../components/parts/receipt.ts';
import {stepCosts} from '../../components/parts/step-costs.ts';
import {stepState} from '../../components/parts/step-state.ts';
import type {Lane} from '../domain/lane.ts';
import type {Packet} from '../domain/packet.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Request} from '../domain/request.ts';
import {openRequests, type Run} from '../domain/run.ts';
import type {Step} from '../domain/step.ts';
import {totalTokens} from '../domain/usage.ts';
import {limitUnits} from './limit-unit.ts';
import {localTime} from './local-time.ts';
import {type RunSurroundings, spentOf} from './present.ts';
import {askerOf, askInOneLine, blockedBy} from './request-words.ts';
import {table} from './table.ts';

const charactersMax = 100;

export const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** The first line of a text, or its beginning. */
export const firstWords = (text: string): string => {
	const line = firstLine(text);
	return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1)}…`;
};

/** The commands that lead to what waits. Of a run that is not at work the first is to take it up. */
const answerWords = (run: Run, status: RunSurroundings['status']): string =>
	status === 'interrupted'
		? `flotilla resume ${run.id}`
		: `flotilla inbox --run ${run.id}, or in its window: flotilla attach ${run.id}`;

/** A part of the description; without lines it is left out. */
type Section = {readonly title: string; readonly lines: readonly string[]};

/** What came of a step; of one from which nothing has come yet, what it is about. */
const resultWords = (step: Step): string => {
	const {status} = step;
	switch (status.kind) {
		case 'done':
			return `${packetWord(status.packet)}: ${firstLine(status.packet.summary)}`;
		case 'failed':
			return firstLine(status.failure.message);
		case 'rejected':
		case 'skipped':
			return firstLine(status.reason === '' ? step.title : status.reason);
		case 'proposed':
		case 'held':
		case 'approved':
		case 'split':
		case 'working':
			return step.title;
		default:
			return status satisfies never;
	}
};

/** The steps of a run, in as many columns as there are. */
export const stepTable = (run: Run, columns: number | undefined): string => {
	const costs = stepCosts(run);
	return table(
		[
			['STEP', 'STATE', 'ROLE', 'NEEDS', 'GUESS', 'COST', 'TITLE OR RESULT'],
			...stepsOf(run.plan).map(step => {
				const cost = costs.get(step.id);
				return [
					step.key,
					stepState(run, step).word,
					step.role,
					step.dependsOn.map(id => run.plan?.steps[id]?.key ?? id).join(', ') || '-',
					step.estimate === undefined ? 'unpriced' : dollars(step.estimate),
					cost === undefined ? '-' : money(cost),
					resultWords(step),
				];
			}),
		],
		{columns, cut: {'TITLE OR RESULT': 24, NEEDS: 8, STEP: 12}, spare: ['GUESS', 'ROLE', 'NEEDS']},
	);
};

const agentTable = (run: Run, now: number, columns: number | undefined): string =>
	table(
		[
			['AGENT', 'STATE', 'MODEL', 'TURNS', 'CALLS', 'TOKENS', 'COST', 'ID'],
			...run.agents.map(agent => [
				agentPath(run, agent),
				agentState(run, agent, now).word,
				agent.model.id,
				String(agent.turns),
				String(agent.callsMade),
				String(totalTokens(agent.usage)),
				money(agent),
				agent.id,
			]),
		],
		{columns, cut: {AGENT: 20}, spare: ['ID', 'CALLS', 'TURNS', 'MODEL']},
	);

export const limitLines = (run: Run, {elsewhere}: Pick<RunSurroundings, 'elsewhere'>): readonly string[] =>
	limitUses(run, elsewhere).map(({scope, what, limit, used, held}) => {
		const set = held === 0 ? '' : `, ${amount(what, held)} set aside`;
		return `${scope}.${limitUnits[what]}: ${amount(what, used)} of ${amount(what, limit)}${set}`;
	});

export const laneLines = (run: Run): readonly string[] =>
	Object.values(run.lanes).flatMap(({name, state, width}: Lane) => {
		const atOnce = width === undefined ? '' : `, ${width} at once`;
		switch (state.kind) {
			case 'open':
				return width === undefined ? [] : [`${name}: open${atOnce}`];
			case 'paused':
				return [`${name}: paused until ${localTime(state.until)}${atOnce}: ${state.failure.message}`];
			case 'closed':
				return [`${name}: closed: ${state.failure.message}`];
			default:
				return state satisfies never;
		}
	});

const checkWords = (packet: Packet): readonly string[] => [
	`${packetWord(packet)}${packet.reason === undefined ? '' : `, ${packet.reason}`}`,
	...(packet.checks ?? []).map(({name, command, outcome}) => `  ${outcome}: ${name} (${command})`),
];

const verificationLines = (run: Run): readonly string[] =>
	stepsOf(run.plan).flatMap(({key, status}) => {
		if (status.kind !== 'done') return [];
		const {reason, checks = []} = status.packet;
		if (reason === undefined && checks.length === 0) return [];
		const [first = '', ...rest] = checkWords(status.packet);
		return [`${key}: ${first}`, ...rest];
	});

const messageLines = (run: Run): readonly string[] =>
	run.agents.flatMap(({name, read, mailbox}) =>
		[...read, ...mailbox]
			.filter(({from}) => from === 'person')
			.map(({state, text}) => `to ${name}, ${receiptWords[state]}: ${firstWords(text)}`),
	);

export const requestLine = (run: Run, request: Request, now: number): string => {
	const asker = askerOf(run, request);
	const blocked = blockedBy(run, request);
	const stands = [
		`for ${age(now - request.openedAt)}`,
		...(blocked.length === 0 ? [] : [`blocks ${blocked.join(', ')}`]),
		...(request.overdueAt === undefined ? [] : ['overdue']),
	];
	return `${asker === undefined ? '' : `${asker}: `}${firstWords(askInOneLine(request.ask))} (${stands.join('; ')})`;
};

/** A run in words: what a person wants to know of it without a window. `now` is ms since 1970; its tables fit `columns`. */
export const describeRun = (
	run: Run,
	surroundings: RunSurroundings,
	now: number,
	columns: number | undefined,
): string => {
	const {ledger} = run;
	const {files, status} = surroundings;
	const reason = run.status.kind === 'ended' ? ` (${run.status.reason})` : '';
	const waiting = openRequests(run);
	const sections: readonly Section[] = [
		{title: 'Limits:', lines: limitLines(run, surroundings)},
		{title: 'Lanes:', lines: laneLines(run)},
		{title: 'Checked:', lines: verificationLines(run)},
		{title: 'Messages:', lines: messageLines(run)},
		{
			title: 'Produced:',
			lines: stepsOf(run.plan).flatMap(({key, status}) =>
				status.kind === 'done' ? status.packet.produced.map(path => `${path}  (${key})`) : [],
			),
		},
		{
			title: 'Written:',
			lines: files.filter(file => file.written.length > 0).map(file => `${file.path}  (${file.written.join(', ')})`),
		},
		{
			title: `${waiting.length} waiting for you: ${answerWords(run, status)}`,
			lines: waiting.map(request => requestLine(run, request, now)),
		},
	];
	return [
		`${run.id}  ${status}${reason}`,
		`goal: ${run.goal}`,
		`folder: ${run.settings.dir}`,
		`cost: ${money(spentOf(run))}, ${totalTokens(ledger.usage)} tokens`,
		'',
		stepTable(run, columns),
		'',
		agentTable(run, now, columns),
		...sections
			.filter(({lines}) => lines.length > 0)
			.flatMap(({title, lines}) => ['', title, ...lines.map(line => `  ${line}`)]),
	].join('\n');
};
