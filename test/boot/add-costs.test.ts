import {describe, expect, it} from 'vitest';
import {addCosts, totalOf} from '../../source/boot/add-costs.ts';
import {csv} from '../../source/boot/csv.ts';
import {costKeys} from '../../source/boot/flags.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeEvents} from '../support/make-run.ts';

const events = makeEvents({steps: 12});
const fold = (history: readonly Stamped[]): Run | undefined =>
	history.reduce<Run | undefined>((run, stamped) => evolve(run, stamped), undefined);

describe('costs', () => {
	it.each(costKeys)('by %s add up to what the run has spent', by => {
		const {ledger, spent} = fold(events) ?? expect.fail('no run');
		expect(totalOf(addCosts(events, by))).toMatchObject({
			settled: ledger.settled,
			estimated: ledger.estimated,
			unpricedTurns: ledger.unpricedTurns,
			usage: ledger.usage,
			turns: spent.turns,
		});
	});

	it('by agent are those of the agents', () => {
		const run = fold(events);
		for (const {key, label, settled, estimated, usage} of addCosts(events, 'agent'))
			expect(run?.agents.find(({id}) => id === key)).toMatchObject({name: label, settled, estimated, usage});
	});

	it('by step have words for what was spent beside the plan, as on the planner', () => {
		expect(addCosts(events, 'step')[0]).toMatchObject({key: '', label: 'beside the plan'});
		expect(
			addCosts(events, 'step')
				.slice(1)
				.every(({key}) => key.startsWith('step_')),
		).toBe(true);
	});

	it('go to the model that was asked, also when the agent has another one by then', () => {
		const place = events.findIndex(({event}) => event.type === 'turn.finished' && event.agentId.endsWith('_2'));
		const finished = events[place]?.event;
		const created = events.find(({event}) => event.type === 'agent.created')?.event;
		if (finished?.type !== 'turn.finished' || created?.type !== 'agent.created') throw new Error('no turn');
		const changed: RunEvent = {
			type: 'agent.changed',
			agentId: finished.agentId,
			model: {...created.model, id: 'another'},
			tools: undefined,
			instructions: undefined,
		};
		const stamp = {seq: 0, at: 0, runId: 'run_made01', cause: 'test'} as const;
		const history = [...events.slice(0, place), {...stamp, event: changed}, ...events.slice(place)];
		const before = addCosts(events, 'model').find(({key}) => key === 'claude-haiku-5-5');
		const rows = addCosts(history, 'model');
		expect(rows.find(({key}) => key === 'claude-haiku-5-5')?.turns).toBe(1);
		expect(rows.find(({key}) => key === 'another')?.turns).toBe((before?.turns ?? 0) - 1);
	});
});

describe('comma-separated values', () => {
	it('quote what would divide, and end every line as the standard has it', () => {
		expect(
			csv([
				['a', 'b'],
				['say "no", twice', 1.5],
				['two\nlines', null],
			]),
		).toBe('a,b\r\n"say ""no"", twice",1.5\r\ntwo lines,\r\n');
		expect(csv([['\u001b[31mred']])).toBe('red\r\n');
	});
});
