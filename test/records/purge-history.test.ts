import {describe, expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {AgentId} from '../../source/domain/id.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests, type Run, runWord, stepWord} from '../../source/domain/run.ts';
import {purgeHistory} from '../../source/records/purge-history.ts';
import {draftOf, drive, runId, settings, stepDraft, uses} from '../domain/drive.ts';
import {makeEvents} from '../support/make-run.ts';

const fold = (events: readonly Stamped[]): Run => {
	let run: Run | undefined;
	for (const stamped of events) run = evolve(run, stamped);
	if (run === undefined) throw new Error('There was nothing to fold.');
	return run;
};

const purged = (events: readonly Stamped[], agentId?: AgentId): readonly Stamped[] => {
	const replaced = new Map(purgeHistory(events, agentId).map(stamped => [stamped.seq, stamped]));
	return events.map(stamped => replaced.get(stamped.seq) ?? stamped);
};

/** All that a person decides by, and all money. */
const states = (run: Run) => ({
	word: runWord(run),
	status: run.status.kind,
	steps: stepsOf(run.plan).map(step => [step.id, step.key, stepWord(run, step), step.estimate]),
	agents: run.agents.map(agent => [
		agent.id,
		agent.status.kind,
		// What the model has not read yet is guessed from texts, which are gone.
		agent.turn === undefined ? undefined : {...agent.turn, reads: undefined},
		agent.turns,
		agent.usage,
		agent.settled,
		agent.estimated,
		agent.calls.map(call => [call.id, call.status.kind]),
	]),
	requests: openRequests(run).map(request => [request.id, request.ask.kind]),
	ledger: run.ledger,
	spent: run.spent,
	counts: run.counts,
});

/** Every text in an event but those that name things: ids, kinds, paths and the like have no blanks. */
const sentences = (value: unknown): readonly string[] => {
	if (typeof value === 'string') return /\s/.test(value.trim()) ? [value] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentences) : [];
};

const histories = [
	{stage: 'planning'},
	{stage: 'proposed'},
	{stage: 'working', steps: 14, agents: 16},
	{stage: 'done', steps: 8},
] as const;

describe.each(histories)('a history that is $stage', options => {
	const events = makeEvents({...options, goal: 'Survey the harbour'});

	test('folds to the same states and money when the whole run is purged', () => {
		expect(states(fold(purged(events)))).toEqual(states(fold(events)));
	});

	test('folds to the same states and money when any one agent is purged', () => {
		const run = fold(events);
		for (const {id} of run.agents) expect(states(fold(purged(events, id)))).toEqual(states(run));
	});

	test('keeps no sentence but the rules that decided', () => {
		const rules = new Set(['reading is free', 'writing asks in mode ask']);
		const left = purged(events).flatMap(({event}) => sentences(event).filter(text => !rules.has(text)));
		expect(left).toEqual([]);
	});
});

test('of one agent, its own words go, and what others were given of them; the words of others stay', () => {
	const events = makeEvents({stage: 'done', steps: 5}).map((stamped): Stamped => {
		const {event} = stamped;
		return event.type === 'request.answered' && event.answer.kind === 'text'
			? {...stamped, event: {...event, answer: {kind: 'text', text: 'the old harbour'}}}
			: stamped;
	});
	const scout = fold(events).agents.find(agent => agent.assignment.role === 'scout');
	if (scout === undefined) throw new Error('The made run has no scout.');
	const packet = 'Look over the folder: 12 files read, nothing amiss.';
	expect(JSON.stringify(events)).toContain(packet);
	const after = purged(events, scout.id);
	expect(JSON.stringify(after)).not.toContain(packet);
	expect(JSON.stringify(after)).toContain('Write the report: 12 files read, nothing amiss.');
	expect(purgeHistory(events, 'agent_made01_99')).toEqual([]);
});

describe('of an agent that helped another one, or was helped', () => {
	const scout = settings.roles['scout'];
	const roles = {...settings.roles, ...(scout === undefined ? {} : {manager: {...scout, name: 'manager'}})};

	const stopped = () => {
		const driven = drive({roles});
		driven.plan(draftOf(stepDraft('a')));
		for (;;) {
			driven.reply('scout-1', uses('read_file'));
			if (driven.agent('scout-1').status.kind === 'blocked') return driven;
			driven.weigh('scout-1', 0, 'read');
			driven.endCall('scout-1', 0);
		}
	};

	const textAfter = (driven: ReturnType<typeof drive>, name: string): string => {
		const history = driven.events.map((event, i): Stamped => ({seq: i + 1, at: 0, runId, cause: 'test', event}));
		return JSON.stringify(purged(history, driven.agent(name).id));
	};

	test('the message goes in which its report was handed on', () => {
		const driven = stopped();
		driven.finish('manager-1', {summary: 'Read the old harbour.'});
		expect(JSON.stringify(driven.events)).toContain('manager-1 reports');
		expect(textAfter(driven, 'manager-1')).not.toContain('old harbour');
	});

	test('the reason goes why a person is asked instead', () => {
		const driven = stopped();
		driven.finish('manager-1', {status: 'FAIL', summary: 'Read the old harbour.'});
		expect(driven.asked('blocker').ask).toMatchObject({tried: expect.stringContaining('old harbour')});
		expect(textAfter(driven, 'manager-1')).not.toContain('old harbour');
	});

	test('what it told its helpers to do goes', () => {
		const driven = stopped();
		expect(driven.agent('manager-1').assignment.objective).toContain('Reach a.');
		const created = JSON.parse(textAfter(driven, 'scout-1')).find(
			({event}: Stamped) => event.type === 'agent.created' && event.name === 'manager-1',
		);
		expect(created.event.assignment).toMatchObject({title: '[purged]', objective: '[purged]'});
	});
});
