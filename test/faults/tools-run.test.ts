import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {writeText} from '../../source/tools/write-text.ts';
import {toolsPart} from './tools-run.ts';

describe('tools', {timeout: 240_000}, () => {
	it('meet malformed input, 10 MB of output, 1 GB, binary and broken text with words, in bounded memory and time', async () => {
		const rows = await toolsPart.run({kills: 0, seed: 0, presses: 0, onProgress: () => {}});
		expect(rows.flatMap(({problems}) => problems)).toEqual([]);
		expect(rows.map(({counts}) => counts['tried'])).toEqual([27, 19]);
	});

	it('clear what a process that was killed while writing left behind, and nothing else', async () => {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flotilla-litter-')));
		onTestFinished(() => rmSync(folder, {recursive: true}));
		const {pid: gone} = spawnSync('true');
		const chance = '2d972596-1ade-4028-bfe3-41f8ec14f2df';
		const kept = [`.tmp-${process.pid}-${chance}`, `.tmp-${gone}`, `.tmp-${gone}-mine`, 'notes.md'];
		for (const name of [...kept, `.tmp-${gone}-${chance}`]) writeFileSync(join(folder, name), '');
		mkdirSync(join(folder, `.tmp-0-${chance}`));
		expect(await writeText(folder, join(folder, 'report.md'), 'Done.\n')).toBeUndefined();
		expect(readdirSync(folder).sort()).toEqual([...kept, `.tmp-0-${chance}`, 'report.md'].sort());
	});
});
