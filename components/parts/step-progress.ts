import {checkTool} from '../../source/domain/call.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {age} from './age.ts';
import {isFree} from './is-free.ts';
import {dollars, money} from './money.ts';
import {stepCosts} from './step-costs.ts';
import {expectDurations, tookMs} from './step-forecast.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `1 of 2 checks`: those that passed, of those there were so far; empty when there were none. */
const checkWords = (run: Run, {status}: Step): string => {
	const outcomes =
		status.kind === 'done'
			? (status.packet.checks ?? []).map(({outcome}) => outcome)
			: status.kind === 'working'
				? (agentIn(run, status.agentId)?.calls ?? [])
						.filter(({tool}) => tool === checkTool)
						.map(call => (call.status.kind === 'ended' ? call.status.outcome : undefined))
				: [];
	const passed = outcomes.filter(outcome => outcome === 'ok').length;
	return outcomes.length === 0 ? '' : `${passed} of ${counted(outcomes.length, 'check')} passed`;
};

/** How long it has taken, of how long it may take: `40s of ~1m`. What nobody can guess is `?`, or is left out. */
export const durationWords = (run: Run, step: Step, now: number): string => {
	const spent = step.status.kind === 'working' ? now - step.status.startedAt : tookMs(step);
	const expected = expectDurations(run)(step);
	const guess = expected === undefined ? undefined : `~${age(expected)}`;
	if (step.status.kind === 'done' || step.status.kind === 'failed') return age(spent ?? 0);
	if (spent === undefined) return guess ?? '?';
	return guess === undefined ? age(spent) : `${age(spent)} of ${guess}`;
};

const costWords = (run: Run, step: Step): string => {
	const spent = stepCosts(run).get(step.id);
	const guess = step.estimate === undefined ? undefined : `~${dollars(step.estimate)}`;
	if (spent === undefined) return guess ?? '?';
	return guess === undefined ? money(spent) : `${money(spent)} of ${guess}`;
};

/** How long a step took beside what was guessed, and what its agents did. */
export const workWords = (run: Run, step: Step, now: number): string => {
	const agents = run.agents.filter(({stepId}) => stepId === step.id);
	const turns = agents.reduce((sum, agent) => sum + agent.turns, 0);
	const calls = agents.reduce((sum, agent) => sum + agent.callsMade, 0);
	return [
		durationWords(run, step, now),
		...(agents.length === 0 ? [] : [counted(turns, 'turn'), `${calls} of at most ${counted(step.toolBudget, 'call')}`]),
		checkWords(run, step),
	]
		.filter(words => words !== '')
		.join(' · ');
};

/** How far a step is, with its cost beside what was guessed. */
export const progressWords = (run: Run, step: Step, now: number): string =>
	[workWords(run, step, now), ...(isFree(run) ? [] : [costWords(run, step)])].join(' · ');
