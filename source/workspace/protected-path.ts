/**
 * Folders whose whole content is closed to agents, wherever they lie. `.flotilla` says what agents may do without
 * asking: one that could write it would give the next run its permissions.
 */
const closedFolders = new Set([
	...['.git', '.flotilla'],
	...['.ssh', '.aws', '.gnupg', '.kube', '.docker', '.azure', '.gcloud'],
]);

const closedNames = new Set([
	'.netrc',
	'_netrc',
	'.npmrc',
	'.yarnrc',
	'.pypirc',
	'.pgpass',
	'.git-credentials',
	'.htpasswd',
]);

const closedPatterns = [
	/^\.env(rc|\..+)?$/,
	/^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
	/\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx)$/,
];

/** Made to be shared: they say which settings there are, not what they hold. */
const openPatterns = [/^\.env\.(example|sample|template|dist|defaults)$/];

/**
 * Whether a path relative to a project's folder names something that no agent may read or write: keys, credentials,
 * and what belongs to git or Flotilla itself. Case is ignored, as some file systems ignore it.
 */
export const isProtectedPath = (relative: string): boolean =>
	relative
		.toLowerCase()
		.split(/[/\\]/)
		.some(
			name =>
				closedFolders.has(name) ||
				closedNames.has(name) ||
				(closedPatterns.some(pattern => pattern.test(name)) && !openPatterns.some(pattern => pattern.test(name))),
		);
