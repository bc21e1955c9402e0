import path from 'node:path';
import {doors, everything, forbiddenWords, linesMax, packageHolders, surroundingHolders} from './plan-of-the-house.ts';
import type {Import, Source} from './read-source.ts';

const lies = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

/** The longest of the places a file lies in. */
const placeOf = (file: string, places: readonly string[]): string | undefined =>
	places.filter(place => lies(file, place)).toSorted((a, b) => b.length - a.length)[0];

const isRelative = ({specifier}: Import): boolean => specifier.startsWith('.') || specifier.startsWith('/');

const targetOf = (file: string, {specifier}: Import): string =>
	path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));

const doorTrespass = (file: string, imported: Import, seen: ReadonlySet<string>): string | undefined => {
	const room = placeOf(file, Object.keys(doors));
	const allowed = room === undefined ? undefined : doors[room];
	if (room === undefined || allowed === undefined) return `${file} lies in no room`;
	if (!isRelative(imported))
		return room === 'source/domain' ? `${file} may import nothing, but imports ${imported.specifier}` : undefined;
	const target = targetOf(file, imported);
	if (!seen.has(target)) return `${file} imports ${target}, which is in none of the rooms`;
	if (lies(target, room) || allowed === everything) return undefined;
	const door = allowed.find(({to}) => lies(target, to));
	if (door === undefined) return `${file} may not import ${target}`;
	return door.types === true && !imported.typeOnly ? `${file} may import only types of ${target}` : undefined;
};

const packageTrespass = (file: string, {specifier}: Import): string | undefined => {
	const name =
		placeOf(specifier, Object.keys(packageHolders)) ?? placeOf(`node:${specifier}`, Object.keys(packageHolders));
	const holders = name === undefined ? undefined : packageHolders[name];
	return holders === undefined || placeOf(file, holders) !== undefined
		? undefined
		: `${file} may not use ${specifier}: its holder is ${holders.join(', ')}`;
};

const fileTrespasses = ({
	path: file,
	lines,
	computedImports,
	surroundings,
	onlyReexports,
}: Source): readonly string[] => {
	const words = file.split(/[/.-]/);
	return [
		...surroundings
			.filter(use => placeOf(file, surroundingHolders(use)) === undefined)
			.map(use => `${file} may not use ${use}: its holder is ${surroundingHolders(use).join(', ')}`),
		...(computedImports > 0 ? [`${file} imports something computed`] : []),
		...(onlyReexports && file !== 'source/library.ts' ? [`${file} is a barrel`] : []),
		...forbiddenWords.filter(word => words.includes(word)).map(word => `${file} has the empty name ${word}`),
		...(lines > linesMax ? [`${file} has ${lines} lines, more than ${linesMax}`] : []),
	];
};

/** Circles of imports that exist at run time; types have no order, so they may refer to each other. */
const cycles = (sources: readonly Source[]): readonly string[] => {
	const next = new Map(
		sources.map(source => [
			source.path,
			source.imports
				.filter(imported => isRelative(imported) && !imported.typeOnly)
				.map(imported => targetOf(source.path, imported)),
		]),
	);
	const found: string[] = [];
	const done = new Set<string>();
	const walk = (file: string, trail: readonly string[]): void => {
		const start = trail.indexOf(file);
		if (start >= 0) found.push(`a circle of imports: ${[...trail.slice(start), file].join(' → ')}`);
		if (start >= 0 || done.has(file)) return;
		for (const target of next.get(file) ?? []) walk(target, [...trail, file]);
		done.add(file);
	};
	for (const {path: file} of sources) walk(file, []);
	return found;
};

/** Everything in these files that breaks a rule of the house, in words. */
export const trespassesIn = (sources: readonly Source[]): readonly string[] => {
	const seen = new Set(sources.map(source => source.path));
	const ofImports = sources.flatMap(({path: file, imports}) =>
		imports.flatMap(imported => [doorTrespass(file, imported, seen), packageTrespass(file, imported)]),
	);
	return [...ofImports.filter(text => text !== undefined), ...sources.flatMap(fileTrespasses), ...cycles(sources)];
};
