import {defineCheck} from '../../src/check.ts'

/**
 * What only the other one's program knows, and how this one says it. BusyBox has one letter for each option and a few long
 * ones (loginutils/adduser.c and addgroup.c); to Debian's such a letter is the beginning of several options.
 */
const unknown = {
  Debian: new Map([
    ['-S', '--system'],
    ['-D', '--disabled-password --gecos ""'],
    ['-G', '--ingroup'],
    ['-g', '--gid'],
    ['-s', '--shell'],
    ['-SD', '--system'],
    ['-DS', '--system'],
    ['-DH', '--disabled-password --gecos "" --no-create-home'],
    ['-HD', '--disabled-password --gecos "" --no-create-home'],
  ]),
  Alpine: new Map([
    ['--group', '-G and the name of the group, which addgroup -S makes before'],
    ['--gid', '-G and the name of the group, which addgroup -g makes before'],
    ['--disabled-login', '-D'],
    ['--comment', '-g'],
    ['--quiet', 'nothing'],
    ['--force-badname', 'nothing'],
  ]),
}

/** Official images of languages by their version, without a word that says another system. */
const ofDebian = /^(?:python|ruby|golang|rust|php|elixir|erlang):\d+(?:\.\d+){2,3}(?:-slim|-fpm|-cli|-apache|-zts)*$/

/** Options of Debian's adduser with a value and without (adduser, GetOptions); of another nobody knows what follows it. */
const valued = /^--(?:comment|conf|firstgid|firstuid|gecos|gid|home|ingroup|lastgid|lastuid|shell|uid)$/
const alone =
  /^(?:--[\w-]+=.*|--(?:system|group|disabled-(?:login|password)|no-create-home|quiet|verbose|debug|(?:force|allow)-bad-?names?))$/s

/**
 * The names behind `adduser --system` or `--group`, of which Debian's takes one: --group has no value, it makes a group of
 * the user's own name. Without these two, a second name is the group that an existing user joins.
 */
function namesOf(args: readonly (string | undefined)[]): string[] {
  if (!args.includes('--system') && !args.includes('--group')) return []
  const names: string[] = []
  for (const [index, word] of args.entries()) {
    // A value that is not known may be several words, or none.
    if (word === undefined || (word.startsWith('-') && !valued.test(word) && !alone.test(word))) return []
    if (!word.startsWith('-') && !valued.test(args[index - 1] ?? '')) names.push(word)
  }
  return names
}

export default defineCheck({
  id: 'dockerfile/user-options',
  title: 'adduser knows the options it is given',
  why: 'Alpine and Debian have different programs of the name adduser: the options of the one end the build with the other.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse'],
  *run({image, buildsElse}) {
    for (const {stage, root, release, commands} of image.stages) {
      const isAlpine = release?.name === 'alpine'
      // A patch of a version may be on one release of Debian or the next, and its adduser is the same.
      const system = release?.system ?? (ofDebian.test(root.image ?? '') ? 'Debian' : '')
      if (!(isAlpine || /^(?:Debian|Ubuntu)\b/.test(system))) continue
      for (const {words, conditional, decisive, at} of commands) {
        const [program = '', ...args] = words
        if (conditional || !(program === 'adduser' || (program === 'addgroup' && !isAlpine))) continue
        const cures = unknown[isAlpine ? 'Alpine' : 'Debian']
        const option = args
          .find((word) => word !== undefined && cures.has(word.replace(/=.*/s, '')))
          ?.replace(/=.*/s, '')
        const severity = (buildsElse || !decisive) && ({severity: 'warning'} as const)
        const [user, group] = option === undefined && program === 'adduser' && !isAlpine ? namesOf(args) : []
        if (user !== undefined && group !== undefined) {
          yield {
            message: `the adduser of ${system} is given the names ${user} and ${group}, and makes one user at a time: the build stops`,
            at,
            related: [stage.at],
            hint:
              user === group
                ? `Write adduser --system --group ${user}: --group takes no value, the group gets the name of the user.`
                : `Write adduser --system --ingroup ${group} ${user}: --group takes no value.`,
            ...severity,
          }
        }
        if (option === undefined) continue
        yield {
          message: `the ${program} of ${system}, on which ${root.image} is built, does not know ${option}: the build stops`,
          at,
          related: [stage.at],
          hint: `In its place write ${cures.get(option)}.`,
          ...severity,
        }
      }
    }
  },
})
