import {describe, expect, onTestFinished, test} from 'vitest';
import {findChecks} from '../../source/workspace/project-checks.ts';
import {makeTempProject} from './temp-project.ts';

const commandsOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
	const project = await makeTempProject();
	onTestFinished(project.remove);
	await project.write(files);
	return (await findChecks(project.root)).map(({command}) => command);
};

const manifest = (scripts: Readonly<Record<string, string>>) => ({'package.json': JSON.stringify({scripts})});

const workflow = (...lines: readonly string[]) => ({
	'.github/workflows/ci.yml': JSON.stringify({on: 'push', jobs: {build: {steps: lines.map(run => ({run}))}}}),
});

describe('the checks of a project', () => {
	test('are the scripts of its package, the quick ones first, and what only looks like one is none', async () => {
		expect(
			await commandsOf(manifest({test: 'vitest', build: 'tsc', 'type-check': 'tsc', lint: 'biome check'})),
		).toEqual(['npm run lint', 'npm run type-check', 'npm run test']);
		expect(await commandsOf(manifest({check: 'biome check', build: 'tsc'}))).toEqual(['npm run check']);
		expect(await commandsOf(manifest({check: 'all', 'test:unit': 'vitest'}))).toEqual(['npm run test:unit']);
		expect(await commandsOf(manifest({test: 'echo "Error: no test specified" && exit 1'}))).toEqual([]);
		expect(await commandsOf(manifest({test: 'jest --watch', lint: 'eslint --watchAll=false'}))).toEqual([
			'npm run lint',
		]);
		expect(await commandsOf(manifest({constructor: 'x'}))).toEqual([]);
	});

	test.each([
		['pnpm-lock.yaml', 'pnpm'],
		['yarn.lock', 'yarn'],
		['bun.lock', 'bun'],
		['bun.lockb', 'bun'],
		['package-lock.json', 'npm'],
	])('are run by whom %s belongs to', async (lock, manager) => {
		expect(await commandsOf({...manifest({test: 'x'}), [lock]: ''})).toEqual([`${manager} run test`]);
	});

	test('are the targets of its Makefile that are named so', async () => {
		const makefile = 'SRC := a\ntest := no\n.PHONY: lint test\nlint: $(SRC)\n\tx\ntest:\n\ty\ntest-all: test\n';
		expect(await commandsOf({Makefile: makefile})).toEqual(['make lint', 'make test']);
		expect(await commandsOf({GNUmakefile: 'check: all\n\tx\n'})).toEqual(['make check']);
		expect(await commandsOf({Makefile: 'testing:\n\tx\ncheck := no\n'})).toEqual([]);
	});

	test.each([
		['Cargo.toml', '', ['cargo test']],
		['go.mod', '', ['go test ./...']],
		['pytest.ini', '', ['python3 -m pytest']],
		['pyproject.toml', '[tool.pytest.ini_options]\n', ['python3 -m pytest']],
		['pyproject.toml', '[project]\n', []],
	])('are those of its language, as %s says', async (file, text, expected) => {
		expect(await commandsOf({[file]: text})).toEqual(expected);
	});

	test('are what its workflows run to check, each once, and nothing that does more or something else', async () => {
		const lines = [
			'npm ci',
			'npm install jest',
			'echo Running tests',
			'mkdir test\nnpm run lint\n  npx vitest run  ',
			'npm run lint',
			'npm test && npm publish',
			'npm test -- $PART',
			'git checkout main',
			'test -f done',
			'./scripts/check-types.sh --all',
			'python3 -m pytest -q',
		];
		expect(await commandsOf(workflow(...lines))).toEqual([
			'npm run lint',
			'npx vitest run',
			'./scripts/check-types.sh --all',
			'python3 -m pytest -q',
		]);
		const elsewhere = {
			jobs: {a: {steps: [{run: 'npm test', 'working-directory': 'web'}, {uses: 'x'}]}, b: {uses: 'y'}},
		};
		expect(await commandsOf({'.github/workflows/a.yaml': JSON.stringify(elsewhere)})).toEqual([]);
	});

	test.each([
		'cargo clippy --all',
		'go vet ./...',
		'uv run ruff check',
		'make test',
		'pnpm -r test',
		'yarn lint:css',
		'tox',
		'dotnet test',
		'bundle exec rspec',
	])('may be %s in a workflow', async line => {
		expect(await commandsOf(workflow(line))).toEqual([line]);
	});

	test('are four at most, and the first place that says any decides', async () => {
		const lines = ['make test', 'make lint', 'make check', 'cargo test', 'go test ./...'];
		expect(await commandsOf(workflow(...lines))).toHaveLength(4);
		const both = {...manifest({build: 'tsc'}), Makefile: 'test:\n\tx\n', 'go.mod': '', ...workflow('tox')};
		expect(await commandsOf(both)).toEqual(['make test']);
	});

	test('are none where nothing says any, and where what says so cannot be read', async () => {
		expect(await commandsOf({'README.md': 'npm test'})).toEqual([]);
		expect(await commandsOf({'package.json': '{', '.github/workflows/ci.yml': 'jobs: [\n'})).toEqual([]);
		expect(await commandsOf({'package.json': '{"scripts": {"test": 1}}', 'go.mod': ''})).toEqual(['go test ./...']);
		expect(await findChecks('/nonexistent/flotilla')).toEqual([]);
	});
});
