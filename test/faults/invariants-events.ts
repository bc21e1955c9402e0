import type {Finding} from './invariants-evidence.ts';
import type {StoredEvent} from './invariants-rows.ts';

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

const callFindings = (events: readonly StoredEvent[], isOver: boolean): readonly Finding[] => {
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
		const waits = !isOver && ends === 0 && !started.has(callId);
		if (ends !== 1 && !waits) findings.push({rule: 'call ends', words: `${what} has ${ends} ends`});
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

/** What does not hold of the events by themselves. Of a run that is not over, calls may wait for a person. */
export const eventFindings = (events: readonly StoredEvent[], isOver: boolean): readonly Finding[] => [
	...sequenceFindings(events),
	...callFindings(events, isOver),
	...stepFindings(events),
	...requestFindings(events),
];
