import {expect, test} from 'vitest';
import {evolve} from '../../source/domain/evolve.ts';
import type {Run} from '../../source/domain/run.ts';
import {withRow} from '../../source/domain/table.ts';
import {queuedFor} from '../../store/queued-for.ts';
import {makeEvents} from '../support/make-run.ts';

const run = makeEvents().reduce<Run | undefined>(evolve, undefined);
const agent = run?.agents.find(({mailbox}) => mailbox.length === 0);
if (run === undefined || agent === undefined) throw new Error('Nobody has read all messages.');

test('who got a message at once is not said to wait for it', () => {
	expect(queuedFor(run, agent.id, agent.name)).toMatchObject({notice: {text: `${agent.name} has it.`}});
	const letter = {id: 'message_1', text: 'go on', from: 'person', sentAt: 1, state: 'queued'} as const;
	const waiting = {...run, agents: withRow(run.agents, {...agent, mailbox: [letter]})};
	expect(queuedFor(waiting, agent.id, agent.name)).toMatchObject({
		notice: {text: `Queued for ${agent.name}: it is delivered with its next turn.`, until: {kind: 'delivered'}},
	});
});
