import {describe, expect, test} from 'vitest';
import {agentOf, type RunEvent} from '../../source/domain/event.ts';
import type {AgentId} from '../../source/domain/id.ts';
import {draftOf, drive, runId, says, stepDraft, uses} from './drive.ts';

const count = 20;
const victim = 'scout-7';

type Driven = ReturnType<typeof drive>;

/** One turn of reading and writing of an agent. */
const work = (driven: Driven, name: string): void => {
	driven.reply(name, uses('read_file', 'write_file'));
	driven.weigh(name, 1, 'write');
	driven.weigh(name, 0, 'read');
	driven.endCall(name, 1, `${name} wrote`);
	driven.endCall(name, 0, `${name} read`);
};

/** Twenty agents at work side by side; in the middle of it something is done to one of them. */
const fleet = (meddle: (driven: Driven, agentId: AgentId) => void): Driven => {
	const driven = drive({maxParallel: count});
	driven.plan(draftOf(...Array.from({length: count}, (_, i) => stepDraft(`s${i + 1}`))));
	const names = Array.from({length: count}, (_, i) => `scout-${i + 1}`);
	for (const name of names) work(driven, name);
	for (const [i, name] of names.entries()) {
		if (i === 10) meddle(driven, driven.agent(victim).id);
		if (name !== victim) work(driven, name);
	}
	for (const name of names) if (name !== victim) driven.finish(name);
	return driven;
};

/** What one agent's history says, with its turns and calls named by their place in it. */
const story = (events: readonly RunEvent[], agentId: AgentId): string => {
	const places = new Map<string, string>();
	const own = events.filter(event => agentOf(event) === agentId);
	return own
		.map(event =>
			JSON.stringify(event, (_, value: unknown) => {
				if (typeof value !== 'string' || !/^(turn|call|message|request)_t_/.test(value)) return value;
				const place = places.get(value) ?? `${value.split('_')[0]} ${places.size}`;
				places.set(value, place);
				return place;
			}),
		)
		.join('\n');
};

describe('what is done to one of twenty agents leaves the others’ histories as they are', () => {
	const untouched = fleet(() => undefined);

	test.each<readonly [string, (driven: Driven, agentId: AgentId) => void, string]>([
		['interrupt', (driven, agentId) => void driven.take({type: 'agent.interrupt', runId, agentId}), 'interrupted'],
		['pause', (driven, agentId) => void driven.take({type: 'agent.pause', runId, agentId}), 'thinking'],
		['kill', (driven, agentId) => void driven.take({type: 'agent.kill', runId, agentId, reason: 'enough'}), 'killed'],
		[
			'interrupt, a late reply, and a message',
			(driven, agentId) => {
				driven.take({type: 'agent.interrupt', runId, agentId});
				driven.reply(victim, says('As far as I'));
				driven.take({type: 'agent.message', runId, agentId, text: 'Look in src.'});
			},
			'thinking',
		],
		[
			'change',
			(driven, agentId) =>
				void driven.take({
					type: 'agent.change',
					runId,
					agentId,
					tier: 'opus',
					tools: undefined,
					instructions: 'Be brief.',
				}),
			'thinking',
		],
	])('%s', (_verb, meddle, state) => {
		const driven = fleet(meddle);
		expect(driven.agent(victim).status.kind).toBe(state);
		for (let i = 1; i <= count; i++) {
			const name = `scout-${i}`;
			if (name === victim) continue;
			const {id} = driven.agent(name);
			expect(story(driven.events, id)).toBe(story(untouched.events, id));
			expect(story(driven.events, id)).toContain('"type":"agent.finished"');
		}
	});
});
