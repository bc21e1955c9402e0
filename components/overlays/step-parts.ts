import type {CallOutcome} from '../../source/domain/call.ts';
import {hasBegun} from '../../source/domain/change-plan.ts';
import {quantities} from '../../source/domain/limits.ts';
import type {CheckResult} from '../../source/domain/packet.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {amount} from '../parts/amount.ts';
import {isFree} from '../parts/is-free.ts';
import {packetWord} from '../parts/packet-word.ts';
import {stepCostWords} from '../parts/step-costs.ts';
import {workWords} from '../parts/step-progress.ts';
import {stepState} from '../parts/step-state.ts';
import {stepsBehind} from '../parts/steps-behind.ts';
import {sanitiseToTake} from '../text/sanitise.ts';
import type {Mark} from '../theme.ts';

/** What is known of a step under a title of its own. */
export type StepPart =
	| {readonly kind: 'texts'; readonly title: string; readonly texts: readonly string[]}
	| {readonly kind: 'checks'; readonly title: string; readonly checks: readonly CheckResult[]};

export const outcomes: Readonly<Record<CallOutcome, {readonly mark: Mark; readonly word: string}>> = {
	ok: {mark: 'done', word: 'passed'},
	error: {mark: 'failed', word: 'failed'},
	denied: {mark: 'stopped', word: 'not allowed'},
	cancelled: {mark: 'stopped', word: 'cancelled'},
	unknown: {mark: 'unknown', word: 'outcome unknown'},
};

/** What waits for the step, and what it may use. */
const bounds = (run: Run, step: Step): string => {
	const behind = run.plan === undefined ? 0 : stepsBehind(run.plan, step.id);
	const own = quantities.flatMap(what => {
		const limit = step.allowance[what];
		return limit === undefined ? [] : [amount(what, limit)];
	});
	return [
		`at most ${[`${step.toolBudget} tool calls`, ...own].join(', ')}`,
		...(behind === 0 ? [] : [`${behind} ${behind === 1 ? 'step waits' : 'steps wait'} for it`]),
	].join(' · ');
};

/** Its bounds, its work and its cost, a line each. */
export const stepFacts = (run: Run, step: Step, now: number): readonly string[] => [
	bounds(run, step),
	...(hasBegun(run, step) ? [workWords(run, step, now)] : []),
	...(isFree(run) ? [] : [stepCostWords(run, step)]),
];

const texts = (title: string, ...all: readonly string[]): StepPart => ({kind: 'texts', title, texts: all});

const list = (title: string, items: readonly string[]): StepPart => texts(title, ...items.map(text => `- ${text}`));

const keysOf = ({plan}: Run, ids: Step['dependsOn']): string => ids.map(id => plan?.steps[id]?.key ?? id).join(', ');

const endOf = (run: Run, {status}: Step): readonly StepPart[] => {
	switch (status.kind) {
		case 'rejected':
			return [texts('Rejected', status.reason)];
		case 'skipped':
			return [texts('Skipped', status.reason)];
		case 'split':
			return [texts('Split into', keysOf(run, status.into))];
		case 'failed':
			return [texts('Failed', status.failure.message)];
		case 'done': {
			const {packet} = status;
			const {reason, summary, checks = [], findings, produced, risks} = packet;
			return [
				texts(`Report: ${packetWord(packet)}${reason === undefined ? '' : `, ${reason}`}`, summary),
				{kind: 'checks', title: 'Checks', checks},
				list('Found', findings),
				list('Written', produced),
				list('Risks', risks),
			];
		}
		case 'proposed':
		case 'held':
		case 'approved':
		case 'working':
			return [];
		default:
			return status satisfies never;
	}
};

const isEmpty = (part: StepPart): boolean => (part.kind === 'checks' ? part.checks : part.texts).length === 0;

/** What a step is to do, and what came of it; nothing that is empty. */
export const stepParts = (run: Run, step: Step): readonly StepPart[] =>
	[
		texts('Objective', step.objective),
		list('Done when', step.acceptance),
		list('Files', step.files),
		texts('Needs', ...(step.dependsOn.length === 0 ? [] : [keysOf(run, step.dependsOn)])),
		...endOf(run, step),
	].filter(part => !isEmpty(part));

const checkText = ({name, command, outcome, output}: CheckResult): string =>
	[`${name} ${outcomes[outcome].word}  ${command}`, ...(output.trim() === '' ? [] : [output.trimEnd()])].join('\n');

/** All that is known of a step as a person would paste it. */
export const stepToCopy = (run: Run, step: Step, now: number): string =>
	sanitiseToTake(
		[
			step.title,
			`${stepState(run, step).word}  ${step.role} · ${step.tier}`,
			...stepFacts(run, step, now),
			...stepParts(run, step).flatMap(part => [
				'',
				part.title,
				...(part.kind === 'checks' ? part.checks.map(checkText) : part.texts),
			]),
		].join('\n'),
	);
