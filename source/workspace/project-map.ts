import path from 'node:path';
import {cleanText} from './clean-text.ts';
import type {Git, GitHead} from './git.ts';
import {languageOf} from './language.ts';
import {listProjectFiles} from './project-files.ts';

/** Some 1,500 tokens. */
const charactersMax = 5000;
const foldersMax = 30;
const innerFoldersMax = 6;
const languagesMax = 12;
const manifestsMax = 25;
const topFilesMax = 30;

/** Files that say what a project is, how it is built and what it needs. */
const manifestNames = new Set(
	[
		...[
			'package.json',
			'pnpm-workspace.yaml',
			'deno.json',
			'tsconfig.json',
			'pyproject.toml',
			'setup.py',
			'requirements.txt',
		],
		...['Cargo.toml', 'go.mod', 'pom.xml', 'build.gradle', 'build.gradle.kts', 'Gemfile', 'composer.json', 'mix.exs'],
		...['Package.swift', 'pubspec.yaml', 'CMakeLists.txt', 'Makefile', 'justfile', 'Dockerfile', 'docker-compose.yml'],
		...['compose.yaml', 'flake.nix', 'README.md', 'README', 'README.rst', 'AGENTS.md', 'CLAUDE.md', 'CONTRIBUTING.md'],
	].map(name => name.toLowerCase()),
);

/** A short description of a project for prompts: sizes, folders, languages, manifests. Names only, no contents. */
export const drawProjectMap = async (order: {
	readonly root: string;
	readonly git: Git;
	readonly abort: AbortSignal;
}): Promise<string> => {
	const [{files, tracked, isComplete}, head] = await Promise.all([
		listProjectFiles(order),
		order.git.head(order.root, order.abort),
	]);
	const topFiles = files.filter(file => !file.includes('/'));
	const folders = mostFirst(files.filter(file => file.includes('/')).map(file => file.slice(0, file.indexOf('/'))));
	const manifests = files
		.filter(file => manifestNames.has(file.slice(file.lastIndexOf('/') + 1).toLowerCase()))
		.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
	const lines = [
		`Project folder: ${path.basename(order.root)}`,
		`Files: ${isComplete ? '' : 'more than '}${files.length}${tracked === undefined ? ' (not a git repository)' : ` (${tracked} tracked by git)`}`,
		...(head === undefined ? [] : [gitLine(head)]),
		`Languages by files: ${listed(mostFirst(files.map(languageOf)).map(counted), languagesMax)}`,
		`Files at the top: ${listed(topFiles, topFilesMax)}`,
		`Manifests: ${listed(manifests, manifestsMax)}`,
		'Folders (files beneath each):',
		...folders.slice(0, foldersMax).map(folder => `  ${counted(folder)}${innerOf(files, folder[0])}`),
		...(folders.length > foldersMax ? [`  … and ${folders.length - foldersMax} more folders`] : []),
	];
	const text = cleanText(lines.join('\n'));
	if (text.length <= charactersMax) return text;
	return `${text.slice(0, text.lastIndexOf('\n', charactersMax))}\n… the map is cut here`;
};

const gitLine = ({commit, branch}: GitHead): string =>
	`Git: ${branch === undefined ? 'no branch' : `branch ${branch}`}, ${
		commit === undefined ? 'no commit yet' : `at ${commit.slice(0, 10)}`
	}`;

const innerOf = (files: readonly string[], folder: string): string => {
	const inner = mostFirst(
		files
			.filter(file => file.startsWith(`${folder}/`))
			.map(file => file.split('/'))
			.filter(names => names.length > 2)
			.map(names => `${names[1]}/`),
	);
	return inner.length === 0 ? '' : `: ${listed(inner.map(counted), innerFoldersMax)}`;
};

type Counted = readonly [name: string, count: number];

const counted = ([name, count]: Counted): string => `${name} ${count}`;

const mostFirst = (names: readonly string[]): readonly Counted[] => {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
};

const listed = (items: readonly string[], most: number): string => {
	if (items.length === 0) return 'none';
	const rest = items.length > most ? `, … and ${items.length - most} more` : '';
	return items.slice(0, most).join(', ') + rest;
};
