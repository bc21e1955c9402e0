import {isDeepStrictEqual} from 'node:util';
import {z} from 'zod';
import {blocksOf, type ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {Evidence, Finding} from './invariants-evidence.ts';
import {type FileMarks, fileFindings} from './invariants-files.ts';
import {moneyFindings} from './invariants-money.ts';
import type {StoredEvent} from './invariants-rows.ts';

const shownRun = z.looseObject({
	status: z.string(),
	plan: z.looseObject({steps: z.array(z.looseObject({key: z.string(), status: z.string()}))}),
});

/** How a run that was shown ended, and its steps. */
export const endOf = (shown: unknown): {readonly status: string; readonly steps: readonly string[]} => {
	const {status, plan} = shownRun.parse(shown);
	return {status, steps: plan.steps.map(step => `${step.key} ${step.status}`).sort()};
};

/** Values of a field by how often each occurs. */
const countsOf = (values: readonly string[]): ReadonlyMap<string, number> => {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
};

const textIn = (event: StoredEvent, field: string): string => String(event.body[field]);

const sequenceFindings = (events: readonly StoredEvent[]): readonly Finding[] => {
	const [first] = events;
	const gap = events.find(({seq}, at) => seq !== (first?.seq ?? 1) + at);
	return gap === undefined ? [] : [{rule: 'sequence', words: `there is a gap before event ${gap.seq}`}];
};

const callFindings = (events: readonly StoredEvent[]): readonly Finding[] => {
	const of = (type: string) =>
		countsOf(events.filter(event => event.type === type).map(event => textIn(event, 'callId')));
	const [started, ended] = [of('call.started'), of('call.finished')];
	const findings: Finding[] = [];
	const uses = new Map<string, string>();
	for (const event of events) {
		if (event.type !== 'call.proposed') continue;
		const callId = textIn(event, 'callId');
		const what = `${callId} (${textIn(event, 'tool')}, ${textIn(event, 'useId')})`;
		const ends = ended.get(callId) ?? 0;
		if (ends !== 1) findings.push({rule: 'call ends', words: `${what} has ${ends} ends`});
		if ((started.get(callId) ?? 0) > 1) findings.push({rule: 'call started twice', words: `${what} was started twice`});
		const use = `${textIn(event, 'agentId')} ${textIn(event, 'useId')}`;
		const other = uses.get(use);
		if (other !== undefined) findings.push({rule: 'tool twice unmarked', words: `${what} is the same use as ${other}`});
		uses.set(use, callId);
	}
	return findings;
};

const stepFindings = (events: readonly StoredEvent[]): readonly Finding[] => {
	const spans = new Map<string, string[]>();
	for (const event of events) {
		if (event.type !== 'step.started' && event.type !== 'step.finished') continue;
		const step = textIn(event, 'stepId');
		spans.set(step, [...(spans.get(step) ?? []), event.type]);
	}
	return [...spans].flatMap(([step, span]): readonly Finding[] => {
		const finished = span.filter(type => type === 'step.finished').length;
		const redone = finished > 1 || (finished === 1 && span.at(-1) !== 'step.finished');
		return redone ? [{rule: 'finished step redone', words: `${step} went ${span.join(', ')}`}] : [];
	});
};

const requestFindings = (events: readonly StoredEvent[]): readonly Finding[] => {
	const closed = events.filter(({type}) => type === 'request.answered' || type === 'request.withdrawn');
	return [...countsOf(closed.map(event => textIn(event, 'requestId')))]
		.filter(([, count]) => count > 1)
		.map(([id, count]) => ({rule: 'request answered twice', words: `${id} was closed ${count} times`}));
};

const wrongInConversation = ({body}: ParsedRequest): string | undefined => {
	let open: readonly unknown[] = [];
	for (const [at, {role, content}] of body.messages.entries()) {
		if (role !== (at % 2 === 0 ? 'user' : 'assistant')) return `message ${at} is the ${role}'s`;
		const blocks = blocksOf(content);
		const results = blocks.flatMap(block => (block.type === 'tool_result' ? [block['tool_use_id']] : []));
		if (role === 'user' && !isDeepStrictEqual([...results].sort(), [...open].sort()))
			return `message ${at} answers ${results.join(', ')} instead of ${open.join(', ')}`;
		open = blocks.flatMap(block => (block.type === 'tool_use' ? [block['id']] : []));
	}
	return undefined;
};

const conversationFindings = ({requests, ledger}: Evidence): readonly Finding[] => [
	...requests.flatMap((request, at): readonly Finding[] => {
		const wrong = wrongInConversation(request);
		return wrong === undefined ? [] : [{rule: 'conversation', words: `in request ${at + 1}, ${wrong}`}];
	}),
	...ledger
		.filter(({status, problem}) => status === 400 && problem !== undefined)
		.map(({n, problem}): Finding => ({rule: 'conversation', words: `request ${n} was refused: ${problem}`})),
];

const endFindings = ({shown, replayed, expected, processesLeft}: Evidence): readonly Finding[] => {
	const findings: Finding[] = [];
	if (!isDeepStrictEqual(shown, replayed)) findings.push({rule: 'fold', words: 'replay shows another run than show'});
	if (expected !== undefined) {
		const end = endOf(shown);
		const {status, steps} = expected;
		if (!isDeepStrictEqual(end, {status, steps}))
			findings.push({rule: 'end', words: `ended ${end.status} with ${end.steps.join(', ')}`});
	}
	for (const line of processesLeft) findings.push({rule: 'process left', words: line});
	return findings;
};

/** The marks in the files of a run, compared with those of an uninterrupted one. */
const marksOf = ({events, files, expected}: Evidence): FileMarks | undefined =>
	expected === undefined ? undefined : {events, files, expected: expected.files};

/** Everything that does not hold of a run, by somebody who knows only what it left behind. */
export const findingsOf = (evidence: Evidence): readonly Finding[] => {
	const {events} = evidence;
	const marks = marksOf(evidence);
	return [
		...sequenceFindings(events),
		...callFindings(events),
		...stepFindings(events),
		...requestFindings(events),
		...conversationFindings(evidence),
		...moneyFindings(evidence),
		...endFindings(evidence),
		...(marks === undefined ? [] : fileFindings(marks)),
	];
};
