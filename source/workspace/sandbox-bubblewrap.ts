import path from 'node:path';
import type {Sandbox} from './sandbox.ts';
import type {SandboxPlan} from './sandbox-plan.ts';
import {type SandboxParts, setStage, stagedEnv} from './sandbox-stage.ts';

const socketInside = '/run/flotilla.sock';
const port = 3128;

/** The line starts once the way out listens. That is not a job of the line's shell, so its own `wait` is not kept. */
const starter = `socat TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,backlog=1024 UNIX-CONNECT:${socketInside} >/dev/null 2>&1 &
for _ in {1..200}; do (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && break; sleep 0.01; done
exec bash -c "$1"`;

/** No rights, no way to get any, and nothing of the machine's but its files; gone as soon as Flotilla is. */
const isolation = [
	...['--die-with-parent', '--new-session', '--unshare-user', '--disable-userns', '--cap-drop', 'ALL'],
	...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try', '--unshare-net'],
	...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
	// Sockets lie here by which services of the machine, such as Docker, are commanded: no network is needed for that.
	...['--tmpfs', '/run', '--ro-bind-try', '/run/current-system', '/run/current-system', '--tmpfs', '/var/tmp'],
];

/**
 * Bubblewrap by ourselves: the whole file system read-only, with an own /tmp, /run, /dev and process list, and no
 * network but our proxy. When the line ends, the kernel ends all that it started, wherever it hid.
 */
export const createBubblewrap = (parts: SandboxParts & {readonly hasSocat: boolean}): Sandbox => ({
	kind: 'bubblewrap',
	words: `bubblewrap: commands write only in the project, the outputs and a /tmp of their own, see no keys and credentials, and reach ${
		parts.hasSocat ? 'only allowed hosts' : 'no network at all, because socat is missing: install it to allow hosts'
	}`,
	wrap: async order => {
		const {plan, scratch, temp, proxy, explain, release} = await setStage(parts, order, folder =>
			parts.hasSocat ? path.join(folder, 'proxy.sock') : undefined,
		);
		const out = proxy === undefined ? [] : ['--bind', path.join(scratch, 'proxy.sock'), socketInside];
		const line = proxy === undefined ? ['-c', order.command] : ['-c', starter, 'flotilla', order.command];
		return {
			command: 'bwrap',
			args: [
				...isolation,
				...['--bind', temp, '/tmp'],
				...mountsOf(plan),
				...out,
				...['--remount-ro', '/run', '--chdir', order.root, '--', 'bash', ...line],
			],
			cwd: order.root,
			env: stagedEnv(order.env, '/tmp', proxy === undefined ? undefined : `http://127.0.0.1:${port}`),
			explain,
			release,
		};
	},
});

/** Outer paths first: each mount hides what an earlier one put at its place. */
const mountsOf = ({writable, readOnly, hiddenFolders, hiddenFiles}: SandboxPlan): string[] => {
	const mounts = [
		...writable.map(place => ({place, args: ['--bind', place, place]})),
		...readOnly.map(place => ({place, args: ['--ro-bind', place, place]})),
		...hiddenFiles.map(place => ({place, args: ['--ro-bind', '/dev/null', place]})),
		// It shows nothing, yet lets through to what is open within it.
		...hiddenFolders.map(place => ({place, args: ['--perms', '0111', '--tmpfs', place]})),
	].sort((one, other) => one.place.length - other.place.length);
	return [...mounts.flatMap(({args}) => args), ...hiddenFolders.flatMap(place => ['--remount-ro', place])];
};
