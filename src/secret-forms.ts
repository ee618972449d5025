/** What secrets look like: for `redact`, which takes them out of every text, and for the checks that look for them. */

export interface SecretForm {
  /** Completes "this is …". */
  what: string
  pattern: RegExp
  /** Made to be read by everybody: taken out of texts all the same, since one cannot be sure. */
  public?: true
}

/** Well-known forms, wherever they stand. */
export const secretForms: readonly SecretForm[] = [
  // With or without its scheme
  {what: 'a Fly.io token', pattern: /\b(?:FlyV1\s+)?(?:fm\d[a-z]?|fo\d)_[A-Za-z0-9+/=_,-]{8,}/},
  {what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/},
  {what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/},
  {what: 'a GitLab token', pattern: /\bglpat-[\w-]{16,}/},
  // Stripe, OpenAI, Anthropic and others
  {what: 'a secret API key', pattern: /\b(?:sk|rk)[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,}/},
  {what: 'a publishable API key', pattern: /\bpk[-_](?:live|test)?[-_]?[\w-]{16,}/, public: true},
  {what: 'a Slack token', pattern: /\bxox[abprs]-[\w-]{10,}/},
  {what: 'a Google API key', pattern: /\bAIza[\w-]{30,}/},
  {what: 'a SendGrid key', pattern: /\bSG\.[\w.-]{20,}/},
  {what: 'an npm token', pattern: /\bnpm_\w{20,}/},
  {what: 'a PyPI token', pattern: /\bpypi-[\w-]{20,}/},
  {what: 'a Hugging Face token', pattern: /\bhf_\w{20,}/},
  {what: 'a Docker Hub token', pattern: /\bdckr_pat_[\w-]{16,}/},
  {what: 'a signed token', pattern: /\beyJ[\w-]{10,1000}\.[\w-]{10,}\.[\w-]{5,}/},
  {
    what: 'a private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/,
  },
]

/** `scheme://user:password@host`: $1 and $2 are what stands before and after the colon, up to the last @. */
export const urlPassword = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@"'`]{0,200}):([^\s"'`]{1,500})@/i

/** Names like a secret's: BuildKit's SecretsUsedInArgOrEnv, and a few that people use besides. */
export const secretName = String.raw`(?:\w*(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PWORD|API_?KEY|CREDENTIALS?)\w*|(?:\w+_)?(?:KEY|PASS|PWD|DSN|SALT|AUTH))`

/** What a text holds that has the well-known form of a secret; words can have it too (sk-learn-model-server), without digits. */
export const wellKnownSecret = (text: string): string | undefined =>
  secretForms.find((form) => !form.public && /\d|PRIVATE KEY/.test(form.pattern.exec(text)?.[0] ?? ''))?.what

const wholeName = new RegExp(`^${secretName}$`, 'i')
/** Whether a variable of this name holds a secret by what it is called. */
export const hasSecretName = (name: string): boolean => wholeName.test(name)

export const passwordInUrl = (text: string): string | undefined => urlPassword.exec(text)?.[2]
