import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {flotilla, makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';
import type {Pace, ScriptBlock} from '../support/stand-in/reply.ts';
import {systemSays} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {type Script, startStandIn} from '../support/stand-in/server.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'flotilla.cjs');
const enter = '\r';
const back = '\u001b';
const save = '\u0013';

/** So slow that an agent is at work for as long as anybody looks. */
const endless: Pace = {ttftMs: 100, deltasPerSecond: 1};
const look: ScriptBlock = {type: 'tool_use', name: 'glob', input: {pattern: '**/*.md'}};
/** Words that nothing but the script, or the person of the test, would say. */
const word = 'lighthouse';
const task = 'look at the boats';
const letter = 'mind the heron';

/** Runs the program below a shell that says how the terminal was before and is afterwards. */
const shell = `
echo MAIN SCREEN
before=$(stty -g)
"$@"
code=$?
[ "$before" = "$(stty -g)" ] && settings=same
stty -a
echo "ENDED $code, settings: $settings"
`;

/** The whole way of a person through the window, in a real pseudo-terminal, over the real SDK. */
describe.each([
	{columns: 80, rows: 24},
	{columns: 200, rows: 50},
])('the window at $columns x $rows', ({columns, rows}) => {
	it('is steered by keystroke, and leaves the terminal as it was', async () => {
		const written = Promise.withResolvers<void>();
		const onTask: Script = async ({turns}) => {
			// The first reply comes once the letter is written: the letter then goes with the second request.
			if (turns === 0) await written.promise;
			return turns === 0
				? {blocks: [look]}
				: {blocks: [{type: 'text', text: 'As you wish. '.repeat(99)}], pace: endless};
		};
		const scout: Script = ({turns}) =>
			turns === 0
				? {blocks: [{type: 'text', text: `The ${word} stands first.`}, look]}
				: {blocks: [{type: 'text', text: 'And on and on. '.repeat(99)}], pace: endless};
		await using server = await startStandIn({
			script: fleet([
				{when: ({text}) => text.includes(task), reply: onTask},
				{when: request => request.schema === undefined && systemSays('scout')(request), reply: scout},
			]),
		});
		const home = temporary('home');
		const env = {
			FLOTILLA_HOME: home,
			FLOTILLA_NO_DAEMON: '1',
			HOME: home,
			PATH: process.env['PATH'] ?? '',
			TERM: 'xterm-256color',
			LANG: 'C.UTF-8',
			ANTHROPIC_BASE_URL: server.url,
			ANTHROPIC_API_KEY: 'a-key',
		};
		const args = ['-c', shell, 'sh', process.execPath, launcher, 'Survey this', '--dir', makeRepository()];
		const terminal = openPty({file: 'sh', args, cwd: home, env, columns, rows});
		const press = async (keys: string, sees: string | RegExp | ((screen: string) => boolean)): Promise<void> => {
			terminal.press(keys);
			await terminal.until(sees);
		};

		await terminal.until('The plan waits for your approval', 60_000);
		// The plan is the pane at the left, the agents are at the right: a row ends at the frame of its pane.
		const chosenStep = (key: string): RegExp => new RegExp(`^│❯\\W*${key}\\b`, 'm');
		// In a narrow pane the sign of its state stands alone.
		const step = (key: string, sign: string): RegExp => new RegExp(`^│[^│]*${sign} ${key}\\b`, 'm');
		const chosenAgent = (name: string): RegExp => new RegExp(`│❯ . ${name}\\b`);
		await press('1', chosenStep('scout'));
		await press('a', step('scout', '[\u2800-\u28ff]'));
		await press('j', chosenStep('structure'));
		await press('j', chosenStep('tests'));
		await press('x', 'Reject a step');
		await press('not needed', 'not needed');
		await press(enter, step('tests', '∙'));
		await press('j', chosenStep('report'));
		await press('e', 'Edit report');
		// The title is the first of its fields; the cursor is at its end.
		await press(enter, 'Enter change');
		await press(' in full', 'Write the report in full');
		await press(enter, screen => screen.includes('Write the report in full') && !screen.includes('Enter change'));
		await press(back, screen => !screen.includes('Edit report') && chosenStep('report').test(screen));

		await press('n', 'New agent');
		await press(task, task);
		await press(save, screen => !screen.includes('New agent') && screen.includes('agents (3)'));

		// The scout works: open its transcript, see its words arrive, search in it.
		terminal.press('2');
		await press('g', chosenAgent('scout-1'));
		await press(enter, 'scout-1 · working · following · Map the folder');
		await terminal.until('And on');
		await press('/', 'search /');
		await press(word, `1 of 1 for ${word}`);
		await press(enter, screen => screen.includes(`1 of 1 for ${word}`) && !screen.includes('search /'));
		await press(back, screen => !screen.includes(`for ${word}`));
		await press(back, chosenAgent('scout-1'));

		await press('j', chosenAgent('analyst-1'));
		await press('m', /analyst-1 ❯/);
		await press(letter, `❯ ${letter}`);
		await press(enter, screen => !screen.includes(`❯ ${letter}`));
		written.resolve();
		const delivered = () => server.requests.filter(({newest}) => newest.some(text => text.includes(letter)));
		await expect.poll(delivered, {timeout: 20_000}).toMatchObject([{turns: 1}]);
		await press('i', /❯ . analyst-1 .*interrupted/);
		await press('K', 'Kill analyst-1?');
		await press('y', /[│❯] . analyst-1 .*killed/);

		await press('q', 'Leave?');
		terminal.press('y');
		const end = await terminal.until(/ENDED/);
		expect(end).toContain('ENDED 0, settings: same');
		expect(end).toContain('MAIN SCREEN');
		expect(end).toMatch(/(?<!-)\bicanon\b/);
		expect(end).toMatch(/(?<!-)\becho\b/);
		expect(await terminal.exited).toBe(0);
		expect(terminal.emulator.buffer.active.type).toBe('normal');
		expect(terminal.written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
			terminal.written().lastIndexOf('\u001b[?25l'),
		);

		const events = (await flotilla(['logs', 'last', '--json'], env)).stdout
			.trim()
			.split('\n')
			.map((line): RunEvent => JSON.parse(line));
		const sent = events.find(event => event.type === 'agent.messaged');
		expect(sent).toMatchObject({text: letter, from: 'person'});
		expect(events).toContainEqual(
			expect.objectContaining({
				type: 'turn.started',
				agentId: sent?.agentId,
				delivers: [sent?.messageId],
			}),
		);
		expect(events.map(({type}) => type)).toEqual(
			expect.arrayContaining(['agent.interrupted', 'agent.killed', 'run.suspended']),
		);
		const shown = JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout);
		expect(shown.plan.steps).toMatchObject([
			{key: 'scout'},
			{key: 'structure', status: 'proposed'},
			{key: 'tests', status: 'rejected', reason: 'not needed'},
			{key: 'report', title: 'Write the report in full', status: 'proposed'},
			{key: 'review', status: 'proposed'},
		]);
		expect(shown.agents).toMatchObject([
			{role: 'planner', status: 'done'},
			{name: 'scout-1'},
			{name: 'analyst-1', stepId: null, status: 'killed'},
		]);
	});
});
