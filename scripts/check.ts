import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';

/** Everything that must hold before a commit, the quickest first. All of it runs, also after a failure. */
const root = path.join(import.meta.dirname, '..');

type Check = {
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly needs?: string;
};

const checks: readonly Check[] = [
	{name: 'format and lint', command: 'biome', args: ['check']},
	{name: 'types', command: 'tsc', args: ['--noEmit']},
	{name: 'unused code', command: 'knip', args: []},
	{name: 'generated docs', command: 'tsx', args: ['scripts/write-docs.ts', '--check'], needs: 'scripts/write-docs.ts'},
	{name: 'tests and doors', command: 'vitest', args: ['run']},
];

const results = checks.map(({name, command, args, needs}) => {
	console.log(`\n── ${name}: ${[command, ...args].join(' ')}`);
	if (needs !== undefined && !existsSync(path.join(root, needs))) {
		console.log(`Skipped: there is no ${needs}.`);
		return {name, verdict: 'skipped', seconds: '-'};
	}
	const start = performance.now();
	const {status, error} = spawnSync(path.join(root, 'node_modules', '.bin', command), args, {
		cwd: root,
		stdio: 'inherit',
	});
	if (error !== undefined) console.log(`${command} could not be started: ${error.message}. Run \`npm ci\`.`);
	return {name, verdict: status === 0 ? 'passed' : 'FAILED', seconds: ((performance.now() - start) / 1000).toFixed(1)};
});

console.log('');
for (const {name, verdict, seconds} of results)
	console.log(`${name.padEnd(16)}  ${verdict.padEnd(7)}  ${seconds.padStart(6)} s`);
process.exitCode = results.some(({verdict}) => verdict === 'FAILED') ? 1 : 0;
