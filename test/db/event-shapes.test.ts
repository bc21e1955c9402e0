import {expect, test} from 'vitest';
import {createCodec} from '../../db/codec.ts';
import {misshapen} from '../../db/event-shapes.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {eventWords} from '../../source/domain/event-words.ts';
import {simulate} from '../simulation/world.ts';
import {makeEvents} from '../support/make-run.ts';

const codec = createCodec();

/** As it comes back from where it was stored. */
const stored = ({seq, ...happening}: Stamped): RunEvent => codec.decode({...codec.encode(happening), seq}).event;

test('whatever happens in a hundred worlds has the form of its type, and everything happens', () => {
	const events = Array.from({length: 100}, (_, seed) => simulate(seed).log).flat();
	for (const stamped of [...events, ...makeEvents({steps: 9})]) {
		const event = stored(stamped);
		const problem = misshapen(event);
		expect(problem === undefined ? '' : `${event.type}: ${problem}: ${JSON.stringify(event)}`).toBe('');
	}
	// No world takes in a run of another one.
	expect([...new Set(events.map(({event}) => event.type)), 'run.imported'].sort()).toEqual(
		Object.keys(eventWords).sort(),
	);
});

test('the first thing that is wrong is named with its place', () => {
	const event: unknown = {type: 'agent.changed', agentId: 'agent_x_1', tools: ['read_file', 7], more: 'passed over'};
	expect(misshapen(event as RunEvent)).toMatch(/^tools\.1: .*string/);
	expect(misshapen({type: 'step.held'} as RunEvent)).toMatch(/^stepId: /);
	expect(misshapen({type: 'run.resumed'})).toBeUndefined();
});
