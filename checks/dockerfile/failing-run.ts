import {defineCheck, isCertain} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/failing-run',
  title: 'no RUN ends itself',
  why: 'A RUN that looks for files does what was written for the case that they are not there: often that is exit 1.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['build', 'buildContext'],
  uses: ['buildsElse'],
  *run({build, buildContext, buildsElse}) {
    // What a COPY did not bring is told there.
    if (build.problems.some(({kind}) => kind === 'copy')) return
    for (const {moments} of build.stages) {
      for (const {commands, without, workingDir, variables, instruction} of moments) {
        // … and definitions of one's own may have any name.
        const hasOwn = variables.has(ownDefinitions) || instruction.text.includes(ownDefinitions)
        const asked = hasOwn ? undefined : commands.find((each) => isCertain(each) && namesTag(each.words))
        const version = asked?.words[1] ?? ''
        if (asked) {
          yield {
            message: `node-build has no version called ${version}: the build stops with "definition not found"`,
            at: asked.at,
            hint: `Write it without the v: ${version.slice(1)}.`,
            ...(buildsElse && {severity: 'warning' as const}),
          }
          continue
        }
        const copies = commands.find((each) => isCertain(each) && copiesNowhere(each.words))
        if (copies) {
          const what = copies.words[1] ?? ''
          yield {
            message: `install ${what} stops: "missing destination file operand", as install by itself copies files`,
            at: copies.at,
            hint: `Name the package manager: apt-get install -y ${what}, or apk add ${what}.`,
            ...(buildsElse && {severity: 'warning' as const}),
          }
          continue
        }
        const end = commands.find((each) => isCertain(each) && fails(each.words))
        if (!end) continue
        const isExit = end.words[0] === 'exit'
        const [first] = without
        const hidden = without.find((path) => buildContext.leftOut(`/${path}`))
        const rule = hidden === undefined ? undefined : buildContext.ruleAgainst(`/${hidden}`)
        const because = rule
          ? `: ${rule.file} leaves out ${hidden}, which it asks for`
          : first === undefined
            ? ''
            : `: there is no ${without.join(' or ')} in ${workingDir} by then`
        yield {
          message: isExit
            ? `this RUN ends with exit ${end.words[1]}${because}`
            : `this RUN fails${because}, and that is the status of its last command`,
          at: end.at,
          related: rule ? [rule] : [],
          hint: rule
            ? `Take it back at the end of ${rule.file}: !${hidden}`
            : isExit
              ? first === undefined
                ? 'Take the line out, or put a condition before it.'
                : `Commit ${without.length > 1 ? 'the one that the project uses' : first}, and copy it before this RUN.`
              : `Write if [ -e ${first} ]; then …; fi, which ends well without it.`,
          ...(buildsElse && {severity: 'warning' as const}),
        }
      }
    }
  },
})

/** `apt-get upgrade -y && install sudo`: the program install of coreutils takes files, the last of them where to. */
const copiesNowhere = ([program, what, ...rest]: readonly (string | undefined)[]): boolean =>
  program === 'install' && rest.length === 0 && what !== undefined && /^[a-z0-9][a-z0-9+.-]+$/.test(what)

/** `exit 1`, wherever it stands; `false`, or a question whose answer is no, where the RUN ends with it. */
const fails = ([program, status = '0']: readonly (string | undefined)[]): boolean =>
  program === 'false' || (program === 'exit' && /^[1-9]\d{0,2}$/.test(status))

/** `node-build v20.10.0`: its definitions are called as the versions are, and not as their tags (nodenv/node-build, share/node-build). */
const namesTag = ([program = '', version = '']: readonly (string | undefined)[]): boolean =>
  /(?:^|\/)node-build$/.test(program) && /^v\d+\.\d+\.\d+$/.test(version)
const ownDefinitions = 'NODE_BUILD_DEFINITIONS'
