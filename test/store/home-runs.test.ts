import {expect, test} from 'vitest';
import type {Command} from '../../source/domain/command.ts';
import {decide} from '../../source/domain/decide.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {type Run, summarize} from '../../source/domain/run.ts';
import {homeRuns, standsSince} from '../../store/home/home-runs.ts';
import {makeRun} from '../support/make-run.ts';

const said = (run: Run, command: Command, at: number): Run => {
	const decision = decide(run, command, at);
	if (decision.kind === 'rejection') throw new Error(decision.rejection.message);
	return decision.events.reduce<Run>((next, event) => evolve(next, {runId: run.id, at, event}), run);
};

const homeRunOf = (run: Run) => {
	const facts = {runs: [summarize(run)], isCarried: true, archived: new Set<never>(), waiting: [], dayLimit: undefined};
	const [home] = homeRuns(facts);
	if (home === undefined) throw new Error('The run is not listed.');
	return home;
};

test('a run works since it began, since the last answer it waited for, or since it was resumed, whatever happens meanwhile', () => {
	const began = makeRun({stage: 'planning'});
	const planning = {...began, lastEventAt: began.createdAt + 5000};
	expect(homeRunOf(planning).word).toBe('working');
	expect(standsSince(homeRunOf(planning))).toBe(planning.createdAt);

	const {id: runId, ...proposed} = makeRun({stage: 'proposed'});
	const yesAt = proposed.lastEventAt + 60_000;
	const approved = said({id: runId, ...proposed}, {type: 'plan.approve', runId}, yesAt);
	const later = said(
		approved,
		{type: 'step.hold', runId, stepId: approved.plan?.order.at(-1) ?? 'step_x_1'},
		yesAt + 9000,
	);
	expect(homeRunOf(later).word).toBe('working');
	expect(standsSince(homeRunOf(later))).toBe(yesAt);

	const paused = said(later, {type: 'run.pause', runId}, yesAt + 20_000);
	expect(standsSince(homeRunOf(paused))).toBe(yesAt + 20_000);
	const resumed = said(paused, {type: 'run.resume', runId}, yesAt + 50_000);
	expect(standsSince(homeRunOf(resumed))).toBe(yesAt + 50_000);
});

test('of a run whose line does not say since when it works, the last event is told', () => {
	const began = makeRun({stage: 'planning'});
	const run = {...began, lastEventAt: began.createdAt + 5000};
	const {goesOnSince: _, ...older} = summarize(run);
	const [home] = homeRuns({runs: [older], isCarried: true, archived: new Set(), waiting: [], dayLimit: undefined});
	expect(home === undefined ? undefined : standsSince(home)).toBe(run.lastEventAt);
});
