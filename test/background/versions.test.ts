import {cpSync, globSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {wireVersion} from '../../source/host/frame.ts';
import {flotilla, makeRepository, start, temporary} from '../cli/flotilla.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {openBackground} from './background.ts';

const root = join(import.meta.dirname, '..', '..');

type Other = {
	readonly version?: string;
	/** So much later it was built, ms; before 0, earlier. */
	readonly laterMs?: number;
	readonly wire?: number;
};

/** The built program once more, as another version or build of it. Answers what to start it by. */
const copyOf = ({version, laterMs, wire}: Other): string => {
	const folder = temporary('other');
	for (const name of ['bin', 'dist', 'package.json'])
		cpSync(join(root, name), join(folder, name), {recursive: true, filter: path => !path.includes('/dist/types')});
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	const rewrite = (name: string, change: (text: string) => string): boolean => {
		const before = readFileSync(join(folder, name), 'utf8');
		const after = change(before);
		writeFileSync(join(folder, name), after);
		return after !== before;
	};
	if (version !== undefined) rewrite('package.json', text => JSON.stringify({...JSON.parse(text), version}));
	if (laterMs !== undefined)
		rewrite('dist/build.json', text => {
			const build = JSON.parse(text);
			return JSON.stringify({...build, id: 'another', at: build.at + laterMs});
		});
	if (wire !== undefined) {
		// The number is written out wherever it is said or compared.
		const said = new RegExp(`(\\bwire:|\\bwire>|===)${wireVersion}(?=[,?)&])`, 'g');
		const changed = globSync('dist/*.js', {cwd: folder}).filter(name =>
			rewrite(name, text =>
				text.includes('type:`hello`') || text.includes('literal(`hello`)') ? text.replaceAll(said, `$1${wire}`) : text,
			),
		);
		if (changed.length < 2) throw new Error('The form of the wire is not where it was in the bundle.');
	}
	return join(folder, 'bin', 'flotilla.cjs');
};

const slow = {ttftMs: 100, deltasPerSecond: 300};

describe('two versions of the program', {timeout: 120_000}, () => {
	it.each<Other & {readonly how: string; readonly words: string}>([
		{how: 'an older version', version: '0.1.0-rc.2', words: 'flotilla 0.1.0-rc.2'},
		{how: 'an older build', laterMs: -1000, words: 'an older build'},
		{how: 'another form of the wire', version: '0.0.9', wire: wireVersion - 1, words: 'flotilla 0.0.9'},
	])('an engine of $how hands over what it carries, and whoever comes has no key for it', async ({words, ...other}) => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {json, pid, env} = openBackground(server);
		const older = copyOf(other);
		const first = start(
			['run', 'Survey this project', '--yes', '--json', '--dir', makeRepository()],
			env,
			undefined,
			older,
		);
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		first.child.kill('SIGKILL');
		const before = pid();
		const {code, stdout, stderr} = await flotilla(['engine', 'start'], {...env, ANTHROPIC_API_KEY: ''});
		expect([code, stdout]).toEqual([0, expect.stringContaining('carries 1 run')]);
		expect(stderr).toContain(`An engine of ${words} (process ${before})`);
		expect(pid()).not.toBe(before);
		await expect.poll(async () => (await json('show', 'last')).status, {timeout: 60_000, interval: 300}).toBe('done');
	});

	it.each<Other & {readonly how: string}>([
		{how: 'a newer version', version: '0.1.1'},
		{how: 'a newer build', laterMs: 1000},
	])('an engine of $how serves an older client', async other => {
		const {run, env, pid} = openBackground(undefined);
		expect((await flotilla(['engine', 'start'], env, undefined, copyOf(other))).code).toBe(0);
		const engine = pid();
		expect(await run('engine', 'start')).toMatchObject({code: 0, stderr: ''});
		expect(pid()).toBe(engine);
	});

	it('an engine that speaks a newer form of the wire is left alone, and the older client is told to update', async () => {
		const {run, env, pid} = openBackground(undefined);
		const newer = copyOf({version: '0.2.0', wire: wireVersion + 1});
		expect((await flotilla(['engine', 'start'], env, undefined, newer)).code).toBe(0);
		const engine = pid();
		const {code, stderr} = await run('engine', 'start');
		expect([code, stderr]).toEqual([2, expect.stringContaining(`a newer engine (0.2.0, process ${engine})`)]);
		expect(pid()).toBe(engine);
	});
});
