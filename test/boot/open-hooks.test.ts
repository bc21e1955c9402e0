import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createContext} from '../../source/boot/context.ts';
import type {Grounds} from '../../source/boot/grounds.ts';
import {openHooks} from '../../source/boot/open-hooks.ts';
import {finish, inTurn, play, serve, step} from '../fleet/play.ts';
import {isOver, raise, runId} from '../fleet/stage.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {flagsOf} from './make-sources.ts';
import {temporaryFolder} from './temporary-folder.ts';

test('hooks of the user’s own file run with what the run’s commands may see, and what they say is redacted', async () => {
	const server = await serve(play([step('look')], {'Your step: look': inTurn(finish())}));
	const stage = await raise({at: server.url, settings: {standing: {plan: false, edits: true, calls: true}}});
	await stage.asked('plan');
	const home = temporaryFolder();
	const told = join(home, 'told');
	const run = `cat > '${told}'; env > '${told}.env'; echo hunter2-hunter2; false`;
	writeFileSync(join(home, 'config.yaml'), `hooks: ${JSON.stringify([{on: 'done', run}])}`);
	const env = {FLOTILLA_HOME: home, ANTHROPIC_API_KEY: 'sk-ant-of-the-engine', PATH: '/usr/bin:/bin'};
	const grounds: Grounds = {
		lanes: [],
		childEnvironment: {PATH: '/usr/bin:/bin', LANG: 'of-the-run'},
		secrets: [{name: 'TOKEN', value: 'hunter2-hunter2'}],
		watched: false,
	};
	const problems: string[] = [];
	const hooks = openHooks(
		createContext(flagsOf('ls'), fakeTerminal(false).terminal, env, {PATH: '/usr/bin:/bin'}, '0.0.0'),
		{...stage.fleet, carriers: {groundsOf: id => (id === runId ? grounds : undefined)}},
		{onDone: () => {}, onProblem: words => problems.push(words)},
	);
	onTestFinished(() => hooks.close(0));
	await stage.tell({type: 'plan.approve', runId});
	await stage.until(isOver);
	await hooks.close(20_000);
	expect(JSON.parse(readFileSync(told, 'utf8'))).toMatchObject({
		version: 1,
		on: 'done',
		run: {id: runId, status: 'done'},
	});
	expect(readFileSync(`${told}.env`, 'utf8')).toMatch(/^LANG=of-the-run$/m);
	expect(readFileSync(`${told}.env`, 'utf8')).not.toContain('sk-ant');
	expect(problems).toEqual([expect.stringMatching(/exit code 1 .*\[redacted:/)]);
	expect(problems.join()).not.toContain('hunter2-hunter2');
});
