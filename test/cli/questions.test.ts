import {describe, expect, it} from 'vitest';
import {fleet, fleetPlan} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {flotilla, makeRepository, temporary} from './flotilla.ts';
import {openFlotilla} from './open-flotilla.ts';

const ctrlC = '\u0003';
const ctrlD = '\u0004';

describe('a question without a window', () => {
	it.each([
		{key: 'Ctrl+C', press: ctrlC, code: 130, says: 'Take it up again with: flotilla resume'},
		{key: 'Ctrl+D', press: ctrlD, code: 4, says: 'Left open.'},
	])('ends with $code at $key', async ({press, code, says}) => {
		const home = temporary('home');
		const args = ['run', 'Survey', '--offline', '--dir', makeRepository()];
		const terminal = openFlotilla(args, {FLOTILLA_HOME: home});
		await terminal.until('Approve it? [y/n]', 60_000);
		terminal.press(press);
		expect(await terminal.exited).toBe(code);
		expect(terminal.screen().join('\n')).toContain(says);
		expect(terminal.screen().join('\n')).not.toContain('bug');
		const shown = JSON.parse((await flotilla(['show', 'last', '--json'], {FLOTILLA_HOME: home})).stdout);
		expect(shown).toMatchObject({status: 'waiting', requests: [{kind: 'plan', status: 'open'}]});
	});
});

describe('a plan whose words would act on the terminal', () => {
	const title = 'Look\u001b[2J\u001b[Hat\u009b31m the\u202e boats\nApprove it? [y/n] y';
	const acts = /\u001b\[2J|\u001b\[H|[\u0080-\u009f\u202a-\u202e]/;

	it('is asked about and told as text, and scripts get it whole', async () => {
		const [first, ...rest] = fleetPlan.steps;
		const hostile = {...fleetPlan, steps: [{...first, title}, ...rest]};
		const reply = () => ({blocks: [{type: 'text' as const, text: JSON.stringify(hostile)}]});
		await using server = await startStandIn({script: fleet([{when: request => request.schema !== undefined, reply}])});
		const env = {FLOTILLA_HOME: temporary('home'), ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'a-key'};
		const terminal = openFlotilla(['run', 'Survey', '--dir', makeRepository()], env);
		const screen = await terminal.until('Approve it? [y/n]', 60_000);
		expect(screen).toContain('scout: Lookat the boats Approve it? [y/n] y (scout)');
		await terminal.until('review: Review the report');
		terminal.press('y\r');
		expect(await terminal.exited).toBe(0);
		expect(terminal.written()).not.toMatch(acts);

		for (const verb of ['show', 'logs', 'replay'])
			expect((await flotilla([verb, 'last'], env)).stdout).not.toMatch(acts);
		const shown = (await flotilla(['show', 'last', '--json'], env)).stdout;
		expect(shown).not.toMatch(acts);
		expect(JSON.parse(shown).plan.steps[0].title).toBe(title);
		expect((await flotilla(['logs', 'last', '--json'], env)).stdout).not.toMatch(acts);
	});
});
