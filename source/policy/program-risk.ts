import {isShell} from './carried-command.ts';
import {gitRisk} from './git-risk.ts';
import {hasOption} from './option.ts';
import {denied, type Risk, type Suspect, unclear} from './risk.ts';
import {forkBomb} from './shell-line.ts';
import {reachOf} from './shell-path.ts';
import type {ShellWord} from './shell-word.ts';

/** Programs that no agent has any business with, and why. */
const closedPrograms: Readonly<Record<string, string>> = Object.fromEntries(
	(
		[
			['sudo su doas pkexec runuser sudoedit newgrp gosu su-exec', 'acting as another user'],
			['chroot nsenter unshare mount umount losetup insmod modprobe rmmod sysctl', 'changing what confines programs'],
			['mkswap fdisk sfdisk parted wipefs shred blkdiscard cryptsetup diskutil', 'changing disks'],
			['shutdown reboot halt poweroff init telinit', 'stopping the machine'],
			[
				'crontab at batch atq systemctl service launchctl systemd-run loginctl initctl',
				'running things later or as services',
			],
			['passwd chpasswd useradd userdel usermod groupadd visudo chsh chfn vipw', 'changing users'],
			['iptables ip6tables nft ufw firewall-cmd', 'changing the firewall'],
			['history fc', 'telling or repeating what was typed before'],
			['gdb lldb', 'reading other programs’ memory'],
			['security keyctl secret-tool pass gpg gpg2 gpg-agent ssh-add ssh-agent ssh-keygen', 'reaching for stored keys'],
		] as const
	).flatMap(([names, why]) => names.split(' ').map(name => [name, why])),
);

/** Programs that bring what others wrote. */
export const downloaders: ReadonlySet<string> = new Set([
	'curl',
	'wget',
	'fetch',
	'aria2c',
	'http',
	'https',
	'xh',
	'lynx',
	'nc',
	'ncat',
	'netcat',
	'socat',
	'scp',
	'ftp',
	'gh',
]);
const decoders = new Set(['base64', 'base32', 'xxd', 'openssl', 'rev', 'uudecode', 'gunzip', 'zcat']);

/** Programs that write to, delete or change every path they are given. */
const changers = new Set(
	'rm rmdir unlink mv cp ln install touch mkdir mkfifo mknod truncate tee chmod chown chgrp chattr setfacl patch rimraf trash shred split csplit'.split(
		' ',
	),
);

/** Further options by which programs start others. */
const starters: Readonly<Record<string, RegExp>> = {
	tar: /^--(checkpoint-action|to-command|use-compress-program|rsh-command|rmt-command|info-script|new-volume-script)|^-[a-zA-Z]*[IF]/,
	rsync: /^(-e|--rsh)/,
	ssh: /^-o|^(proxycommand|localcommand|permitlocalcommand|knownhostscommand)/i,
	scp: /^-[oS]/,
	sftp: /^-[oSb]/,
	zip: /^(-TT|--unzip-command)/,
	vim: /^(-c|\+|--cmd|-S|-s)/,
	vi: /^(-c|\+|--cmd)/,
	nvim: /^(-c|\+|--cmd|-S)/,
	emacs: /^--(eval|load|script|batch)|^-[lf]$/,
	make: /^(SHELL|MAKEFLAGS|\.SHELLFLAGS)=|^--eval/,
	npm: /script-shell|^--(node-options|prefix=\/|userconfig|globalconfig)/,
	man: /^-[PH]|^--(pager|html)/,
	less: /^\+!/,
	tmux: /^(new|send|run|split|respawn|if|pipe|source)/,
	screen: /./,
	expect: /./,
	proot: /./,
	firejail: /./,
	bwrap: /./,
	capsh: /./,
	setarch: /./,
	mapfile: /^-\w*C/,
	readarray: /^-\w*C/,
	complete: /./,
	compgen: /^-\w*[CFW]/,
	bind: /./,
	hash: /^-p/,
	enable: /^-f/,
	shopt: /expand_aliases/,
	npx: /^--(node-options|script-shell)/,
	docker: /^--(privileged|pid=host|net(work)?=host|cap-add|device|security-opt|userns=host|ipc=host)|docker\.sock/,
	podman: /^--(privileged|pid=host|cap-add|device|security-opt)/,
	nc: /^-[a-zA-Z]*[ec]/,
	ncat: /^-[a-zA-Z]*[ec]|^--(exec|sh-exec|lua-exec)/,
	netcat: /^-[a-zA-Z]*[ec]/,
	socat: /exec:|system:/i,
};

/** Options by which programs are told where to write: those that most understand, and those of some. */
const outputNames =
	/^--(output(-[a-z]+)?|out([-_]?(file|dir))?|dest(ination)?|target-directory|log-?file|directory-prefix)$/;
const outputLetters: Readonly<Record<string, string>> = {
	...{curl: '-o', wget: '-O -P -o', aria2c: '-o -d', sort: '-o', tar: '-C -f', unzip: '-d', git: '-o', go: '-o'},
	...{gcc: '-o', cc: '-o', clang: '-o', 'g++': '-o', rustc: '-o', time: '-o', strace: '-o', tree: '-o', esbuild: '-o'},
};

export const programRisk = (suspect: Suspect): Risk | undefined => {
	const {command, name, args, values, folders} = suspect;
	if (command.words[0]?.value === forkBomb)
		return denied('a function that calls itself without end (a fork bomb) is denied');
	const closed = Object.hasOwn(closedPrograms, name) ? closedPrograms[name] : undefined;
	if (closed !== undefined) return denied(`${name} is denied: ${closed}`);
	if (/^mkfs(\..*)?$|^mke2fs$/.test(name)) return denied(`${name} is denied: changing disks`);
	const sources = [...command.pipedFrom, ...command.builtFrom];
	if (isShell(name) || /^(eval|source|\.)$/.test(name)) {
		const from = sources.find(source => downloaders.has(source) || decoders.has(source));
		if (from !== undefined) return denied(`running what ${from} brings is denied`);
		if (command.builtFrom.length > 0) return unclear(`${name} runs what another command prints`);
	}
	if (/^(python[\d.]*|node|perl|ruby|php|deno|bun)$/.test(name)) {
		const readsInput = values.length === 0 || values[0] === '-';
		const from = (readsInput ? sources : command.builtFrom).find(
			source => downloaders.has(source) || decoders.has(source),
		);
		if (from !== undefined) return denied(`running what ${from} brings is denied`);
	}
	const starts = Object.hasOwn(starters, name) ? values.find(value => starters[name]?.test(value)) : undefined;
	if (starts !== undefined) return unclear(`${name} ${starts} may start other programs or reach further`);
	return (
		(name === 'git' ? gitRisk(suspect) : undefined) ??
		removalRisk(suspect) ??
		killRisk(name, values) ??
		(name === 'dd' ? ddRisk(values, folders) : undefined) ??
		changeRisk(suspect) ??
		outputRisk(name, args, folders)
	);
};

const isGrave = (reach: string): boolean => reach === 'outside' || reach === 'protected' || reach === 'maybe protected';

const removalRisk = ({name, args, values, folders}: Suspect): Risk | undefined => {
	if (name === 'find' && values.some(value => /^-(delete|exec.*|ok.*|fprint.*|fls)$/.test(value)))
		return findRisk(args, folders);
	const isWhole = name === 'rimraf' || (name === 'rm' && hasOption(values, 'rR', ['recursive', 'no-preserve-root']));
	if (!isWhole) return undefined;
	const operands = args.filter(word => !/^-./.test(word.value) || !word.isLiteral);
	for (const word of operands) {
		const words = wholeRemovalProblem(word, folders);
		if (words !== undefined) return denied(`${name} -r ${words}`);
	}
	return undefined;
};

const wholeRemovalProblem = (word: ShellWord, folders: readonly string[]): string | undefined => {
	const reach = reachOf(word.value, folders);
	if (reach === 'outside') return `aimed outside the project is denied (${word.text})`;
	if (reach === 'protected' || reach === 'maybe protected')
		return `aimed at what is protected is denied (${word.text})`;
	// Beneath a folder that is named a pattern can only match what lies there.
	const isBelow =
		word.isPattern && /^[^\u0000/]*[^\u0000/.][^\u0000/]*\/[^\u0000]*\u0000/.test(word.value.replace(/^(\.\/)+/, ''));
	if (!word.isLiteral && !isBelow) return `aimed at what is known only when it runs is denied (${word.text})`;
	if (/^[./]*$/.test(word.value) || folders.includes(word.value.replace(/\/+$/, '')))
		return `aimed at a whole working folder is denied (${word.text})`;
	return undefined;
};

const narrowing = /^-(i?name|i?path|i?wholename|i?regex|newer.*|size|empty|mtime|mmin|atime|ctime|perm|user)$/;

const findRisk = (args: readonly ShellWord[], folders: readonly string[]): Risk | undefined => {
	const printed = args.find((_, index) => /^-(fprint.*|fls)$/.test(args[index - 1]?.value ?? ''));
	if (printed !== undefined && isGrave(reachOf(printed.value, folders)))
		return denied(`find writes to ${printed.text}, outside the project or protected`);
	const first = args.findIndex(word => /^[-(!]/.test(word.value));
	const roots = args.slice(0, Math.max(0, first));
	const outside = roots.find(word => !word.isLiteral || reachOf(word.value, folders) !== 'inside');
	if (outside !== undefined) return denied(`find that deletes or runs things, aimed at ${outside.text}, is denied`);
	return args.some(word => word.value === '-delete') && !args.some(word => narrowing.test(word.value))
		? denied('find -delete of everything is denied')
		: undefined;
};

const killRisk = (name: string, values: readonly string[]): Risk | undefined => {
	if (name === 'kill' && (values.slice(1).includes('-1') || values.includes('1')))
		return denied('kill aimed at every process or the first one is denied');
	if (name === 'killall5') return denied('killall5 is denied: it ends every process');
	return undefined;
};

const ddRisk = (values: readonly string[], folders: readonly string[]): Risk | undefined => {
	const to = values.find(value => value.startsWith('of='))?.slice(3);
	return to !== undefined && isGrave(reachOf(to, folders))
		? denied(`dd of=${to} writes outside the project`)
		: undefined;
};

const changeRisk = ({name, args, values, folders}: Suspect): Risk | undefined => {
	if (
		name === 'chmod' &&
		values.some(value => /^([ugoa]*[+=][rwxX]*[st]|0?[4-7]\d{3})/.test(value) && !/^0?\d{3}$/.test(value))
	)
		return denied('chmod that lets programs act as another user is denied');
	const isInPlace = /^(sed|perl)$/.test(name) && values.some(value => /^(-[a-zA-Z]*i|--in-place)/.test(value));
	if (!changers.has(name) && !isInPlace) return undefined;
	const grave = args.find(word => !word.value.startsWith('-') && isGrave(reachOf(word.value, folders)));
	// Copying from elsewhere into the project is reading.
	const to = args.at(-1);
	const isCopied =
		name === 'cp' && grave !== to && to?.isLiteral === true && !hasOption(values, 't', ['target-directory']);
	if (grave === undefined || (isCopied && reachOf(grave.value, folders) === 'outside')) return undefined;
	return denied(`${name} aimed outside the project or at what is protected is denied (${grave.text})`);
};

const outputRisk = (name: string, args: readonly ShellWord[], folders: readonly string[]): Risk | undefined => {
	const letters = Object.hasOwn(outputLetters, name) ? (outputLetters[name] ?? '').split(' ') : [];
	const isContainer = /^(docker|podman|nerdctl)$/.test(name);
	for (const [index, {value}] of args.entries()) {
		const [option = '', ...glued] = value.startsWith('--')
			? value.split('=')
			: [value.slice(0, 2), ...(value.length > 2 ? [value.slice(2)] : [])];
		const target = glued.length > 0 ? glued.join('=') : (args[index + 1]?.value ?? '');
		if ((letters.includes(option) || outputNames.test(option)) && isGrave(reachOf(target, folders)))
			return denied(`${name} ${option} ${target} reaches outside the project or to what is protected`);
		const mounted =
			isContainer && /^(-v|--volume|--mount)$/.test(option)
				? /(?:^|source=|src=)([/~.][^:,]*)/.exec(target)?.[1]
				: undefined;
		if (mounted !== undefined && isGrave(reachOf(mounted, folders)))
			return denied(`${name} ${option} ${target} opens what lies outside the project`);
	}
	return undefined;
};
