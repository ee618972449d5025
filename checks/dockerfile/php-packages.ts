import {allInstructions, defineCheck, type Facts, foreignPhp} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/php-packages',
  title: 'packages of PHP are for the PHP of the image',
  why: 'The official image has a PHP of its own in /usr/local: apt is forbidden to find the packages for another one, and what apk brings it never loads.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse'],
  *run({image, buildsElse}) {
    for (const {stage, root, commands} of image.stages) {
      // Told once: a stage that takes the pin away may install all of them.
      if (allInstructions(stage).some(({text}) => pins.test(text))) continue
      for (const {words, conditional, decisive, at} of commands) {
        const [program = ''] = words
        const verb = verbs.get(program)
        // From a release that is named apt takes what is pinned, too.
        if (!verb || conditional || words.some((word) => /^(?:-t|--target-release)/.test(word ?? ''))) continue
        const names = words
          .slice(words.indexOf(verb) + 1)
          .filter((word) => word !== undefined && foreignPhp(root, word))
        const [name] = names
        if (!words.includes(verb) || name === undefined) continue
        const isApt = program !== 'apk'
        yield {
          message: isApt
            ? `${root.image} has a PHP of its own, and forbids apt another one: ${program} finds no ${name}, and stops`
            : `${name} is for the PHP of Alpine, and ${root.image} runs another one, in /usr/local, which never loads it`,
          at,
          related: [stage.at],
          hint: cureOf(names as string[]),
          ...((buildsElse || !decisive || !isApt) && {severity: 'warning'}),
          ...(!isApt && {failsAt: 'runtime'}),
        }
        break
      }
    }
  },
})

type Program = Facts['image']['stages'][number]['commands'][number]['words'][number]
const verbs: ReadonlyMap<Program, string> = new Map([
  ['apt-get', 'install'],
  ['apt', 'install'],
  ['apk', 'add'],
])

/** What takes away /etc/apt/preferences.d/no-debian-php of the image, which pins the packages php*, or sets others. */
const pins = /no-debian-php|\/preferences\b|preferences\.d/

/** What comes with the PHP of the image. */
const there =
  /^(?:cli|fpm|cgi|common|dev|pear|phpdbg|xml|curl|mbstring|json|tokenizer|ctype|session|phar|openssl|pdo|sqlite3|iconv|fileinfo|dom|simplexml|xmlwriter|xmlreader|posix|readline)$/

function cureOf(names: readonly string[]): string {
  const parts = names.flatMap((each) => /^php[\d.]*-(?:pecl-)?(.+)$/.exec(each)?.[1] ?? [])
  const extensions = parts.filter((each) => !there.test(each)).map((each) => renamed.get(each) ?? each)
  return extensions.length === 0
    ? 'Leave them out: the image has PHP with these already.'
    : `Install for the PHP of the image: COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/ and RUN install-php-extensions ${extensions.join(' ')}`
}

/** Packages of the distribution that are called after the database. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['mysql', 'pdo_mysql'],
  ['pgsql', 'pdo_pgsql'],
])
