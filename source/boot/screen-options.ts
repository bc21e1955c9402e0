import type {TerminalLease} from '../../components/terminal-lease.ts';
import type {Keymap} from '../../store/keymap.ts';
import type {Outside} from '../../store/outside.ts';
import {keymapWith} from '../../store/own-keys.ts';
import {systemClock} from '../engine/clock.ts';
import {type Colors, chooseColors} from './choose-colors.ts';
import {type Claim, createClaims} from './claims.ts';
import {createClipboard} from './clipboard.ts';
import {readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import type {NoticeForm, NoticeKind} from './notice.ts';
import {createOutside} from './outside.ts';
import {type Renderer, renderers} from './renderer.ts';
import type {Terminal} from './terminal.ts';

/** How the person wants full screens, and the terminal they are on. */
export type ScreenOptions = Pick<Terminal, 'stdin' | 'stdout'> &
	Colors & {
		/** The terminal can be told what addresses open. */
		readonly links: boolean;
		readonly screenReader: boolean;
		readonly renderer: Renderer;
		readonly reducedMotion: boolean;
		readonly keymap: Keymap;
		/** How the terminal calls a person who looks elsewhere. */
		readonly notify: NoticeKind;
		readonly noticeForm: NoticeForm;
		/** Of several screens one calls. */
		readonly claim: Claim;
		/** The person's own programs, which borrow the terminal. */
		readonly outside: (borrow: TerminalLease['borrow']) => Outside;
	};

export const screenOptions = ({terminal, flags, environment, paths, inherited}: Context): ScreenOptions => {
	const user = readUserConfig(paths.userConfig);
	return {
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		...chooseColors(environment, user),
		links: environment.links,
		screenReader: environment.screenReader,
		renderer: renderers.find(name => name === flags.renderer) ?? 'canvas',
		reducedMotion: user.reducedMotion ?? false,
		keymap: keymapWith(user.keys ?? {}).keymap,
		notify: user.notify ?? 'off',
		noticeForm: environment.noticeForm,
		claim: createClaims(paths.notices, systemClock.now),
		outside: borrow =>
			createOutside({
				env: inherited,
				clock: systemClock,
				copy: createClipboard({
					env: inherited,
					platform: process.platform,
					write: codes => void terminal.stdout.write(codes),
					state: paths.state,
				}),
				borrow,
			}),
	};
};
