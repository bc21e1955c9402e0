import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parse} from 'yaml';
import {z} from 'zod';
import type {CheckPlan} from '../domain/call.ts';

/** More checks than these would make a step wait longer than it worked. */
const checksMax = 4;

const textOf = (root: string, ...path: readonly string[]): Promise<string | undefined> =>
	readFile(join(root, ...path), 'utf8').catch(() => undefined);

/** What projects call their checks, in the order in which they run: the quick ones first. */
const scriptNames = [
	['lint'],
	['typecheck', 'type-check', 'types', 'tsc', 'check:types', 'check-types'],
	['test', 'test:unit', 'unit'],
] as const;

const manifest = z.looseObject({scripts: z.record(z.string(), z.string()).default({})});

const managers = [
	['pnpm-lock.yaml', 'pnpm'],
	['yarn.lock', 'yarn'],
	['bun.lock', 'bun'],
	['bun.lockb', 'bun'],
] as const;

const fromPackage = async (root: string, files: ReadonlySet<string>): Promise<readonly CheckPlan[]> => {
	const text = files.has('package.json') ? await textOf(root, 'package.json') : undefined;
	if (text === undefined) return [];
	let read: z.infer<typeof manifest>;
	try {
		read = manifest.parse(JSON.parse(text));
	} catch {
		return [];
	}
	const manager = managers.find(([lock]) => files.has(lock))?.[1] ?? 'npm';
	// What `npm init` writes is no test, and what watches never ends.
	const isReal = (name: string): boolean => {
		const script = Object.hasOwn(read.scripts, name) ? read.scripts[name] : undefined;
		return script !== undefined && !/no test specified|--watch(All)?(?![=\w])/.test(script);
	};
	const named = scriptNames.flatMap(names => names.find(isReal) ?? []);
	const chosen = named.length > 0 ? named : ['check'].filter(isReal);
	return chosen.map(name => ({name, command: `${manager} run ${name}`}));
};

/** Only checks whose whole rule is a target of its own: `test:` or `check: lint`. */
const fromMakefile = async (root: string, files: ReadonlySet<string>): Promise<readonly CheckPlan[]> => {
	const file = ['GNUmakefile', 'makefile', 'Makefile'].find(name => files.has(name));
	const text = file === undefined ? undefined : await textOf(root, file);
	if (text === undefined) return [];
	const targets = new Set([...text.matchAll(/^([A-Za-z][\w-]*)\s*:(?!=)/gm)].map(match => match[1]));
	const named = ['lint', 'test'].filter(name => targets.has(name));
	const chosen = named.length > 0 ? named : ['check'].filter(name => targets.has(name));
	return chosen.map(name => ({name, command: `make ${name}`}));
};

const fromLanguage = async (root: string, files: ReadonlySet<string>): Promise<readonly CheckPlan[]> => {
	if (files.has('Cargo.toml')) return [{name: 'test', command: 'cargo test'}];
	if (files.has('go.mod')) return [{name: 'test', command: 'go test ./...'}];
	const python = files.has('pyproject.toml') ? ((await textOf(root, 'pyproject.toml')) ?? '') : '';
	if (files.has('pytest.ini') || python.includes('[tool.pytest')) return [{name: 'test', command: 'python3 -m pytest'}];
	return [];
};

const workflow = z.looseObject({
	jobs: z.record(
		z.string(),
		z.looseObject({
			steps: z
				.array(z.looseObject({run: z.string().optional(), 'working-directory': z.string().optional()}))
				.default([]),
		}),
	),
});

/** What runs something by its name, so that the name says what is done. */
const runners = [
	'(?:npm|pnpm|yarn|bun|composer|deno)(?: run| exec| task)?',
	'(?:poetry|uv|pipenv|hatch) run',
	'bundle exec|npx|bunx|python3? -m',
	'make|just|task|rake|cargo|go|mix|gradle|mvn|dotnet|swift|\\./gradlew|\\./mvnw',
].join('|');
const runner = new RegExp(`^(?:${runners}) +(?:--?[\\w-]+ +)*`);

/** Words by which a name says that it checks. */
const checkWords =
	'tests?|lint|check|typecheck|vet|clippy|tsc|vitest|jest|mocha|eslint|pytest|ruff|mypy|tox|rspec|phpunit';
/** A name such as `test`, `lint:types`, `./scripts/check-all.sh` or `vitest`. */
const checkName = new RegExp(`^(?:[\\w./-]*[:/_-])?(?:${checkWords})(?:[:_-][\\w:-]+)?(?:\\.\\w+)?(?: |$)`);

/** A line of a workflow that checks and does nothing else. */
const isCheck = (line: string): boolean => {
	if (/[$|;&<>`\\]/.test(line)) return false;
	const run = runner.exec(line);
	return checkName.test(run === null ? line : line.slice(run[0].length)) && !/^(test|check) /.test(line);
};

const fromWorkflows = async (root: string): Promise<readonly CheckPlan[]> => {
	const folder = join(root, '.github', 'workflows');
	const names = (await readdir(folder).catch(() => [])).filter(name => /\.ya?ml$/.test(name)).sort();
	const checks = new Map<string, CheckPlan>();
	for (const name of names) {
		let read: unknown;
		try {
			read = parse((await textOf(folder, name)) ?? '');
		} catch {
			continue;
		}
		const known = workflow.safeParse(read);
		if (!known.success) continue;
		const lines = Object.values(known.data.jobs).flatMap(job =>
			job.steps.flatMap(step =>
				step['working-directory'] === undefined ? (step.run ?? '').split('\n').map(line => line.trim()) : [],
			),
		);
		for (const command of lines.filter(isCheck)) checks.set(command, {name: command, command});
	}
	return [...checks.values()];
};

/**
 * How a project says that its work is checked: its package scripts, else its Makefile, else what its language does by
 * itself, else what its workflows run. Empty when it says nothing. Nothing is run; what is in the files is read only.
 */
export const findChecks = async (root: string): Promise<readonly CheckPlan[]> => {
	const files = new Set(await readdir(root).catch(() => []));
	for (const find of [fromPackage, fromMakefile, fromLanguage, fromWorkflows]) {
		const checks = await find(root, files);
		if (checks.length > 0) return checks.slice(0, checksMax);
	}
	return [];
};
