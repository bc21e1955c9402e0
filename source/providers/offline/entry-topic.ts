import {labelPart, listed, oneLine} from './figure.ts';
import {globNames} from './glob-names.ts';
import type {Look, Topic} from './look.ts';
import {isReadable, manifestFacts} from './read-manifest.ts';
import {readFileText, readHits, readMatches} from './read-result.ts';

const manifestsReadMax = 3;

const manifestNames = [
	...['package.json', 'deno.json', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile'],
	...['Cargo.toml', 'go.mod', 'pom.xml', 'build.gradle', 'build.gradle.kts', 'Gemfile', 'composer.json', 'mix.exs'],
	...['CMakeLists.txt', 'Makefile', 'justfile', 'Dockerfile', 'compose.yaml', 'docker-compose.yml', 'Package.swift'],
];

const globManifests = globNames('Manifests', `{${manifestNames.join(',')}}`, 'look for manifests');

/** Written out, because nested braces multiply beyond what a pattern may unfold into. */
const entryNames = [
	...['main', 'cli', 'app', 'server'].flatMap(name =>
		['ts', 'tsx', 'js', 'mjs', 'py', 'go', 'rs', 'rb', 'c', 'cpp', 'java'].map(extension => `${name}.${extension}`),
	),
	...['__main__.py', 'manage.py', '/index.html', '/index.js', '/index.ts', '/src/index.ts', '/src/index.js'],
];

const globEntries = globNames(
	'Files named like entry points',
	`{${entryNames.join(',')}}`,
	'look for files named like entry points',
);

const mainPattern =
	'^func main\\(\\)|^(pub )?(async )?fn main\\(|^if __name__ == |\\bint main\\(|public static void main\\(';

const grepMains: Look = {
	tool: 'grep',
	input: {pattern: mainPattern, glob: '*.{go,rs,py,c,cc,cpp,java,cs}', max_results: 10},
	why: 'search for main functions',
	read: result => {
		const hits = readHits(result);
		if (hits === undefined) return [];
		const places = hits.places.map(({file, line}) => `${file}:${line}`);
		return [['Main functions', listed(places, 6, hits.lines)]];
	},
};

const readManifest = (path: string): Look => ({
	tool: 'read_file',
	input: {path},
	why: `read ${oneLine(path, 60)}`,
	read: result => {
		const file = readFileText(result);
		return file === undefined
			? [[`Manifest ${labelPart(path)}`, 'could not be parsed']]
			: manifestFacts(path, file.text);
	},
});

const depthOf = (path: string): number => path.split('/').length;

/** The manifests of the project itself rather than those of its examples and parts: the least deep ones. */
const chosen = (names: readonly string[]): readonly string[] => {
	const readable = names.filter(isReadable);
	const depth = Math.min(...readable.map(depthOf));
	return readable.filter(name => depthOf(name) === depth).slice(0, manifestsReadMax);
};

/** Entry points, scripts and dependencies. */
export const entryTopic: Topic = answer => {
	const found = answer(globManifests);
	const names = found === undefined ? [] : (readMatches(found)?.names ?? []);
	return [globManifests, globEntries, grepMains, ...chosen(names).map(readManifest)];
};
