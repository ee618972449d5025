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

export default defineCheck({
  id: 'dockerfile/user-options',
  title: 'adduser knows the options it is given',
  why: 'Alpine and Debian have different programs of the name adduser: the options of the one end the build with the other.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'dockerfile'],
  uses: ['deployCommands'],
  *run({image, dockerfile, deployCommands}) {
    const isElse = deployCommands?.buildsElse(dockerfile.file.path)
    for (const {stage, root, release, commands} of image.stages) {
      const isAlpine = release?.name === 'alpine'
      if (!release || !(isAlpine || /^(?:Debian|Ubuntu)\b/.test(release.system))) continue
      for (const {words, conditional, decisive, at} of commands) {
        const [program = '', ...args] = words
        if (conditional || !(program === 'adduser' || (program === 'addgroup' && !isAlpine))) continue
        const cures = unknown[isAlpine ? 'Alpine' : 'Debian']
        const option = args
          .find((word) => word !== undefined && cures.has(word.replace(/=.*/s, '')))
          ?.replace(/=.*/s, '')
        if (option === undefined) continue
        yield {
          message: `the ${program} of ${release.system}, on which ${root.image} is built, does not know ${option}: the build stops`,
          at,
          related: [stage.at],
          hint: `In its place write ${cures.get(option)}.`,
          ...((isElse || !decisive) && {severity: 'warning'}),
        }
      }
    }
  },
})
