import {expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import type {TurnId} from '../../source/domain/id.ts';
import {createLive} from '../../store/live.ts';
import {makeEvents} from '../support/make-run.ts';

const agentId = 'agent_1';
const turnId = 'turn_1';

const opened = () => {
	const [stamped] = makeEvents({steps: 1});
	if (stamped === undefined) throw new Error('The made run has events.');
	const live = createLive();
	const tell = (event: RunEvent): void => live.event({...stamped, event});
	const say = (text: string, turn: TurnId = turnId): void =>
		live.signal({type: 'turn.delta', runId: stamped.runId, agentId, turnId: turn, kind: 'text', text});
	const made = makeEvents({steps: 1}).map(({event}) => event);
	const started = made.find(event => event.type === 'turn.started');
	const finished = made.find(event => event.type === 'turn.finished');
	if (started === undefined || finished === undefined) throw new Error('The made run has turns.');
	return {
		live,
		tell,
		say,
		begin: (turn: TurnId) => tell({...started, agentId, turnId: turn}),
		end: () => tell({...finished, agentId, turnId}),
	};
};

test('what comes of a turn after its end is not taken for what is said now', () => {
	const {live, end, say, begin} = opened();
	begin(turnId);
	say('Now');
	expect(live.of(agentId)?.text).toBe('Now');
	end();
	const {version} = live.of(agentId) ?? {};
	say(' then');
	expect(live.of(agentId)).toMatchObject({turnId: undefined, text: '', version});
	say('Next', 'turn_2');
	expect(live.of(agentId)).toMatchObject({turnId: 'turn_2', text: 'Next'});
});

test('what a turn has said before comes in place of its pieces, and counts as none of them', () => {
	const {live, say, begin, end} = opened();
	begin(turnId);
	say('lo, all');
	const heard = live.characters();
	const said = {
		type: 'turn.said',
		runId: 'run_a',
		agentId,
		turnId,
		text: 'Hello',
		thinking: 'Hm',
		toolInput: '',
	} as const;
	live.signal(said);
	say(', all');
	expect(live.of(agentId)).toMatchObject({turnId, text: 'Hello, all', thinking: 'Hm'});
	expect(live.characters()).toBe(heard + 5);
	end();
	live.signal(said);
	expect(live.of(agentId)).toMatchObject({turnId: undefined, text: ''});
});

test('an agent that has ended says nothing more, until it begins another turn', () => {
	const {live, tell, say, begin} = opened();
	begin(turnId);
	say('Now');
	tell({type: 'agent.killed', agentId, reason: 'test'});
	say(' then');
	expect(live.of(agentId)).toBeUndefined();
	begin('turn_2');
	say('Again', 'turn_2');
	expect(live.of(agentId)?.text).toBe('Again');
});
