import {execFile} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {expect, it} from 'vitest';
import {openBackground} from '../background/background.ts';
import {launcher, makeRepository, temporary} from '../cli/flotilla.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';

const script = join(import.meta.dirname, '..', '..', 'examples', 'whole-run.sh');

it('a script carries out a whole run: it waits, reads, approves, follows, and collects the cost', {
	timeout: 120_000,
}, async () => {
	await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 20, deltasPerSecond: 2000})});
	const {env, run} = openBackground(server);
	const out = temporary('out');
	// The program as it is called by its name, on the Node of these tests.
	const program = join(temporary('bin'), 'flotilla');
	writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`, {mode: 0o755});
	const {stdout, stderr} = await promisify(execFile)('sh', [script, 'Survey this project', makeRepository(), out], {
		env: {...env, FLOTILLA: program, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`},
	});
	expect(stderr).toContain('Open: ');
	expect(stdout).toContain('done');

	// What was followed begins where the first command ended, and nothing is missing until the end.
	const lines = (file: string): readonly {readonly seq: number; readonly type: string; readonly runId: string}[] =>
		readFileSync(join(out, file), 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
	const all = [...lines('begun.ndjson'), ...lines('followed.ndjson')];
	expect(all.map(({seq}) => seq)).toEqual(all.map((_, i) => i + 1));
	expect(all.at(-1)?.type).toBe('run.ended');
	const shown = JSON.parse((await run('show', 'last', '--json')).stdout);
	expect(shown.status).toBe('done');

	const [head = '', ...rows] = readFileSync(join(out, 'cost.csv'), 'utf8').trim().split('\r\n');
	const column = head.split(',').indexOf('settledUsd');
	const sum = rows.reduce((total, row) => total + Number(row.split(',')[column]), 0);
	expect(rows.length).toBe(shown.agents.length);
	expect(sum).toBeCloseTo(shown.usage.settledUsd, 9);
});
