import {isVaried, looksRandom, looksRandomInCode} from './redact-entropy.ts';
import {privateKeyAt, type Stretch} from './redact-private-key.ts';

/** A kind of secret and how to know it. */
export type SecretShape = {
	readonly name: string;
	/** How it may begin: at least three characters, in lower case, found in any. All such places are looked at. */
	readonly begins: readonly string[];
	/** The secret within the text at a place where one of `begins` stands; undefined when there is none. */
	readonly find: (text: string, at: number) => Stretch | undefined;
};

/**
 * No letter or digit stands in front, unless it belongs to an escape: `\n` in JSON, `%3D` in an address, a colour of
 * the terminal.
 */
const edge = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrtbf]|%[0-9A-Fa-f]{2}|\\u001b\\[[0-9;]{0,20}m))';

type Accepts = (secret: string) => boolean;

type Pattern = {
	readonly name: string;
	readonly begins: readonly string[];
	/** What must fit at that place. Its group `secret` is what must not be seen, or else all of it. */
	readonly pattern: string;
	readonly flags?: string;
	readonly accepts?: Accepts;
};

const shape = ({name, begins, pattern, flags = '', accepts}: Pattern): SecretShape => {
	const compiled = new RegExp(pattern, `yd${flags}`);
	return {
		name,
		begins,
		find: (text, at) => {
			compiled.lastIndex = at;
			const match = compiled.exec(text);
			if (match === null) return undefined;
			const [start, end] = match.indices?.groups?.['secret'] ?? [at, at + match[0].length];
			return accepts === undefined || accepts(text.slice(start, end)) ? {start, end} : undefined;
		},
	};
};

const hexDigits = [...'0123456789abcdef'];

/** Tokens that are known by their first characters: what they are called, how they begin (words), all of one. */
const tokens: readonly (readonly [name: string, begins: string, whole: string])[] = [
	['anthropic-key', 'sk-ant-', 'sk-ant-[\\w-]{16,}'],
	['openai-key', 'sk-', 'sk-(?:(?:proj|svcacct|admin|or-v1)-[\\w-]{20,}|[A-Za-z0-9]{32,})'],
	[
		'aws-access-key',
		'akia asia',
		// Often the secret key stands right beside it.
		'A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])(?:[\\s,;:|"\']{1,6}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))?',
	],
	['github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', 'gh[opsur]_[A-Za-z0-9]{20,}'],
	['github-fine-token', 'github_pat_', 'github_pat_\\w{22,}'],
	[
		'gitlab-token',
		'glpat- glptt- gldt- glrt- glcbt- gloas- glsoat- glft- glimt- glagent-',
		'gl[a-z]{2,5}-[\\w.-]{20,}',
	],
	['slack-token', 'xox', 'xox[abceoprs]-[\\w.-]{10,}'],
	['slack-app-token', 'xapp-', 'xapp-\\d-[A-Za-z0-9-]{10,}'],
	['stripe-key', 'sk_live_ sk_test_ rk_live_ rk_test_', '[sr]k_(?:live|test)_[A-Za-z0-9]{10,}'],
	['stripe-webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=]{24,}'],
	['google-api-key', 'aiza', 'AIza[\\w-]{30,}'],
	['google-oauth-token', 'ya29.', 'ya29\\.[\\w.-]{20,}'],
	['google-client-secret', 'gocspx-', 'GOCSPX-[\\w-]{20,}'],
	['npm-token', 'npm_', 'npm_[A-Za-z0-9]{30,}'],
	['pypi-token', 'pypi-age', 'pypi-AgE[\\w-]{40,}'],
	['sendgrid-key', 'sg.', 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}'],
	['twilio-key', hexDigits.map(digit => `sk${digit}`).join(' '), 'SK[0-9a-fA-F]{32}(?![A-Za-z0-9])'],
	['jwt', 'eyj', 'eyJ[\\w-]{8,1000}\\.eyJ[\\w-]{8,}(?:\\.[\\w-]*)?'],
	['digitalocean-token', 'doo_v1_ dop_v1_ dor_v1_ dot_v1_', 'do[oprt]_v1_[0-9a-f]{40,}'],
	['hugging-face-token', 'hf_', 'hf_[A-Za-z0-9]{30,}'],
	['age-key', 'age-secret-key-1', 'AGE-SECRET-KEY-1[A-Z0-9]{40,}'],
	['shopify-token', 'shpat_ shpss_ shpca_ shppa_', 'shp[a-z]{2}_[0-9a-fA-F]{32,}'],
	['linear-key', 'lin_api_ lin_oauth_', 'lin_[a-z]{3,5}_\\w{32,}'],
	['notion-token', 'ntn_', 'ntn_[A-Za-z0-9]{40,}'],
	['databricks-token', 'dapi', 'dapi[0-9a-f]{32}'],
	['vault-token', 'hvb. hvs. hvr.', 'hv[bsr]\\.[\\w-]{20,}'],
	['doppler-token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', 'dp\\.[a-z]{2,5}\\.[\\w.]{40,}'],
	['planetscale-token', 'pscale_', 'pscale_[a-z]{2,5}_[\\w.=-]{32,}'],
	['postman-key', 'pmak-', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'],
	['new-relic-key', 'nrak-', 'NRAK-[A-Z0-9]{27}'],
	['grafana-token', 'glsa_ glc_', 'gl(?:sa|c)_[\\w+/=]{32,}'],
	['sentry-token', 'sntrys_ sntryu_', 'sntry[su]_[\\w+/=]{40,}'],
	['mailgun-key', 'key-', 'key-[0-9a-f]{32}(?![A-Za-z0-9])'],
	['docker-token', 'dckr_pat_ dckr_oat_', 'dckr_[a-z]{3}_[\\w-]{20,}'],
	['heroku-key', 'hrku-', 'HRKU-[\\w-]{36,}'],
	['square-token', 'sq0atp- sq0csp-', 'sq0[a-z]{3}-[\\w-]{22,}'],
	['figma-token', 'figd_ figo_ figr_', 'fig[dor]_[\\w-]{30,}'],
	['groq-key', 'gsk_', 'gsk_[A-Za-z0-9]{40,}'],
	['xai-key', 'xai-', 'xai-[A-Za-z0-9]{60,}'],
	['perplexity-key', 'pplx-', 'pplx-[A-Za-z0-9]{40,}'],
	['replicate-token', 'r8_', 'r8_[A-Za-z0-9]{30,}'],
	['supabase-token', 'sbp_', 'sbp_[0-9a-f]{40,}'],
	['fly-token', 'fm1_ fm1a_ fm1r_ fm2_', 'fm[12][ar]?_[A-Za-z0-9+/=]{60,}'],
	['atlassian-token', 'atatt3', 'ATATT3[\\w=-]{60,}'],
	['onepassword-token', 'ops_eyj', 'ops_eyJ[\\w+/=-]{60,}'],
	['rubygems-key', 'rubygems_', 'rubygems_[0-9a-f]{40,}'],
	['sonar-token', 'sqa_ sqp_ squ_', 'sq[apu]_[0-9a-f]{40}'],
];

const databases =
	'postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|oracle';

/** What people write where a password would stand. */
const isPlaceholder = (text: string): boolean =>
	/^(?:pass(?:word|wd)?|pwd|secret|token|user(?:name)?|x+|\*+|\.+|…|[$%<{[].*)$/i.test(text);
const isPassword: Accepts = text => !isPlaceholder(text);

const secretWords =
	'(?:pass(?:word|wd|phrase|code)|pwd|secret|token|credentials?|(?:api|access|account|auth|private|signing|secret|encryption|master)[_-]?key)';
const secretWordsBegin = [
	...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'secret', 'token', 'credential'],
	...['api', 'access', 'account', 'auth', 'private', 'signing', 'encryption', 'master'].flatMap(word =>
		['key', '_key', '-key'].map(key => word + key),
	),
];
/** From the word to its value: the rest of the name, then what gives the value. A hash or a name of a secret is none. */
const restOfName =
	'(?!\\w{0,32}(?:hash|digest|checksum|name|path|file|url|uri|type|id|count|length)s?\\b)[\\w.-]{0,32}';
const gives = '["\'`\\]\\\\]{0,10}\\s{0,3}(?:=>|:=|=|:|>|\\bis\\b)\\s{0,3}';

const unquoted = '(?<secret>[^\\s"\'`\\\\,;<>(){}[\\]&|]{8,300})(?=[\\s,;&"\'`\\\\<|]|$)';

/** Between the words of a file: blanks and line breaks, as in JSON, in a numbered listing, a diff, a search result. */
const gap = '(?:\\s|\\\\{1,3}[nrt]|\\d{1,7}\\t|[+>]|(?<=\\n)[\\w./-]{1,200}:\\d{1,7}:)';

/** Secrets that are known by what is said of them. */
const contexts: readonly Pattern[] = [
	{
		name: 'aws-secret-key',
		begins: ['secret'],
		pattern:
			'secret[_-]?(?:access[_-]?)?key["\'\\\\\\s]{0,4}(?:=>|[:=]|\\s)["\'\\\\\\s]{0,4}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])',
		flags: 'i',
		accepts: looksRandom,
	},
	{
		name: 'slack-webhook',
		begins: ['hooks.slack.com/'],
		pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/(?<secret>[\\w+/-]{20,})',
	},
	{
		name: 'discord-webhook',
		begins: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
		pattern: 'discord(?:app)?\\.com/api/webhooks/\\d+/(?<secret>[\\w-]{40,})',
	},
	{
		name: 'discord-token',
		// The name of the bot comes first, a number in base64.
		begins: [...'mno'].flatMap(one => [...'dtjz'].flatMap(two => [...'aeimquycgk'].map(three => one + two + three))),
		pattern: `${edge}[MNO][DTjz][AEIMQUYcgk][\\w-]{20,25}\\.[\\w-]{6}\\.[\\w-]{27,40}`,
	},
	{
		name: 'telegram-token',
		begins: [':aa'],
		pattern: '(?<=(?<!\\d)\\d{8,10}):(?<secret>AA[\\w-]{32,35})(?![\\w-])',
	},
	{
		name: 'azure-key',
		begins: ['accountkey=', 'sharedaccesskey='],
		pattern: '(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,}={0,2})',
		flags: 'i',
	},
	{
		name: 'azure-signature',
		begins: ['sig='],
		pattern: '(?<=[?&;])sig=(?<secret>[A-Za-z0-9%+/=]{40,})',
		flags: 'i',
	},
	{
		name: 'terraform-token',
		begins: ['.atlasv1.'],
		pattern: '\\.atlasv1\\.(?<secret>[\\w-]{50,})',
	},
	{
		name: 'database-url',
		begins: ['://'],
		pattern: `(?<=\\b(?:${databases})(?:\\+\\w{1,20})?)://[^\\s:@/'"<>[]{0,64}:(?<secret>[^\\s/'"<>]{1,200})@`,
		accepts: isPassword,
	},
	{
		name: 'address-with-password',
		begins: ['://'],
		pattern: `://[^\\s:@/'"<>[]{0,64}:(?<secret>[^\\s/'"<>]{1,200})@`,
		accepts: isPassword,
	},
	{
		name: 'address-with-token',
		begins: ['://'],
		pattern: '://(?<secret>[\\w-]{16,200})@',
		accepts: looksRandom,
	},
	{
		name: 'bearer-token',
		begins: ['bearer'],
		pattern: 'bearer\\s{1,4}(?<secret>[\\w.~+/-]{16,}={0,3})',
		flags: 'i',
		accepts: looksRandom,
	},
	{
		name: 'authorization',
		begins: ['authorization'],
		pattern: `authorization${gives}\\\\{0,7}["'\`]?(?:[a-z]{1,16}\\s{1,4})?(?<secret>[\\w.~+/-]{8,}={0,3})`,
		flags: 'i',
		accepts: looksRandom,
	},
	{
		name: 'netrc-password',
		begins: ['password'],
		pattern: `(?<=\\blogin${gap}{1,4}\\S{1,100}${gap}{1,12}(?:account${gap}{1,4}\\S{1,100}${gap}{1,12})?)password${gap}{1,4}(?<secret>[^\\s\\\\]{1,200})`,
		accepts: isPassword,
	},
	{
		name: 'secret-in-quotes',
		begins: secretWordsBegin,
		pattern: `${secretWords}${restOfName}${gives}\\\\{0,7}(?<quote>["'\`])(?<secret>[^\\s"'\`\\\\]{8,300})\\\\{0,7}\\k<quote>`,
		flags: 'i',
		accepts: looksRandom,
	},
	{
		name: 'secret-in-environment',
		begins: secretWordsBegin,
		pattern: `${secretWords}\\w{0,32}=${unquoted}`,
		flags: 'i',
		accepts: looksRandom,
	},
	{
		name: 'secret-in-arguments',
		begins: secretWordsBegin,
		pattern: `(?<=--[\\w-]{0,30})${secretWords}\\s{1,3}["']?(?<secret>[^\\s"'\`\\\\]{8,300})`,
		flags: 'i',
		accepts: looksRandom,
	},
	{
		name: 'secret-in-words',
		begins: secretWordsBegin,
		pattern: `${secretWords}${restOfName}${gives}${unquoted}`,
		flags: 'i',
		accepts: looksRandomInCode,
	},
];

/** Whether a field of this name holds a secret, as `apiKey` or `db_password` does. */
const secretField = new RegExp(`${secretWords}$`, 'i');
export const isSecretField = (name: string): boolean => secretField.test(name);

/** All that is known of secrets without knowing them, the most telling first. */
export const secretShapes: readonly SecretShape[] = [
	{
		name: 'private-key',
		begins: ['-----begin ', '-----end ', 'private-lines: '],
		find: privateKeyAt,
	},
	...tokens.map(([name, begins, whole]): SecretShape => {
		const {find} = shape({name, begins: [], pattern: edge + whole});
		return {
			name,
			begins: begins.split(' '),
			// What comes after a prefix is looked at first, so that a row of prefixes is not read again from each.
			find: (text, at) => (isVaried(text.slice(at + 4, at + 40)) ? find(text, at) : undefined),
		};
	}),
	...contexts.map(shape),
];
