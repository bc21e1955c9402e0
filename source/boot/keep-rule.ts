import {lstatSync, mkdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {isSeq, parseDocument} from 'yaml';
import {parseProjectConfig} from './config.ts';
import {type Paths, projectConfig} from './paths.ts';
import {replaceFile} from './replace-file.ts';
import {isTrusted, trust} from './trust.ts';

/** What became of a yes for always: the file it stands in, and why it does not count there, if so. */
export type KeptRule = {readonly path: string; readonly problem: string | undefined};

/** The mode of what is at a path; undefined when nothing is there. Throws when it is not of this kind itself. */
const modeOf = (path: string, kind: 'file' | 'folder'): number | undefined => {
	const found = lstatSync(path, {throwIfNoEntry: false});
	if (found === undefined) return undefined;
	if (found.isSymbolicLink())
		throw new Error(`${path} is a link to elsewhere, and Flotilla writes only into the project itself`);
	if (kind === 'file' ? found.isFile() : found.isDirectory()) return found.mode & 0o777;
	throw new Error(`${path} is not a ${kind}`);
};

/** The text with one more allow rule; comments, order and all else stay as they are. */
const withRule = (text: string, rule: string): string => {
	const document = parseDocument(text);
	const list = document.getIn(['rules', 'allow']);
	if (isSeq(list)) document.addIn(['rules', 'allow'], rule);
	else if (document.get('rules') == null) document.set('rules', document.createNode({allow: [rule]}));
	else document.setIn(['rules', 'allow'], document.createNode([rule]));
	return document.toString({lineWidth: 0, flowCollectionPadding: /[[{] /.test(text)});
};

/**
 * Write an allow rule into the project's configuration, for every later run in this folder, and trust the file with
 * it: unless it holds other allow rules that this user has not looked at, which then do not come along. Never throws;
 * a problem says what to do.
 */
export const keepRule = (dir: string, rule: string, {trustFile, userConfig}: Paths): KeptRule => {
	const path = projectConfig(dir);
	try {
		modeOf(dirname(path), 'folder');
		const mode = modeOf(path, 'file');
		const before = mode === undefined ? '' : readFileSync(path, 'utf8');
		const {allow = []} = parseProjectConfig(path, before, userConfig).rules ?? {};
		const others = allow.filter(other => other !== rule);
		const mayTrust = others.length === 0 || isTrusted(trustFile, {path, text: before});
		const text = allow.includes(rule) ? before : withRule(before, rule);
		if (text !== before) {
			parseProjectConfig(path, text, userConfig);
			mkdirSync(dirname(path), {recursive: true});
			replaceFile(path, text, mode ?? 0o644);
		}
		if (!mayTrust)
			return {
				path,
				problem: `${path} has other allow rules that you have not looked at, so none of them counts until \`flotilla trust\`.`,
			};
		trust(trustFile, {path, text});
		return {path, problem: undefined};
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		return {
			path,
			problem: `${words} Add it to ${path} yourself, under rules: allow:`,
		};
	}
};
