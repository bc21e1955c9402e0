import {describe, expect, test} from 'vitest';
import {contextKinds, contexts} from '../../store/context-kinds.ts';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {matchKey} from '../../store/match-key.ts';
import {keymapWith, type OwnKeys} from '../../store/own-keys.ts';
import {readKeyName} from '../../store/read-key-name.ts';

const problems = (own: OwnKeys) => keymapWith(own).problems.map(({id, text}) => `${id}: ${text}`);
const matches = (own: OwnKeys, context: (typeof contexts)[number], key: string) => {
	const {keymap, problems} = keymapWith(own);
	expect(problems).toEqual([]);
	return matchKey(keymap, context, key);
};

describe("a person's own keys", () => {
	test('take the place of all keys an action had', () => {
		const own = {'agent.kill': 'X', 'requests.open': ['Ctrl+Y', '%'], 'pane.plan': 9};
		expect(matches(own, 'agents', 'X')).toBe('agent.kill');
		expect(matches(own, 'agents', 'K')).toBeUndefined();
		expect(matches(own, 'log', 'ctrl+y')).toBe('requests.open');
		expect(matches(own, 'transcript', '%')).toBe('requests.open');
		expect(matches(own, 'cost', '9')).toBe('pane.plan');
	});

	test('may be exchanged for each other', () => {
		const own = {'agent.kill': 'c', 'agent.continue': 'K'};
		expect(matches(own, 'agents', 'c')).toBe('agent.kill');
		expect(matches(own, 'transcript', 'K')).toBe('agent.continue');
	});

	test.each([{'agent.kill': 'none'}, {'agent.kill': []}])('may be none: %o', own => {
		expect(matches(own, 'agents', 'K')).toBeUndefined();
		expect(keymapWith(own).keymap.bindingOf('agent.kill').title).toBe('kill');
	});

	test('leave letters to the text where text is typed', () => {
		const own = {back: 'Z', 'move.up': 'ctrl+y', 'form.send': ['alt+x', 'ctrl+s']};
		for (const context of contexts.filter(one => contextKinds[one] === 'text')) {
			expect(matches(own, context, 'Z')).toBeUndefined();
			expect(matches(own, context, 'esc')).toBe('back');
		}
		expect(matches(own, 'transcript', 'Z')).toBe('back');
		expect(matches(own, 'palette', 'ctrl+y')).toBe('move.up');
	});

	test.each([
		[{'agent.kill': 'p'}, 'agent.kill: p is the key of agent.pause in the same place'],
		[{'limit.set': 'x'}, 'limit.set: x is the key of step.reject in the same place'],
		[{'request.allow': 'ctrl+p'}, 'request.allow: Ctrl+P is the key of palette.open in the same place'],
		[{'form.send': 'enter'}, 'form.send: Enter is the key of form.next in the same place'],
		[{'agent.kill': 'Z', 'agent.pause': 'Z'}, 'agent.pause: Z is the key of agent.kill in the same place'],
		[{'agent.kill': 'ctrl+c'}, 'agent.kill: Ctrl+C is the key of app.interrupt in the same place'],
		[{'agent.kil': 'Z'}, 'agent.kil: there is no such action; docs/keys.md names them all'],
		[{toString: 'Z'}, 'toString: there is no such action; docs/keys.md names them all'],
		[{'agent.kill': 'ctrl+m'}, 'agent.kill: a terminal sends the same for ctrl+m as for enter'],
		[{'confirm.yes': 'none'}, 'confirm.yes: it needs a key: without one there is no way to it'],
		[{'palette.open': []}, 'palette.open: it needs a key: without one there is no way to it'],
		[{'request.choose': 'x'}, 'request.choose: its keys cannot be changed'],
		[{'app.interrupt': 'Z'}, 'app.interrupt: its keys cannot be changed'],
	] as const)('cannot be %o', (own, text) => {
		expect(problems(own)).toEqual([text]);
	});

	test('have nothing to say about a table without them', () => {
		expect(problems({})).toEqual([]);
	});

	test.each(actionIds)('can be those that %s has already', id => {
		const {binds, byKey = false} = builtInKeys.bindingOf(id);
		const [only, more] = binds;
		if (only === undefined || more !== undefined || byKey || id === 'app.interrupt') return;
		expect(problems({[id]: only.keys})).toEqual([]);
	});
});

describe('the name of a key', () => {
	test.each([
		['x', 'x'],
		['X', 'X'],
		['+', '+'],
		['ä', 'ä'],
		['PageUp', 'pageup'],
		['Space', 'space'],
		['Ctrl+P', 'ctrl+p'],
		['ctrl+Space', 'ctrl+space'],
		['shift+tab', 'shift+tab'],
		['Shift+Ctrl+Up', 'ctrl+shift+up'],
		['shift+a', 'A'],
		['alt+X', 'alt+X'],
	])('%s is read as %s', (written, name) => {
		expect(readKeyName(written)).toEqual({name});
	});

	test.each(['', ' ', 'f5', 'xy', 'ctrl+', 'ctrl+alt+x', 'ctrl+i', 'super+x', 'alt+space'])('%s is none', written => {
		expect(readKeyName(written)).toHaveProperty('problem');
	});
});
