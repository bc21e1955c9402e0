import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {disabledReason, wordOf} from '../../store/actions.ts';
import {noFacts} from '../../store/facts.ts';
import {hintsOf} from '../../store/hints.ts';
import {type ActionId, builtInKeys} from '../../store/keymap.ts';
import {everyAsk} from '../panes/asking.ts';
import {openWindow} from './open-window.ts';

type Ask = (typeof everyAsk)[number];

const asks = (...list: readonly Ask[]): readonly RunEvent[] =>
	list.map((ask, i) => ({
		type: 'request.opened',
		requestId: `request_made01_${i + 8}`,
		agentId: 'agent_made01_3',
		stepId: undefined,
		ask,
	}));

const opened = (...list: readonly Ask[]) => withHints(openWindow({steps: 3}, asks(...list)));

const withHints = (window: ReturnType<typeof openWindow>) => {
	const view = () => ({
		run: window.fleet.run(),
		ui: window.ui(),
		facts: noFacts,
		now: window.clock.now(),
		keymap: builtInKeys,
	});
	const hints = () =>
		hintsOf(view()).map(({key, title, disabled}) => (disabled ? `(${key} ${title})` : `${key} ${title}`));
	return {...window, view, hints};
};

const nth = (kind: Ask['kind'], at = 0): Ask => {
	const ask = everyAsk.filter(one => one.kind === kind)[at];
	if (ask === undefined) throw new Error(`There is no ${kind} among the asks.`);
	return ask;
};

describe('the footer of what a key turns on and off', () => {
	const word = ({view}: ReturnType<typeof opened>, id: ActionId): string => wordOf(id, view());

	test('names what the key does to the run now', async () => {
		const window = opened();
		expect(word(window, 'run.pause')).toBe('pause run');
		await window.press('P');
		expect(word(window, 'run.pause')).toBe('continue run');
		await window.press('P');
		expect(word(window, 'run.pause')).toBe('pause run');
	});

	test('names whether the key follows what comes, or stays', async () => {
		const window = opened();
		await window.press('3');
		expect(word(window, 'log.follow')).toBe('stay');
		await window.press('g');
		expect(word(window, 'log.follow')).toBe('follow');
		await window.press('2', 'enter');
		expect(word(window, 'transcript.follow')).toBe('stay');
	});
});

describe('the footer of a request', () => {
	test('says of a call for which an ask rule is to blame that it can be allowed only once, and why', async () => {
		const call = nth('call', 1);
		const {press, view} = opened(call.kind === 'call' ? {...call, rule: 'Ask rule read_file.'} : call);
		await press('w');
		expect(disabledReason('request.allowMore', view())).toBe(
			'The ask rule read_file asks for each such call: it can be allowed once only.',
		);
	});

	test.each([
		['plan', 0, ['a approve all']],
		['call', 0, ['a allow', 'A allow for longer', 'd deny']],
		['call', 1, ['a allow', 'd deny']],
		['question', 0, ['Enter answer', '1 choose', 'd leave it to the agent']],
		['question', 1, ['Enter answer', 'd leave it to the agent']],
		['blocker', 0, ['Enter answer', 'd give it up']],
		['budget', 0, ['r raise the limit', 'f finish what runs', 'd stop the run']],
		['unknown', 0, ['Enter answer', '1 choose', 'd you do not know']],
		['lane', 0, ['a try again', 'd give up those that wait']],
	] as const)('offers what answers a %s (%i), and nothing else', async (kind, at, keys) => {
		const {press, hints} = opened(nth(kind, at));
		await press('w');
		expect(hints()).toEqual([...keys, 'o transcript', 'Ctrl+P all actions', '? help', 'Esc back']);
	});

	test('offers to go on to the next one where there is one', async () => {
		const {press, hints} = opened(nth('call'), nth('question'));
		await press('w');
		expect(hints()).toContain('↓ next');
	});

	test('says that Enter sends what was just answered', async () => {
		const {press, hints} = withHints(openWindow({steps: 3}, asks(nth('call')), 3000));
		await press('w');
		expect(hints()).not.toContain('Enter send now');
		await press('a');
		expect(hints()).toContain('Enter send now');
	});

	test('keeps the key that must wait a moment in its place, in brackets', async () => {
		const {press, hints, clock} = opened(nth('call', 1), nth('call', 1));
		await press('w', 'a');
		expect(hints()[0]).toBe('(a allow)');
		clock.advance(500);
		expect(hints()[0]).toBe('a allow');
	});
});

describe('the footer', () => {
	test.each(['1', '2', '3', '4'])('offers at most eight keys in pane %s, all of which can be pressed', async pane => {
		const {press, view} = opened();
		await press(pane);
		const hints = hintsOf(view());
		expect(hints.length).toBeLessThanOrEqual(8);
		expect(hints.length).toBeGreaterThan(2);
		for (const {id} of hints) expect(disabledReason(id, view())).toBeUndefined();
	});

	test('is told why by the key itself of what it does not offer', async () => {
		const {press, hints, notice} = opened(nth('plan'));
		await press('w');
		expect(hints()).not.toContain('d deny');
		await press('d');
		expect(notice()).toContain('approved as a whole');
	});
});
