import {describe, expect, test} from 'vitest';
import {eventWords} from '../../source/domain/event-words.ts';
import {type Core, soundCore} from './core.ts';
import {lineOf} from './line-of.ts';
import {type Outcome, simulate} from './world.ts';

const blockSize = 100;
const blocks = Array.from({length: 10}, (_, i) => i * blockSize);

/** What happened last in a seed that went wrong, and how to walk through all of it. */
const story = ({seed, problem, log}: Outcome): string =>
	[`Seed ${seed}: ${problem}`, ...log.slice(-15).map(lineOf), `All of it: npm run simulate -- --seed ${seed}`].join(
		'\n',
	);

/** The value itself, and from now on nobody can change it: an attempt throws. */
const frozen = <T>(value: T): T => {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const part of Object.values(value)) frozen(part);
	return value;
};

describe('a thousand worlds with delays, failures, double and late reports, and crashes', () => {
	test.each(blocks)('every rule holds and every run ends in the hundred seeds from %i', first => {
		const outcomes = Array.from({length: blockSize}, (_, i) => simulate(first + i));
		const wrong = outcomes.filter(outcome => outcome.problem !== undefined);
		expect(wrong.map(story).join('\n\n')).toBe('');
	});

	test('a seed always tells the same story', () => {
		expect(simulate(7).log).toEqual(simulate(7).log);
		expect(simulate(8).log).not.toEqual(simulate(7).log);
	});

	test('what is given to decide and evolve is never changed by them', () => {
		const core: Core = {
			...soundCore,
			decide: (run, message, now, elsewhere) => soundCore.decide(frozen(run), frozen(message), now, frozen(elsewhere)),
			evolve: (run, happening) => soundCore.evolve(frozen(run), frozen(happening)),
		};
		for (let seed = 0; seed < 30; seed++) expect(simulate(seed, core).problem).toBeUndefined();
	});

	test('a run goes on in the same way from what JSON keeps of it, as a snapshot does', () => {
		const kept = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
		const core: Core = {
			...soundCore,
			decide: (run, message, now, elsewhere) => soundCore.decide(kept(run), message, now, elsewhere),
			evolve: (run, happening) => soundCore.evolve(kept(run), happening),
		};
		for (let seed = 0; seed < 30; seed++) expect(simulate(seed, core)).toEqual(simulate(seed));
	});

	test('the worlds are as bad as they claim: everything that can happen does', () => {
		const outcomes = Array.from({length: 100}, (_, seed) => simulate(seed));
		const types = new Set(outcomes.flatMap(({log}) => log.map(({event}) => event.type)));
		// No world takes in a run of another one.
		expect([...types, 'run.imported'].sort()).toEqual(Object.keys(eventWords).sort());
		expect(new Set(outcomes.map(outcome => outcome.end))).toEqual(new Set(['done', 'failed', 'stopped']));
		expect(outcomes.filter(outcome => outcome.crashes > 0).length).toBeGreaterThan(25);
	});
});
