import {describe, expect, it} from 'vitest';
import {httpFaults} from './http-faults.ts';
import {inTurn, tryFaults} from './http-part.ts';

/** One of each kind, so that the tests stay quick; `npm run faults` tries all of them at every request. */
const sample = [
	'429, retry-after 2 s',
	'529',
	'502, a page',
	'401',
	'403, no credit',
	'refused',
	'reset before headers',
	'reset after 5 events',
	'silent within',
	'an event is no JSON',
	'disorder: stopped first',
	'empty body',
	'a page instead of a stream',
	'error event: overloaded',
	'drop by drop',
];

describe('a fault of HTTP', {timeout: 240_000}, () => {
	it('at the plan, a first turn, a turn with tools or the last: no run says done that is not, nothing runs twice, the money is right, the words are for a person', async () => {
		const faults = httpFaults.filter(({name}) => sample.includes(name));
		expect(faults.map(({name}) => name)).toEqual(sample);
		const tried = await tryFaults(faults, inTurn, () => {});
		const wrong = tried.flatMap(({fault, nth, persistence, findings}) =>
			findings.map(({rule, words}) => `${fault.name} at request ${nth} ${persistence}: ${rule}: ${words}`),
		);
		expect(wrong).toEqual([]);
		expect(tried).toHaveLength(faults.length * 2 - 1);
	});
});
