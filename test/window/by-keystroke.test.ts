import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {flotilla, makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {type Script, startStandIn} from '../support/stand-in/server.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'flotilla.cjs');
const enter = '\r';
const back = '\u001b';
const save = '\u0013';

/** The whole way of a person through the window, in a real pseudo-terminal, over the real SDK. */
describe.each([
	{columns: 80, rows: 24},
	{columns: 200, rows: 50},
])('the window at $columns x $rows', ({columns, rows}) => {
	it('is steered by keystroke, and leaves the terminal as it was', async () => {
		// Slow enough that agents are still at work when they are interrupted and killed.
		const slow = withPace(fleet(), {ttftMs: 200, deltasPerSecond: 1});
		const script: Script = (request, n) => (request.schema === undefined ? slow : fleet())(request, n);
		await using server = await startStandIn({script});
		const home = temporary('home');
		const env = {
			FLOTILLA_HOME: home,
			HOME: home,
			PATH: process.env['PATH'] ?? '',
			TERM: 'xterm-256color',
			LANG: 'C.UTF-8',
			ANTHROPIC_BASE_URL: server.url,
			ANTHROPIC_API_KEY: 'a-key',
		};
		const args = [launcher, 'Survey this', '--dir', makeRepository()];
		const terminal = openPty({file: process.execPath, args, cwd: home, env, columns, rows});
		const press = async (keys: string, sees: string | RegExp | ((screen: string) => boolean)): Promise<void> => {
			terminal.press(keys);
			await terminal.until(sees);
		};
		const state = async () => JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout);

		await terminal.until('The plan waits for your approval', 60_000);
		terminal.press('1');
		await press('a', /scout.*working/);
		terminal.press('jj');
		await press('x', 'Reject');
		await press(`not needed${enter}`, /tests.*rejected/);
		terminal.press('j');
		await press('e', /Edit report/);
		// The cursor is at the end of the title.
		await press(' in full', /in full/);
		await press(save, screen => !screen.includes('Edit report'));

		await press('2', /agents/);
		await press('n', 'New agent');

		await press(`look at the boats${save}`, screen => !screen.includes('New agent'));
		const created = (await state()).agents.find(
			(agent: {stepId: string | null; role: string}) => agent.stepId === null && agent.role !== 'planner',
		);
		expect(created).toMatchObject({status: expect.stringMatching(/thinking|acting|queued/)});

		// The scout works: open its transcript, see text live, search in it.
		await press('g', /❯.*scout-1|❯/);
		await press(enter, /thinks|thinking|Turn 1|┊/i);
		await press('/', /search|find/i);
		await press(`step${enter}`, /1 (of|\/) \d+|no match/i);
		terminal.press(back);
		terminal.press(back);
		await terminal.until(/1 plan/);

		await press('m', /to .*❯/);
		await press(`be brief${enter}`, /m: message/);
		await press('i', /interrupted/);
		await press('K', /[Kk]ill/);
		await press('y', /killed/);

		await press('q', /Leave|leave|quit|Quit/);
		terminal.press('y');
		expect(await terminal.exited).toBe(0);
		expect(terminal.emulator.buffer.active.type).toBe('normal');
		expect(terminal.written().lastIndexOf('\u001b[?1049l')).toBeGreaterThan(
			terminal.written().lastIndexOf('\u001b[?1049h'),
		);
		expect(terminal.written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
			terminal.written().lastIndexOf('\u001b[?25l'),
		);

		const events = (await flotilla(['logs', 'last', '--json'], env)).stdout;
		expect(events).toContain('"type":"agent.interrupted"');
		expect(events).toMatch(/"type":"agent.messaged".*"text":"be brief"/);
		const end = await state();
		expect(end.plan.steps).toMatchObject([
			{key: 'scout'},
			{key: 'structure', status: 'proposed'},
			{key: 'tests', status: 'rejected', reason: 'not needed'},
			{key: 'report', title: expect.stringContaining('in full')},
			{key: 'review'},
		]);
		expect(end.agents.filter((agent: {status: string}) => agent.status === 'killed')).toHaveLength(1);
	});
});
