import {describe, expect, test} from 'vitest';
import {agentIn, openRequests, requestIn} from '../../source/domain/run.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {draftOf} from '../../store/ui.ts';
import {openWindow} from './open-window.ts';

describe('the plan by keys', () => {
	test('approves, holds and rejects the selected step', async () => {
		const {press, type, step, overlay} = openWindow({stage: 'proposed'});
		await press('a');
		expect(step('scout').status.kind).toBe('working');
		await press('j', 'h');
		expect(step('api').status.kind).toBe('held');
		await press('j', 'x');
		expect(overlay()).toMatchObject({kind: 'form', subject: {kind: 'reject'}});
		await type('not needed now');
		await press('enter');
		expect(overlay()).toBeUndefined();
		expect(step('store').status).toEqual({kind: 'rejected', reason: 'not needed now'});
		await press('A');
		expect(step('tests').status.kind).toBe('approved');
	});

	test('does not reject without a reason', async () => {
		const {press, overlay, step} = openWindow({stage: 'proposed'});
		await press('x', 'enter');
		expect(overlay()).toMatchObject({subject: {kind: 'reject'}, problem: expect.stringContaining('Say why')});
		await press('esc');
		expect(step('scout').status.kind).toBe('proposed');
	});

	test('keeps a form that was sent when the answer to another one comes first', async () => {
		const {press, type, fleet, overlay, settle, notice} = openWindow({stage: 'proposed'});
		await press('x');
		await type('no');
		fleet.hold();
		await press('enter', 'esc');
		// It is rejected already when this comes.
		await press('x');
		await type('not that');
		await press('enter');
		fleet.release();
		await settle();
		expect(notice()).toBeUndefined();
		expect(overlay()).toMatchObject({kind: 'form', fields: [{buffer: {text: 'not that'}}], sending: false});
		expect(overlay()).toHaveProperty('problem', expect.stringContaining('reject'));
	});

	test('says in words why a key does nothing, until the next key', async () => {
		const {press, notice, fleet} = openWindow({stage: 'done'});
		await press('a');
		expect(notice()).toBe('The run has ended.');
		await press('j');
		expect(notice()).toBeUndefined();
		expect(fleet.commands).toEqual([]);
	});

	test('names the step and its state when that is the reason', async () => {
		const {press, notice} = openWindow();
		await press('g', 'a');
		expect(notice()).toBe('"Look over the folder" cannot be approved: it is done.');
	});

	test('says which key lets a step go that is held already', async () => {
		const {press, notice} = openWindow({stage: 'proposed'});
		await press('h', 'h');
		expect(notice()).toBe('"Look over the folder" is held already: a lets it go.');
	});

	test('begins on the step that needs the person, and stays where a key has gone since', async () => {
		const {ui, fleet, settle, window} = openWindow();
		const asks = openRequests(fleet.run()).find(({stepId}) => stepId !== undefined);
		expect(asks?.stepId).toBeDefined();
		await settle();
		expect(ui().stepId).toBe(asks?.stepId);
		expect(fleet.run().plan?.order[0]).not.toBe(asks?.stepId);
		window.close();
		const other = openWindow();
		other.window.press([{name: 'g', text: 'g'}]);
		await other.settle();
		expect(other.ui().stepId).toBe(other.fleet.run().plan?.order[0]);
	});

	test('begins on the first row where nothing needs the person', async () => {
		const {ui, settle} = openWindow({stage: 'done'});
		await settle();
		expect(ui().stepId).toBeUndefined();
	});
});

describe('agents by keys', () => {
	test('are messaged, interrupted, continued and killed, each by its own', async () => {
		const {press, type, fleet, ui, overlay} = openWindow();
		await press('2');
		const at = fleet.run().agents.findIndex(agent => agent.status.kind === 'thinking');
		await press('g', ...Array.from({length: at}, () => 'j'), 'm');
		const id = ui().prompt.to;
		await type('stay calm');
		await press('enter');
		expect(fleet.commands.at(-1)).toMatchObject({type: 'agent.message', agentId: id, text: 'stay calm'});
		expect(ui().prompt.typing).toBe(false);
		await press('i');
		expect(fleet.commands.at(-1)).toMatchObject({type: 'agent.interrupt', agentId: id});
		await press('c');
		expect(fleet.commands.at(-1)).toMatchObject({type: 'agent.continue', agentId: id});
		await press('K');
		expect(overlay()).toMatchObject({kind: 'kill', agentId: id});
		await press('n');
		expect(fleet.commands.at(-1)?.type).toBe('agent.continue');
		await press('K', 'y');
		expect(fleet.commands.at(-1)).toMatchObject({type: 'agent.kill', agentId: id});
		expect(overlay()).toBeUndefined();
	});

	test('keep a draft each, so that nobody gets words meant for another', async () => {
		const {press, type, ui} = openWindow();
		await press('2', 'g', 'j', 'j', 'm');
		const first = ui().prompt.to;
		await type('for you');
		await press('esc', 'j', 'm');
		const second = ui().prompt.to;
		expect(second).not.toBe(first);
		await type('other');
		await press('esc', 'k', 'm');
		expect(ui().prompt.to).toBe(first);
		expect(first === undefined ? '' : ui().prompt.drafts[first]?.buffer.text).toBe('for you');
	});

	test('are looked for by each addressee from where they are: the arrows never bring the words for another', async () => {
		const {press, type, ui} = openWindow();
		const text = () => draftOf(ui().prompt).buffer.text;
		await press('2', 'g', 'j', 'j', 'm');
		await type('sent before');
		await press('enter', 'm');
		await type('for one');
		await press('esc', 'j', 'm');
		await type('for another');
		await press('esc', 'k', 'm', 'up');
		expect(text()).toBe('sent before');
		await press('esc', 'j', 'm', 'down');
		expect(text()).toBe('for another');
		await press('up');
		expect(text()).toBe('sent before');
		await press('down');
		expect(text()).toBe('for another');
		await press('esc', 'k', 'm', 'down');
		expect(text()).toBe('for one');
	});

	test('get nothing that is pasted once the window is left', async () => {
		const {press, type, ui, window, quits} = openWindow();
		await press('2', 'g', 'j', 'j', 'm');
		await type('for you');
		await press('ctrl+c', 'ctrl+c');
		expect(quits()).toBe(1);
		window.paste(' and more');
		expect(draftOf(ui().prompt).buffer.text).toBe('for you');
	});

	test('find what was written to them again in another window, but for what is on its way', async () => {
		const {press, type, fleet, window, again} = openWindow();
		await press('2', 'g', 'j', 'j', 'm');
		await type('sent before');
		await press('enter', 'm');
		await type('for you');
		await press('esc', 'j', 'm');
		await type('on its way');
		fleet.hold();
		await press('enter');
		const written = window.written();
		const [first] = fleet.commands;
		const addressee = fleet.run().agents.find(({id}) => first?.type === 'agent.message' && id === first.agentId);
		expect(written.unsent).toEqual([{place: `to ${addressee?.name}`, text: 'for you'}]);
		const next = again({written});
		await next.press('2', 'g', 'j', 'j', 'm');
		expect(draftOf(next.ui().prompt).buffer.text).toBe('for you');
		await next.press('up');
		expect(draftOf(next.ui().prompt).buffer.text).toBe('sent before');
		await next.press('esc', 'j', 'm');
		expect(draftOf(next.ui().prompt).buffer.text).toBe('');
	});

	test('get each message once, and nobody loses the words being written when another one has got theirs', async () => {
		const {press, type, fleet, ui, settle} = openWindow();
		await press('2', 'g', 'j', 'j', 'm');
		const first = ui().prompt.to;
		await type('for you');
		fleet.hold();
		await press('enter', 'esc', 'm', 'enter');
		expect(fleet.commands).toHaveLength(1);
		await press('esc', 'j', 'm');
		const second = ui().prompt.to;
		await type('oth');
		fleet.release();
		await settle();
		expect(ui().prompt).toMatchObject({to: second, typing: true, sending: []});
		expect(first === undefined || first in ui().prompt.drafts).toBe(false);
		await type('er');
		await press('enter');
		expect(fleet.commands).toEqual([
			expect.objectContaining({type: 'agent.message', agentId: first, text: 'for you'}),
			expect.objectContaining({type: 'agent.message', agentId: second, text: 'other'}),
		]);
		expect(ui().prompt.typing).toBe(false);
	});

	test('are told to wait for a message only until it is delivered', async () => {
		const {press, type, fleet, ui, notice, clock} = openWindow();
		await press(
			'2',
			'g',
			...Array.from({length: fleet.run().agents.findIndex(({turn}) => turn !== undefined)}, () => 'j'),
			'm',
		);
		const {to} = ui().prompt;
		const agent = agentIn(fleet.run(), to);
		if (agent?.turn === undefined) throw new Error('Nobody is in a turn.');
		await type('go on');
		await press('enter');
		clock.advance(100);
		expect(notice()).toContain('Queued for');
		fleet.report({
			type: 'turn.replied',
			agentId: agent.id,
			turnId: agent.turn.id,
			reply: {
				kind: 'done',
				content: [{type: 'text', text: 'Done so far.'}],
				stopReason: 'end_turn',
				usage: {input: 1, output: 1, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0},
			},
		});
		clock.advance(100);
		expect(agentIn(fleet.run(), to)?.mailbox).toEqual([]);
		expect(notice()).toBeUndefined();
	});

	test('leave the bar to the one below when they are retired', async () => {
		const {press, fleet, ui, notice} = openWindow();
		const {agents} = fleet.run();
		const at = agents.findIndex(({status}) => status.kind === 'done');
		await press('2', 'g', ...Array.from({length: at}, () => 'j'), 'D');
		expect(fleet.commands.at(-1)).toMatchObject({type: 'agent.retire', agentId: agents[at]?.id});
		expect(ui().agentId).toBe(agents[at + 1]?.id);
		expect(notice()).toBe(
			`${agents[at]?.name} is retired and off the list; all it did is kept, and v in the list shows it.`,
		);
	});

	test('are killed once, however often it is confirmed', async () => {
		const {press, fleet, overlay, notice, settle} = openWindow();
		const at = fleet.run().agents.findIndex(agent => agent.status.kind === 'thinking');
		await press('2', 'g', ...Array.from({length: at}, () => 'j'), 'K');
		fleet.hold();
		await press('y', 'y');
		expect(notice()).toBe('It is being sent.');
		fleet.release();
		await settle();
		expect(fleet.commands.map(({type: kind}) => kind)).toEqual(['agent.kill']);
		expect(overlay()).toBeUndefined();
	});

	test('have no one to message when the selected step has not begun', async () => {
		const {press, notice, ui} = openWindow({stage: 'proposed'});
		await press('m');
		expect(notice()).toBe('No agent is selected.');
		expect(ui().prompt.typing).toBe(false);
	});

	test('are created from a role and a task, once, however often it is sent', async () => {
		const {press, type, fleet, overlay} = openWindow();
		await press('n', 'shift+tab', 'down', 'tab');
		await type('Count the gulls');
		fleet.hold();
		await press('ctrl+s', 'ctrl+s');
		expect(fleet.commands.filter(({type: kind}) => kind === 'agent.create')).toHaveLength(1);
		expect(overlay()).toMatchObject({sending: true});
		fleet.release();
		await press('esc');
		expect(fleet.run().agents.at(-1)?.assignment).toMatchObject({role: 'analyst', objective: 'Count the gulls'});
	});
});

describe('the role of a new agent', () => {
	test('is found by its first letter, and every letter is one', async () => {
		const {press, overlay, notice} = openWindow();
		await press('n', 'shift+tab', 'r');
		const chosen = (role: string) => ({kind: 'form', at: 0, fields: [{name: 'role', chosen: role}, {}]});
		expect(overlay()).toMatchObject(chosen('reviewer'));
		await press('s');
		expect(overlay()).toMatchObject(chosen('scout'));
		await press('down');
		expect(overlay()).toMatchObject(chosen('analyst'));
		await press('j');
		expect(notice()).toBe('Nothing here begins with "j". Nothing is typed in a list: Tab goes to the next field.');
		await press('4');
		expect(notice()).toBe('Nothing here begins with "4". Nothing is typed in a list: Tab goes to the next field.');
		await press('b');
		expect(overlay()).toMatchObject(chosen('builder'));
	});
});

describe('requests by keys', () => {
	const waiting = () => {
		const opened = openWindow({agents: 20});
		return {...opened, answers: () => opened.fleet.commands.filter(({type}) => type === 'request.answer')};
	};

	test('come oldest first, and after an answer the next', async () => {
		const {press, fleet, overlay, answers} = waiting();
		const [first, second] = openRequests(fleet.run());
		await press('w');
		expect(overlay()).toMatchObject({requestId: first?.id});
		await press('a');
		expect(answers().at(-1)).toMatchObject({requestId: first?.id, answer: {kind: 'approve'}});
		expect(overlay()).toMatchObject({kind: 'requests', requestId: second?.id});
	});

	test('are not allowed by a key that was pressed twice', async () => {
		const {press, fleet, notice, clock} = waiting();
		const runId = fleet.run().id;
		for (const {id, ask} of openRequests(fleet.run()))
			if (ask.kind === 'question')
				await fleet.port.send({type: 'request.answer', runId, requestId: id, answer: {kind: 'text', text: 'new'}});
		const [first, second] = openRequests(fleet.run());
		expect([first?.ask.kind, second?.ask.kind]).toEqual(['call', 'call']);
		await press('w', 'a', 'a');
		expect(second === undefined ? undefined : requestIn(fleet.run(), second.id)?.status.kind).toBe('open');
		expect(notice()).toContain('read it');
		clock.advance(500);
		await press('a');
		expect(second === undefined ? undefined : requestIn(fleet.run(), second.id)?.status.kind).toBe('answered');
	});

	test('are denied with a reason, which is typed and can say yes to nothing', async () => {
		const {press, type, answers} = waiting();
		await press('w', 'd');
		await type('aaaa no');
		expect(answers()).toEqual([]);
		await press('enter');
		expect(answers()).toHaveLength(1);
		expect(answers()[0]).toMatchObject({answer: {kind: 'deny', reason: 'aaaa no'}});
	});

	test('that ask something are answered in words, not by one key', async () => {
		const {press, type, fleet, notice, answers} = waiting();
		const requests = openRequests(fleet.run());
		const at = requests.findIndex(({ask}) => ask.kind === 'question');
		await press('w', ...Array.from({length: at}, () => 'down'), 'a');
		expect(notice()).toContain('answered in words');
		await press('enter');
		await type('the old one');
		await press('enter');
		expect(answers().at(-1)).toMatchObject({
			requestId: requests[at]?.id,
			answer: {kind: 'text', text: 'the old one'},
		});
	});

	test('are not exchanged on screen when answered elsewhere', async () => {
		const {press, fleet, overlay, notice, answers} = waiting();
		const [first] = openRequests(fleet.run());
		if (first?.agentId === undefined) throw new Error('The first request of the made run comes from an agent.');
		await press('w');
		await fleet.port.send({type: 'agent.kill', runId: fleet.run().id, agentId: first.agentId, reason: 'elsewhere'});
		await press('a');
		expect(overlay()).toMatchObject({requestId: first.id});
		expect(notice()).toContain('withdrawn already');
		expect(answers()).toEqual([]);
	});

	test('raise the budget by a sum in dollars', async () => {
		const {press, fleet, type, overlay} = openWindow({budgetUsd: 0.05, stage: 'planning'});
		expect(openRequests(fleet.run()).map(({ask}) => ask.kind)).toEqual(['budget']);
		await press('w', 'r', 'ctrl+u');
		await type('much');
		await press('enter');
		expect(overlay()).toMatchObject({problem: expect.stringContaining('not an amount')});
		await press('ctrl+u');
		await type('4.50');
		await press('enter');
		expect(fleet.run().settings.limits.run.money).toBe(4_500_000_000);
	});
});

describe('leaving', () => {
	test('asks while agents have not ended, and says how to come back', async () => {
		const {press, quits, overlay} = openWindow();
		await press('q');
		expect(overlay()).toEqual({kind: 'quit'});
		await press('n');
		expect(quits()).toBe(0);
		await press('q', 'y');
		expect(quits()).toBe(1);
	});

	test('does not ask when nothing is at work', async () => {
		const {press, quits} = openWindow({stage: 'done'});
		await press('q');
		expect(quits()).toBe(1);
	});

	test('takes a second Ctrl+C within two seconds, also out of a text', async () => {
		const {press, quits, clock} = openWindow();
		await press('n', 'ctrl+c');
		clock.advance(2500);
		await press('ctrl+c');
		expect(quits()).toBe(0);
		await press('x', 'ctrl+c');
		expect(quits()).toBe(0);
		await press('ctrl+c');
		expect(quits()).toBe(1);
	});

	test('says why something cannot be done only until it can', async () => {
		const {press, fleet, clock, notice} = openWindow({stage: 'planning'});
		await press('A');
		expect(notice()).toBe('There is no plan yet.');
		clock.advance(10_000);
		expect(notice()).toBe('There is no plan yet.');
		const [planner] = fleet.run().agents;
		if (planner?.turn === undefined) throw new Error('Nobody makes a plan.');
		const step = {
			key: 'look',
			title: 'Look',
			role: 'scout',
			objective: 'Look around.',
			files: [],
			acceptance: ['seen'],
		};
		const draft = {
			taskType: 'analysis',
			steps: [{...step, dependsOn: [], tier: 'haiku', toolBudget: 5}],
		} as const;
		fleet.report({
			type: 'plan.drafted',
			agentId: planner.id,
			turnId: planner.turn.id,
			reply: {kind: 'done', content: [{type: 'text', text: '{}'}], stopReason: 'end_turn', usage: noUsage},
			draft,
			problems: [],
			template: draft,
		});
		clock.advance(100);
		expect(notice()).toBeUndefined();
	});

	test('says that Ctrl+C leaves only as long as it does', async () => {
		const {press, notice, clock} = openWindow();
		await press('ctrl+c');
		expect(notice()).toBe('Press Ctrl+C once more to leave at once.');
		clock.advance(1900);
		expect(notice()).toBeDefined();
		clock.advance(200);
		expect(notice()).toBeUndefined();
	});

	test('ignores the keys that come after', async () => {
		const {window, press, fleet, quits} = openWindow({stage: 'proposed'});
		await press('q');
		window.press([
			{name: 'y', text: 'y'},
			{name: 'A', text: 'A'},
			{name: 'a', text: 'a'},
		]);
		expect(quits()).toBe(1);
		expect(fleet.commands).toEqual([]);
	});
});

describe('pasting', () => {
	test('goes into a text, and nowhere else', async () => {
		const {window, press, ui, notice, fleet} = openWindow({stage: 'proposed'});
		window.paste('A');
		expect(notice()).toContain('nowhere to paste');
		expect(fleet.commands).toEqual([]);
		await press('x');
		window.paste('because\nof this');
		expect(ui().overlays[0]).toMatchObject({fields: [{buffer: {text: 'because of this'}}]});
	});
});

describe('moving', () => {
	test('keeps the selected agent when rows change their order', async () => {
		const {press, ui, fleet} = openWindow();
		await press('2', 'j', 'j');
		const chosen = ui().agentId;
		await fleet.port.send({
			type: 'agent.create',
			runId: fleet.run().id,
			role: 'scout',
			objective: 'x',
			tier: undefined,
		});
		await press('tab', 'shift+tab');
		expect(ui().agentId).toBe(chosen);
		await press('G', 'k', 'g');
		expect(ui().agentId).toBe(fleet.run().agents[0]?.id);
	});
});
