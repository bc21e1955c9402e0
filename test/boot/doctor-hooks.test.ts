import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {z} from 'zod';
import {createContext} from '../../source/boot/context.ts';
import {doctor} from '../../source/boot/verbs/doctor.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {flagsOf} from './make-sources.ts';
import {temporaryFolder} from './temporary-folder.ts';

const findings = z.array(z.object({name: z.string(), state: z.string(), what: z.string(), mend: z.string()}));

/** What doctor finds with a configuration. */
const allFound = async (config: string, home: string) => {
	writeFileSync(join(home, 'config.yaml'), config);
	const {terminal, heard} = fakeTerminal(false);
	const env = {FLOTILLA_HOME: home, HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin'};
	const flags = flagsOf('doctor', '--json', '--offline', '--dir', home);
	await doctor(createContext(flags, terminal, env, env, '0.0.0'));
	return findings.parse(JSON.parse(heard.stdout).findings);
};

const hooksFound = async (config: string, home = temporaryFolder()) =>
	(await allFound(config, home)).filter(({name}) => name.startsWith('hook'));

test('doctor lists the hooks whose programs are there', async () => {
	const home = temporaryFolder();
	writeFileSync(join(home, 'tell me'), '#!/bin/sh\n');
	chmodSync(join(home, 'tell me'), 0o755);
	const lines = [
		'cat > told',
		'cd /tmp && FLAG=1 cat | tr a b > "$HOME/x"',
		'~/"tell me" now',
		'"$HOME/tell me"',
		'if [ -t 0 ]; then echo; fi',
		'$TOOL x',
	];
	const found = await hooksFound(`hooks: ${JSON.stringify(lines.map(run => ({on: 'done', run})))}`, home);
	expect(found).toEqual(lines.map(run => ({name: 'hook', state: 'ok', what: `on done: ${run}`, mend: ''})));
});

test('doctor says which program of a hook is not there, and where to mend it', async () => {
	const home = temporaryFolder();
	const run = 'cat | no-such-notifier --urgent; ~/nowhere; ./also-not';
	const [found] = await hooksFound(`hooks: [{on: needs_you, run: "${run}"}]`, home);
	expect(found).toMatchObject({state: 'note', what: `on needs_you: ${run}`});
	expect(found?.mend).toBe(
		`There is no no-such-notifier, ${home}/nowhere, ./also-not here: install it, or mend the hook in ${home}/config.yaml.`,
	);
});

test('doctor says that there are none, and leaves a broken configuration to the check that reads it', async () => {
	expect(await hooksFound('{}')).toEqual([{name: 'hooks', state: 'ok', what: 'none', mend: ''}]);
	expect(await hooksFound('hooks: 3')).toEqual([]);
});

test('doctor names the file and the key where a configuration is wrong, and says nothing of a provider then', async () => {
	const home = temporaryFolder();
	const found = await allFound('maxParallel: many', home);
	const wrong = found.filter(({state}) => state === 'wrong');
	expect(wrong).toMatchObject([{name: 'configuration', what: expect.stringContaining(join(home, 'config.yaml'))}]);
	expect(wrong[0]?.what).toContain('maxParallel');
	expect(found.map(({name}) => name)).not.toContain('provider');
	const right = await allFound('maxParallel: 3', home);
	expect(right).toContainEqual({name: 'configuration', state: 'ok', what: join(home, 'config.yaml'), mend: ''});
	expect(right.map(({name}) => name)).toContain('provider');
});
