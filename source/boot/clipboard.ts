import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Copied} from '../../store/outside.ts';
import {feed} from '../workspace/feed.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type ClipboardParts = {
	readonly env: Environment;
	readonly platform: NodeJS.Platform;
	/** Straight to the terminal. */
	readonly write: (codes: string) => void;
	/** The folder for what nothing else can take. */
	readonly state: string;
};

type Keeper = {readonly program: string; readonly args: readonly string[]};

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';

/** The programs that may keep a clipboard here. Over SSH they would keep that of another machine. */
export const keepersOf = (env: Environment, platform: NodeJS.Platform): readonly Keeper[] => {
	if (isSet(env, 'SSH_CONNECTION') || isSet(env, 'SSH_TTY')) return [];
	if (platform === 'darwin') return [{program: 'pbcopy', args: []}];
	return [
		...(isSet(env, 'WAYLAND_DISPLAY') ? [{program: 'wl-copy', args: []}] : []),
		...(isSet(env, 'DISPLAY')
			? [
					{program: 'xclip', args: ['-selection', 'clipboard']},
					{program: 'xsel', args: ['--clipboard', '--input']},
				]
			: []),
	];
};

/** What terminals take in one sequence, characters. */
const sequenceMax = 74_994;

/** The sequence that asks the terminal to keep a text; undefined where it would not. */
export const clipboardCode = (text: string, env: Environment): string | undefined => {
	if (env['TERM'] === 'dumb' || env['TERM'] === 'linux') return undefined;
	const code = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (code.length > sequenceMax) return undefined;
	// What tmux is to pass on to its terminal is wrapped, its escapes doubled.
	return isSet(env, 'TMUX') ? `\u001bPtmux;${code.replaceAll('\u001b', '\u001b\u001b')}\u001b\\` : code;
};

/** Puts texts into the clipboard: by a program of this machine, else by the terminal, else into a file. Never rejects. */
export const createClipboard =
	({env, platform, write, state}: ClipboardParts) =>
	async (text: string): Promise<Copied> => {
		for (const {program, args} of keepersOf(env, platform))
			if (await feed({program, args, env, input: text})) return {kind: 'copied', text: 'to the clipboard'};
		const code = clipboardCode(text, env);
		if (code !== undefined) {
			write(code);
			return {kind: 'copied', text: "to the terminal's clipboard, if it allows that"};
		}
		const path = join(state, 'copied.txt');
		try {
			writeFileSync(path, text, {mode: 0o600});
			return {kind: 'copied', text: `to ${path}`};
		} catch (error) {
			return {kind: 'problem', text: `Nothing takes the text: ${String(error)}`};
		}
	};
