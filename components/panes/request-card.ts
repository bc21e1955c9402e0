import {callOf} from '../../source/domain/agent.ts';
import type {Preview} from '../../source/domain/call.ts';
import type {Request} from '../../source/domain/request.ts';
import {agentIn, agentsOnLane, type Run, stepOf} from '../../source/domain/run.ts';
import {builtInKeys, type Keymap} from '../../store/keymap.ts';
import {choicesOf, grantOf} from '../../store/request-choices.ts';
import {sayKey} from '../../store/say-key.ts';
import {risksOfStep} from '../../store/step-outlook.ts';
import {age} from '../parts/age.ts';
import {agentPath} from '../parts/agent-path.ts';
import {answerWords, askWords, markedWords} from '../parts/ask-words.ts';
import {estimateWords} from '../parts/estimate.ts';
import {dollars, money} from '../parts/money.ts';
import {riskWords} from '../parts/outlook-words.ts';
import {stepState} from '../parts/step-state.ts';
import {stepsBehind} from '../parts/steps-behind.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import type {Line} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import type {Tone} from '../theme.ts';
import {planRows} from './plan-tree.ts';
import {previewLines} from './preview-lines.ts';

/** How the thing itself is drawn: comparing words and reading shell lines may be remembered elsewhere. */
export type PreviewOf = (preview: Preview, width: number) => readonly Line[];

const wrapped = (text: string, width: number, tone: Tone = 'plain'): readonly Line[] =>
	textRows(sanitiseLine(text), width, tone);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Who asks, behind those it works for. */
export const whoAlone = (run: Run, {agentId}: Request): string => {
	const agent = agentIn(run, agentId);
	return agent === undefined ? 'flotilla' : agentPath(run, agent);
};

/** Who asks, and for which step. */
export const whoAsks = (run: Run, request: Request): string => {
	const step = agentIn(run, request.agentId) === undefined ? undefined : stepOf(run, request.stepId);
	return `${whoAlone(run, request)}${step === undefined ? '' : ` (${step.key})`}`;
};

/** How many steps stand still until there is an answer, beside the one of the agent that asks. */
export const stepsHeld = ({plan}: Run, {stepId}: Request): number =>
	stepId === undefined || plan === undefined ? 0 : stepsBehind(plan, stepId);

/** What stands still until there is an answer. */
const blockedBy = (run: Run, request: Request): string => {
	const {ask, agentId, stepId} = request;
	const agent = agentIn(run, agentId);
	if (ask.kind === 'plan') return 'every step that is not approved';
	if (ask.kind === 'lane')
		return `${counted(agentsOnLane(run, ask.lane).length, 'agent')} and every step on ${ask.lane}`;
	if (agent === undefined) return 'the whole run';
	const step = stepOf(run, stepId);
	const behind = stepsHeld(run, request);
	return [
		agent.name,
		...(step === undefined ? [] : [`its step ${step.key}`]),
		...(behind === 0 ? [] : [`${counted(behind, 'step')} behind it`]),
	].join(', ');
};

/** How long it waits, whether it was seen, what the asker has cost. */
const standing = (run: Run, request: Request, now: number): string => {
	const agent = agentIn(run, request.agentId);
	return [
		`asked ${age(now - request.openedAt)} ago`,
		request.seenAt === undefined ? 'not seen before' : `first seen ${age(now - request.seenAt)} ago`,
		...(request.overdueAt === undefined ? [] : ['overdue']),
		...(agent === undefined ? [] : [`cost so far ${money(agent)}`]),
	].join(' · ');
};

const planLines = (run: Run, width: number): readonly Line[] => {
	const rows = planRows(run.plan);
	const isOpen = rows.some(({step}) => step.status.kind === 'proposed');
	return [
		...wrapped(estimateWords(run), width, 'strong'),
		...rows.flatMap(({step, branches}) => {
			const name = `${branches}${step.key}  ${step.title}`;
			// A yes does nothing to a step that was decided on by itself.
			if (isOpen && step.status.kind !== 'proposed')
				return wrapped(`${name}  (${stepState(run, step).word})`, width, 'muted');
			const cost = step.estimate === undefined ? [] : [`~${dollars(step.estimate)}`];
			return wrapped([name, ...cost, riskWords(risksOfStep(run, step))].join('  '), width);
		}),
	];
};

/** A command that runs already wants to reach the host. */
const hostLines = (run: Run, request: Request, host: string, width: number): readonly Line[] => {
	const agent = agentIn(run, request.agentId);
	const call =
		'callId' in request.ask && agent !== undefined && request.ask.callId !== undefined
			? callOf(agent, request.ask.callId)
			: undefined;
	const title = call?.preview?.title;
	return [
		...wrapped(`Host: ${host}`, width, 'strong'),
		...(title === undefined ? [] : wrapped(`Wanted by: ${title}`, width)),
	];
};

/** The thing itself: what would be done, in full. */
const bodyOf = (run: Run, request: Request, previewOf: PreviewOf, width: number): readonly Line[] => {
	const {ask} = request;
	switch (ask.kind) {
		case 'plan':
			return planLines(run, width);
		case 'call':
		case 'unknown':
			return previewOf(ask.preview, width);
		case 'blocker':
			return ask.tried === '' ? [] : wrapped(`Tried: ${ask.tried}`, width);
		case 'question':
		case 'budget':
		case 'lane':
			return [];
		case 'network':
			return hostLines(run, request, ask.host, width);
		default:
			return ask satisfies never;
	}
};

/** Why it is asked at all, and what a yes for longer would add. */
const ruleLines = (request: Request, keymap: Keymap, width: number): readonly Line[] => {
	const {ask} = request;
	const rule = grantOf(request);
	return [
		...(ask.kind === 'call' ? wrapped(`Asked because of: ${ask.rule} (${ask.tool})`, width, 'muted') : []),
		...(rule === undefined ? [] : wrapped(`${sayKey(keymap, 'request.allowMore')} would add: ${rule}`, width, 'muted')),
	];
};

/**
 * All that is known of a request: the exact ask, who asks, since when, what it holds up, the rule that decided, the
 * keys that answer it, what would be done.
 */
export const requestCard = (
	run: Run,
	request: Request,
	now: number,
	width: number,
	previewOf: PreviewOf = previewLines,
	keymap: Keymap = builtInKeys,
	markedCount = 0,
): readonly Line[] => {
	const body = bodyOf(run, request, previewOf, width);
	return [
		...wrapped(askWords(run, request.ask), width, 'strong'),
		...choicesOf(request).flatMap(({words}, i) => wrapped(`${i + 1}. ${words}`, width)),
		...wrapped(markedCount > 0 ? markedWords(markedCount, keymap) : answerWords(request.ask, keymap), width, 'you'),
		...wrapped(`${whoAsks(run, request)} · ${standing(run, request, now)}`, width, 'muted'),
		...wrapped(`Blocks ${blockedBy(run, request)}`, width, 'muted'),
		...ruleLines(request, keymap, width),
		...(body.length === 0 ? [] : [[], ...body]),
	];
};
