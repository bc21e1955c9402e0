import {expect, test} from 'vitest';
import {readRunText, runText} from '../../db/run-text.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun({stage: 'working'});

test('a run comes back from its text as it was', () => {
	expect(run.agents.some(({turn}) => turn !== undefined)).toBe(true);
	expect(readRunText(runText(run))).toEqual(run);
});

test('models of one name stay apart when their facts differ', () => {
	const dearer: Run = {
		...run,
		agents: run.agents.map((agent, i) => ({...agent, model: {...agent.model, contextTokens: i % 2}})),
	};
	expect(readRunText(runText(dearer))).toEqual(dearer);
});

test('the facts of a model stand there once, however many agents have it', () => {
	const [agent] = run.agents;
	if (agent === undefined) throw new Error('The made run has agents.');
	const many: Run = {...run, agents: Array.from({length: 100}, () => agent)};
	const facts = JSON.stringify(agent.model);
	expect(runText(many).split(facts).length - 1).toBeLessThan(10);
	expect(JSON.stringify(many).split(facts).length - 1).toBeGreaterThanOrEqual(100);
});

test('what is no run is refused', () => {
	expect(() => readRunText('{}')).toThrow(TypeError);
});
