import {isDeepStrictEqual} from 'node:util';
import {z} from 'zod';
import {conversationFindings} from './invariants-conversation.ts';
import {eventFindings} from './invariants-events.ts';
import type {Evidence, Finding} from './invariants-evidence.ts';
import {type FileMarks, fileFindings} from './invariants-files.ts';
import {moneyFindings} from './invariants-money.ts';

const shownRun = z.looseObject({
	status: z.string(),
	plan: z.looseObject({steps: z.array(z.looseObject({key: z.string(), status: z.string()}))}),
});

/** How a run that was shown ended, and its steps. */
export const endOf = (shown: unknown): {readonly status: string; readonly steps: readonly string[]} => {
	const {status, plan} = shownRun.parse(shown);
	return {status, steps: plan.steps.map(step => `${step.key} ${step.status}`).sort()};
};

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
		...eventFindings(events, true),
		...conversationFindings(evidence),
		...moneyFindings(evidence),
		...endFindings(evidence),
		...(marks === undefined ? [] : fileFindings(marks)),
	];
};
