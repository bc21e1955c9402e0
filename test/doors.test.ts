import {globSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {doors} from './doors/plan-of-the-house.ts';
import {readSource} from './doors/read-source.ts';
import {trespassesIn} from './doors/trespasses.ts';

const root = path.join(import.meta.dirname, '..');
const top = ['source', 'components', 'store', 'db'];

describe('the house', () => {
	const sources = globSync(`{${top.join(',')}}/**/*.{ts,tsx}`, {cwd: root})
		.map(file => file.split(path.sep).join('/'))
		.map(file => readSource(file, readFileSync(path.join(root, file), 'utf8')));

	test('every source file was read, and there are no sources but TypeScript', () => {
		const walked = top.flatMap(folder =>
			readdirSync(path.join(root, folder), {recursive: true, withFileTypes: true})
				.filter(entry => entry.isFile() && !entry.name.endsWith('.md'))
				.map(entry => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
		);
		expect(sources.map(source => source.path).toSorted()).toEqual(walked.toSorted());
		expect(sources.length).toBeGreaterThan(80);
	});

	test('imports were found in it, of every kind', () => {
		const imports = sources.flatMap(source => source.imports);
		expect(imports.length).toBeGreaterThan(400);
		expect(imports.some(({typeOnly}) => typeOnly)).toBe(true);
		expect(imports.some(({specifier}) => specifier.startsWith('node:'))).toBe(true);
	});

	test('nobody trespasses', () => {
		expect(trespassesIn(sources)).toEqual([]);
	});
});

describe('the reader of sources', () => {
	const specifiers = (text: string) => readSource('a.ts', text).imports.map(found => found.specifier);
	const surroundings = (text: string) => readSource('a.tsx', text).surroundings;

	test('sees static, dynamic, type, inline type and re-exporting imports, and none in comments or texts', () => {
		const text = `
			import one from 'one';
			import 'two';
			import type {Three} from 'three';
			export {four} from 'four';
			export * from 'five';
			export type {Six} from 'six';
			const seven = await import('seven');
			type Eight = import('eight').Eight;
			const nine = require('nine');
			import ten = require('ten');
			const eleven = () => import(\`eleven\`);
			// import 'a comment';
			const text = "import 'a text'";
		`;
		const wanted = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'];
		expect(specifiers(text)).toEqual(wanted);
	});

	test('tells imports of types from those that run', () => {
		const text =
			"import type {A} from 'a'; import {type B} from 'b'; export type {C} from 'c'; type D = import('d').D;";
		const typeOnly = readSource('a.ts', text).imports.map(found => found.typeOnly);
		expect(typeOnly).toEqual([true, false, true, true]);
	});

	test('counts imports that nobody can follow', () => {
		expect(readSource('a.ts', 'await import(name); require(name);').computedImports).toBe(2);
	});

	test('sees the surroundings in any spelling', () => {
		for (const [text, use] of [
			['const a = Date.now();', 'Date.now'],
			['const a = (now = Date.now) => now();', 'Date.now'],
			['const a = globalThis.Date.now();', 'Date.now'],
			["const a = Date['now']();", 'Date.now'],
			['const a = new Date();', 'new Date()'],
			['const a = Date();', 'Date()'],
			['const a = performance.now();', 'performance.now'],
			['setTimeout(a, 1);', 'setTimeout'],
			['const a = {setTimeout};', 'setTimeout'],
			['globalThis.setInterval(a, 1);', 'setInterval'],
			['const a = AbortSignal.timeout(5);', 'AbortSignal.timeout'],
			['const a = Math.random;', 'Math.random'],
			['const {random} = Math;', 'Math.random'],
			["const a = process.env['X'];", 'process.env'],
			['const {env} = process;', 'process.env'],
			['const a = process.env as Record<string, string>;', 'process.env'],
			["import {env} from 'node:process';", 'env of node:process'],
			["import {env} from 'process';", 'env of process'],
			["import {homedir} from 'node:os';", 'homedir of node:os'],
			['const a = os.homedir();', 'os.homedir'],
			["import {randomUUID} from 'node:crypto';", 'randomUUID of node:crypto'],
			['const a = <B c={Date.now()} />;', 'Date.now'],
		] as const)
			expect(surroundings(text), text).toEqual([use]);
	});

	test('takes neither fields, types, comments nor given moments for the surroundings', () => {
		for (const text of [
			'clock.setTimeout(a, 1);',
			'const a = {setTimeout: b};',
			'type A = typeof setTimeout;',
			'const a = (now: typeof Date.now) => now();',
			'const a = new Date(5);',
			'// Date.now()',
			"const a = 'Date.now()';",
			"import {createHash} from 'node:crypto';",
			'const {env} = context;',
		])
			expect(surroundings(text), text).toEqual([]);
	});
});

describe('a planted trespass is found:', () => {
	/** A small house that keeps every rule, with one file put in. */
	const plant = (file: string, text: string): readonly string[] => {
		const innocent: Readonly<Record<string, string>> = {
			'source/domain/run.ts': 'export const run = 1;',
			'source/policy/rule.ts': "import {run} from '../domain/run.ts';\nexport const rule = run;",
			'source/providers/provider.ts': 'export const provider = 1;',
			'source/engine/port.ts': 'export type Port = 1;',
			'source/engine/clock.ts': 'export const now = () => Date.now();',
			'source/boot/paths.ts': "import {homedir} from 'node:os';\nexport const home = process.env['HOME'] ?? homedir();",
			'store/store.ts': "import {createStore} from 'zustand/vanilla';\nexport const a = createStore;",
			'components/app.tsx': "import {Box} from 'ink';\nexport const App = () => <Box />;",
		};
		return trespassesIn(Object.entries({...innocent, [file]: text}).map(([name, code]) => readSource(name, code)));
	};

	test('(the small house itself keeps every rule)', () => {
		expect(plant('source/domain/step.ts', "import {run} from './run.ts';\nexport const step = run;")).toEqual([]);
	});

	test('a door that is not there', () => {
		expect(
			plant('source/policy/x.ts', "export {provider} from '../providers/provider.ts';\nexport const x = 1;"),
		).toEqual(['source/policy/x.ts may not import source/providers/provider.ts']);
		expect(plant('components/x.tsx', "export const x = async () => import('../source/engine/port.ts');")).toEqual([
			'components/x.tsx may not import source/engine/port.ts',
		]);
		expect(plant('source/records/x.ts', "export type X = import('../engine/port.ts').Port;")).toEqual([
			'source/records/x.ts may not import source/engine/port.ts',
		]);
	});

	test('a door within a room where only one file is open', () => {
		expect(plant('store/x.ts', "import type {Port} from '../source/engine/port.ts';\nexport type X = Port;")).toEqual(
			[],
		);
		expect(plant('store/x.ts', "import {now} from '../source/engine/clock.ts';\nexport const x = now;")).toEqual([
			'store/x.ts may not import source/engine/clock.ts',
		]);
	});

	test('a value through a door for types', () => {
		const text = "import {provider} from '../providers/provider.ts';\nexport const x = provider;";
		expect(plant('source/agents/x.ts', text)).toEqual([
			'source/agents/x.ts may import only types of source/providers/provider.ts',
		]);
		expect(plant('source/agents/x.ts', text.replace('import', 'import type'))).toEqual([]);
	});

	test('anything imported by the domain from outside', () => {
		expect(plant('source/domain/x.ts', "import path from 'node:path';\nexport const x = path.sep;")).toEqual([
			'source/domain/x.ts may import nothing, but imports node:path',
		]);
		expect(plant('source/domain/x.ts', "import {rule} from '../policy/rule.ts';\nexport const x = rule;")).toContain(
			'source/domain/x.ts may not import source/policy/rule.ts',
		);
	});

	test('an import from outside the rooms, a room nobody planned, an import nobody can follow', () => {
		expect(plant('source/boot/x.ts', "import {y} from '../../test/y.ts';\nexport const x = y;")).toEqual([
			'source/boot/x.ts imports test/y.ts, which is in none of the rooms',
		]);
		expect(plant('source/attic/x.ts', "import {run} from '../domain/run.ts';\nexport const x = run;")).toEqual([
			'source/attic/x.ts lies in no room',
		]);
		expect(plant('source/boot/x.ts', 'export const x = async (y: string) => import(y);')).toEqual([
			'source/boot/x.ts imports something computed',
		]);
	});

	test('a package outside its one holder', () => {
		for (const [file, specifier] of [
			['source/tools/x.ts', 'node:child_process'],
			['source/tools/x.ts', 'child_process'],
			['source/workspace/x.ts', 'execa'],
			['store/x.ts', 'better-sqlite3'],
			['components/x.tsx', 'zustand'],
			['components/x.tsx', 'zustand/vanilla'],
			['store/x.ts', 'react'],
			['source/boot/x.ts', 'ink'],
			['source/agents/x.ts', '@anthropic-ai/sdk'],
			['source/tools/x.ts', '@anthropic-ai/sdk/resources'],
			['source/engine/x.ts', 'node:timers/promises'],
		] as const)
			expect(plant(file, `import type {X} from '${specifier}';\nexport type Y = X;`), specifier).toEqual([
				expect.stringContaining(`${file} may not use ${specifier}: its holder is `),
			]);
		for (const [file, specifier] of [
			['source/workspace/process.ts', 'execa'],
			['components/store-context.tsx', 'zustand'],
			['components/app.tsx', 'ink'],
			['source/tools/x.ts', '@anthropic-ai/sdk/tools/agent-toolset/node'],
			['source/tools/x.ts', 'ink-like'],
		] as const)
			expect(plant(file, `import type {X} from '${specifier}';\nexport type Y = X;`), specifier).toEqual([]);
	});

	test('the time, a timer, chance or the environment asked outside their holders', () => {
		expect(plant('store/x.ts', 'export const x = () => Date.now();')).toEqual([
			'store/x.ts may not use Date.now: its holder is source/engine/clock.ts, source/engine/id-source.ts',
		]);
		expect(plant('source/engine/x.ts', "export const x = () => process.env['X'];")).toEqual([
			'source/engine/x.ts may not use process.env: its holder is source/boot, source/cli.ts',
		]);
		expect(plant('source/boot/x.ts', 'export const x = Math.random();')).toHaveLength(1);
	});

	test('a circle of imports that run, but not one of types', () => {
		expect(plant('source/domain/run.ts', "import {step} from './run.ts';\nexport const run = 1;")).toEqual([
			'a circle of imports: source/domain/run.ts → source/domain/run.ts',
		]);
		const circle = plant('source/domain/run.ts', "export {rule} from '../policy/rule.ts';\nexport const run = 1;");
		expect(circle).toContain(
			'a circle of imports: source/domain/run.ts → source/policy/rule.ts → source/domain/run.ts',
		);
		expect(plant('source/domain/run.ts', "import type {run} from './run.ts';\nexport const x = 1;")).toEqual([]);
	});

	test('a barrel, except the library', () => {
		const text = "export * from './paths.ts';\nexport type {home} from './paths.ts';";
		expect(plant('source/boot/x.ts', text)).toEqual(['source/boot/x.ts is a barrel']);
		expect(plant('source/boot/x.ts', "import {home} from './paths.ts';\nexport {home};")).toHaveLength(1);
		expect(plant('source/library.ts', "export * from './boot/paths.ts';")).toEqual([]);
	});

	test('an empty name of a file or a folder', () => {
		for (const file of [
			'source/boot/utils.ts',
			'source/boot/path-helpers.ts',
			'store/common/x.ts',
			'db/run.service.ts',
		])
			expect(plant(file, 'export const x = 1;'), file).toEqual([
				expect.stringContaining(`${file} has the empty name `),
			]);
		expect(plant('source/boot/utilize.ts', 'export const x = 1;')).toEqual([]);
	});

	test('a giant', () => {
		expect(plant('source/boot/x.ts', '\n'.repeat(500))).toEqual(['source/boot/x.ts has 501 lines, more than 500']);
	});
});

test('the plan of the house names no room twice and no door to itself', () => {
	for (const [room, ways] of Object.entries(doors))
		for (const way of ways === 'everything' ? [] : ways) expect(way.to).not.toBe(room);
});
