import type {Finding} from './invariants-evidence.ts';
import type {StoredEvent} from './invariants-rows.ts';

export type FileMarks = {
	readonly events: readonly StoredEvent[];
	readonly files: ReadonlyMap<string, string>;
	readonly expected: ReadonlyMap<string, string>;
};

/** The inputs of the calls of which nobody knows the outcome, as text. */
const unknownInputs = (events: readonly StoredEvent[]): readonly string[] => {
	const unknown = new Set(
		events
			.filter(({type, body}) => type === 'call.finished' && body['outcome'] === 'unknown')
			.map(({body}) => body['callId']),
	);
	return events
		.filter(({type, body}) => type === 'call.proposed' && unknown.has(body['callId']))
		.map(({body}) => JSON.stringify(body['input']));
};

const linesOf = (text: string | undefined): readonly string[] => (text ?? '').split('\n').filter(line => line !== '');

const timesIn = (lines: readonly string[], mark: string): number => lines.filter(line => line === mark).length;

/**
 * Every line of the files is the mark of one call. A line too many is a call that ran twice, a line too few one that
 * was lost. Calls that are marked as unknown may have run once more than they should.
 */
export const fileFindings = ({events, files, expected}: FileMarks): readonly Finding[] => {
	const unknown = unknownInputs(events);
	const findings: Finding[] = [];
	for (const name of new Set([...files.keys(), ...expected.keys()])) {
		if (!expected.has(name)) {
			findings.push({rule: 'files', words: `${name} should not be there`});
			continue;
		}
		const [are, should] = [linesOf(files.get(name)), linesOf(expected.get(name))];
		for (const mark of new Set([...are, ...should])) {
			const [times, due] = [timesIn(are, mark), timesIn(should, mark)];
			if (times < due) findings.push({rule: 'tool lost', words: `${mark} is missing in ${name}`});
			if (times > due && !unknown.some(input => input.includes(mark)))
				findings.push({rule: 'tool twice unmarked', words: `${mark} is ${times} times in ${name}`});
		}
	}
	return findings;
};

/** How many marks are there once too often, each of a call that is marked as unknown. */
export const repeatedMarks = ({files, expected}: FileMarks): number => {
	let repeated = 0;
	for (const [name, text] of expected) {
		const [are, should] = [linesOf(files.get(name)), linesOf(text)];
		for (const mark of new Set(are)) repeated += Math.max(0, timesIn(are, mark) - timesIn(should, mark));
	}
	return repeated;
};
