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

/** What some file systems leave out of a name before they compare it: marks without width, and accents set apart. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Mn}\u0000]/gu;

/** A name as the most forgiving file system compares it: without case, look-alikes, unseen marks and dots at its end. */
const asCompared = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(unseen, '')
		.toLowerCase()
		.replaceAll('ı', 'i')
		.replace(/[. ]+$/, '');

/** Short names that Windows gives to `.git` and its like: `GIT~1`. */
const shortName = /^(git|env|ssh|flotil|npmrc)~\d$/;

/**
 * Whether a path relative to a project's folder names something that no agent may read or write: keys, credentials,
 * and what belongs to git or Flotilla itself. Names are compared as the most forgiving file systems compare them.
 */
export const isProtectedPath = (relative: string): boolean =>
	// Where files have streams, `.env::$DATA` is `.env`.
	relative.split(/[/\\]/).some(name => isClosed(asCompared(name)) || isClosed(asCompared(name.replace(/:.*$/, ''))));

const isClosed = (name: string): boolean =>
	closedFolders.has(name) ||
	closedNames.has(name) ||
	shortName.test(name) ||
	(closedPatterns.some(pattern => pattern.test(name)) && !openPatterns.some(pattern => pattern.test(name)));
