/** A secret as it is found: what must vanish, and a text around it in which it is known as one. */
export type Sample = {readonly shape: string; readonly secret: string; readonly text: string};

const small = 'abcdefghijklmnopqrstuvwxyz';
const large = small.toUpperCase();
const digits = '0123456789';
const hex = '0123456789abcdef';
const word = small + large + digits;
const base64 = `${word}+/`;
const url64 = `${word}-_`;

/** Drawn from a seed, so that no file of the project holds anything that looks like a key. */
const createDraw = (seed: number) => {
	let state = seed;
	const next = (): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	return (length: number, alphabet = word): string =>
		Array.from({length}, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join('');
};

/** Lines of 64, as in a PEM file. */
const folded = (text: string): string => text.replaceAll(/.{64}/g, line => `${line}\n`);

/** One sample of every shape. The same seed gives the same secrets. */
export const samplesOf = (seed = 7): readonly Sample[] => {
	const draw = createDraw(seed);
	/** A word with letters of both kinds and digits, whatever is drawn. */
	const password = (length: number): string => `q7R${draw(length - 6)}4xK`;
	const bare = (shape: string, secret: string): Sample => ({shape, secret, text: `it says ${secret} there`});
	const within = (shape: string, secret: string, before: string, after = ''): Sample => ({
		shape,
		secret,
		text: `${before}${secret}${after}`,
	});
	const pem = (kind: string, characters: number): string =>
		`-----BEGIN ${kind}-----\n${folded(draw(characters, base64))}\n-----END ${kind}-----`;
	return [
		bare('anthropic-key', `sk-ant-api03-${draw(93, url64)}AA`),
		bare('openai-key', `sk-proj-${draw(120, url64)}`),
		bare('openai-key', `sk-${draw(20)}T3BlbkFJ${draw(20)}`),
		bare('aws-access-key', `AKIA${draw(16, large)}`),
		bare('aws-access-key', `ASIA${draw(16, large)}`),
		within('aws-secret-key', `${draw(36, base64)}a7/Z`, 'aws_secret_access_key = '),
		bare('github-token', `ghp_${draw(36)}`),
		bare('github-token', `gho_${draw(36)}`),
		bare('github-token', `ghu_${draw(36)}`),
		bare('github-token', `ghs_${draw(36)}`),
		bare('github-token', `ghr_${draw(76)}`),
		bare('github-fine-token', `github_pat_${draw(22)}_${draw(59)}`),
		bare('gitlab-token', `glpat-${draw(20, url64)}`),
		bare('slack-token', `xoxb-${draw(12, digits)}-${draw(12, digits)}-${draw(24)}`),
		bare('slack-app-token', `xapp-1-A${draw(10, large)}-${draw(12, digits)}-${draw(64, hex)}`),
		within(
			'slack-webhook',
			`T${draw(8, large)}/B${draw(8, large)}/${draw(24)}`,
			'curl https://hooks.slack.com/services/',
		),
		bare('stripe-key', `sk_live_${draw(24)}`),
		bare('stripe-key', `rk_live_${draw(24)}`),
		bare('stripe-webhook-secret', `whsec_${draw(32)}`),
		bare('google-api-key', `AIza${draw(35, url64)}`),
		bare('google-oauth-token', `ya29.${draw(60, url64)}`),
		bare('google-client-secret', `GOCSPX-${draw(28, url64)}`),
		within(
			'private-key',
			draw(640, base64),
			'{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n',
			'\\n-----END PRIVATE KEY-----\\n", "client_id": "1"}',
		),
		bare('npm-token', `npm_${draw(36)}`),
		bare('pypi-token', `pypi-AgEIcHlwaS5vcmc${draw(80, url64)}`),
		bare('sendgrid-key', `SG.${draw(22, url64)}.${draw(43, url64)}`),
		bare('twilio-key', `SK${draw(32, hex)}`),
		within(
			'azure-key',
			`${draw(86, base64)}==`,
			'DefaultEndpointsProtocol=https;AccountName=boats;AccountKey=',
			';EndpointSuffix=core.windows.net',
		),
		within('azure-signature', `${draw(43)}%3D`, 'https://boats.blob.core.windows.net/a?sv=2024&sig='),
		bare('jwt', `eyJ${draw(30, url64)}.eyJ${draw(80, url64)}.${draw(43, url64)}`),
		bare('private-key', pem('RSA PRIVATE KEY', 1600)),
		bare('private-key', pem('OPENSSH PRIVATE KEY', 380)),
		bare('private-key', pem('PGP PRIVATE KEY BLOCK', 900)),
		within('database-url', password(12), 'DATABASE=postgres://ada:', '@db.example.com:5432/boats'),
		within('database-url', password(10), 'redis://:', '@cache:6379/0'),
		within('address-with-password', password(12), 'git clone https://ada:', '@example.com/boats.git'),
		within('address-with-token', password(24), 'https://', '@example.com/boats.git'),
		within('bearer-token', password(40), 'curl -H "X-Auth: Bearer ', '"'),
		within('authorization', `${draw(20, base64)}x9A=`, 'Authorization: Basic '),
		bare('digitalocean-token', `dop_v1_${draw(64, hex)}`),
		bare('hugging-face-token', `hf_${draw(34)}`),
		within('telegram-token', `AA${draw(33, url64)}`, 'bot 123456789:'),
		bare('discord-token', `MTA${draw(21)}.${draw(6, url64)}.${draw(38, url64)}`),
		within('discord-webhook', draw(68, url64), `https://discord.com/api/webhooks/${draw(18, digits)}/`),
		bare('age-key', `AGE-SECRET-KEY-1${draw(58, large)}`),
		within('netrc-password', password(9), ['machine example.com', 'login ada', 'password '].join('\n  ')),
		bare('shopify-token', `shpat_${draw(32, hex)}`),
		bare('linear-key', `lin_api_${draw(40)}`),
		bare('notion-token', `ntn_${draw(46)}`),
		bare('databricks-token', `dapi${draw(32, hex)}`),
		bare('vault-token', `hvs.${draw(90, url64)}`),
		bare('doppler-token', `dp.pt.${draw(43)}`),
		within('terraform-token', draw(60, url64), `${draw(14)}.atlasv1.`),
		bare('planetscale-token', `pscale_tkn_${draw(43, url64)}`),
		bare('postman-key', `PMAK-${draw(24, hex)}-${draw(34, hex)}`),
		bare('new-relic-key', `NRAK-${draw(27, large + digits)}`),
		bare('grafana-token', `glsa_${draw(32)}_${draw(8, hex)}`),
		bare('sentry-token', `sntrys_${draw(60)}`),
		bare('mailgun-key', `key-${draw(32, hex)}`),
		bare('docker-token', `dckr_pat_${draw(27, url64)}`),
		bare('heroku-key', `HRKU-${draw(40, url64)}`),
		bare('square-token', `sq0atp-${draw(22, url64)}`),
		bare('figma-token', `figd_${draw(40, url64)}`),
		bare('groq-key', `gsk_${draw(52)}`),
		bare('xai-key', `xai-${draw(80)}`),
		bare('perplexity-key', `pplx-${draw(48)}`),
		bare('replicate-token', `r8_${draw(37)}`),
		bare('supabase-token', `sbp_${draw(40, hex)}`),
		bare('fly-token', `fm2_${draw(100, base64)}`),
		bare('atlassian-token', `ATATT3${draw(180, url64)}`),
		bare('onepassword-token', `ops_eyJ${draw(200)}`),
		bare('rubygems-key', `rubygems_${draw(48, hex)}`),
		bare('sonar-token', `squ_${draw(40, hex)}`),
		within('secret-in-quotes', password(11), 'const config = {password: "', '"};'),
		within('secret-in-quotes', password(20), '"api_key": "', '",'),
		within('secret-in-quotes', password(14), '{\\"clientSecret\\": \\"', '\\"}'),
		within('secret-in-environment', password(14), 'export MAIL_PASSWORD=', '\n'),
		within('secret-in-environment', draw(64, hex), 'SECRET_KEY_BASE=', ' rails s'),
		within('secret-in-words', `7d${password(14)}2a9b`, 'db:\n  password: ', '\n'),
		within('secret-in-arguments', password(12), 'mysql --host db --password ', ' < dump.sql'),
	];
};
