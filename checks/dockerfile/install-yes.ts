import {defineCheck} from '../../src/check.ts'

/** Package managers that ask before they install, and what answers for them. */
const managers: ReadonlyMap<string, {verbs: RegExp; yes: RegExp; flag: string}> = new Map([
  [
    'apt-get',
    {
      verbs: /^(install|upgrade|dist-upgrade|full-upgrade)$/,
      yes: /^(-\w*y\w*|-qq\w*|--yes|--assume-yes|.{0,300}Assume-Yes=(true|1).{0,300})$/i,
      flag: '-y',
    },
  ],
  ['yum', {verbs: /^(install|update|upgrade)$/, yes: /^(-\w*y\w*|--assumeyes)$/, flag: '-y'}],
  ['pacman', {verbs: /^-S\w*$/, yes: /^--noconfirm$/, flag: '--noconfirm'}],
  ['zypper', {verbs: /^(install|in|update|up)$/, yes: /^(-n|--non-interactive|-y|--no-confirm)$/, flag: '-n'}],
])
const sameAs: ReadonlyMap<string, string> = new Map([
  ['apt', 'apt-get'],
  ['dnf', 'yum'],
  ['microdnf', 'yum'],
])

/** What the full images have already, so that apt has nothing to do (buildpack-deps). */
const inFullImages = new Set(
  'ca-certificates curl wget gnupg git openssh-client procps openssl build-essential gcc g++ make libssl-dev libpq-dev imagemagick python3 unzip xz-utils'.split(
    ' ',
  ),
)

/** `yes | apt-get install`, `echo y | …`. */
const answers = /^(?:yes\b|(?:echo|printf)\b.* ["']?y(?:es)?(?:\\n)?["']?$)/i
/** `command -v curl || …`: where a script installs what is not there, it may never come to that. */
const looks = /^(?:command -v|which|type|hash|dpkg|rpm)\b|^(?:test|\[\[?) .*-x /

export default defineCheck({
  id: 'dockerfile/install-yes',
  title: 'package managers are told not to ask',
  why: 'A build has nobody to answer "Do you want to continue?": the package manager aborts, and the build with it.',
  // With nothing to bring beside the packages that are named, apt does not ask.
  severity: 'warning',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['processes'],
  *run({image, processes}) {
    const inBuild = image.stages
      // A configuration of apt may answer.
      .filter(
        ({stage}) => !stage.instructions.some(({text}) => /assume-yes|APT::Get/i.test(text.replace(/\s-\S+/g, ''))),
      )
      .flatMap(({commands, base}) =>
        commands.map(({words, at, conditional}, index) => ({
          words: words.map((word) => word ?? '?'),
          at,
          sure: !conditional && !answers.test(commands[index - 1]?.words.join(' ') ?? ''),
          isFull: base?.hasBuildTools ?? false,
          by: undefined,
        })),
      )
    const commands = processes?.commands ?? []
    const started = commands.map(({text, at, by, certain}, index) => ({
      words: text.split(' '),
      at,
      sure:
        !answers.test(commands[index - 1]?.text ?? '') &&
        (certain || !commands.slice(Math.max(0, index - 4), index).some((each) => looks.test(each.text))),
      isFull: false,
      by,
    }))
    for (const {words, at, sure, isFull, by} of [...inBuild, ...started]) {
      const [program = '', ...rest] = words
      const name = program.split('/').at(-1) as string
      const manager = managers.get(sameAs.get(name) ?? name)
      // A word that is not known may be the flag.
      if (!manager || !sure || rest.includes('?')) continue
      const verb = rest.find((word) => manager.verbs.test(word))
      if (!verb || rest.some((word) => manager.yes.test(word))) continue
      const packages = rest.filter((word) => word !== verb && !word.startsWith('-'))
      if (isFull && packages.every((each) => inFullImages.has(each))) continue
      yield {
        message: `${name} ${verb} has no ${manager.flag}: where it asks "Do you want to continue?", nobody in ${by ? 'a machine' : 'the build'} answers, and it aborts`,
        at,
        hint: `Write ${name} ${verb} ${manager.flag} ${packages.join(' ')}`.trim(),
        ...(by && {failsAt: 'boot' as const}),
      }
    }
  },
})
