import {defineCheck, type Finding, keyPath, type ShellSyntax, shellSyntax, shorten, withShell} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/shell-syntax',
  title: 'no command counts on a shell that is not there',
  why: 'Fly.io runs release_command and [processes] without a shell: && is an argument, $PORT is text, cd is no program.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['image', 'processes', 'deployCommands', 'buildsElse'],
  *run({flyConfig, image, processes, deployCommands, buildsElse}) {
    const {deploy, processes: groups = {}, experimental} = flyConfig.config
    const entrypoint = experimental?.entrypoint?.length ? experimental.entrypoint : image?.final.entrypoint
    if (entrypoint && startsShell(entrypoint)) return
    // A script before the command may hand it to a shell after all.
    const isScript = entrypoint !== undefined && entrypoint.length > 0 && !startsProgram(entrypoint)
    if (isScript && processes?.find(/^eval\b|^(\S*\/)?(ba|da)?sh -\w*c \?/)) return
    const isOwn = Boolean(experimental?.entrypoint?.length) || !buildsElse
    const isKnown = entrypoint !== undefined && !isScript && isOwn

    const skipped = deployCommands?.hasFlag('--skip-release-command')
    if (deploy?.release_command) {
      yield* explain(deploy.release_command, ['deploy', 'release_command'], 'release', isKnown && !skipped)
    }
    // `exec` takes the place of all that the machines would run.
    if (experimental?.exec?.length) return
    for (const [group, command] of Object.entries(groups)) {
      yield* explain(command, ['processes', group], 'boot', isKnown && !flyConfig.hasContainers)
    }

    function* explain(
      command: string,
      path: string[],
      failsAt: 'release' | 'boot',
      nothingBetween: boolean,
    ): Iterable<Finding> {
      const syntax = shellSyntax(command)
      const [, doubled] = syntax ? [] : (ofProcess.exec(command) ?? [])
      if (doubled !== undefined) {
        yield {
          message: `${keyPath(path)} has ${doubled}, of which the shell takes $$ for the number of its process: the rest stays as it is`,
          at: flyConfig.at(...path),
          hint: 'Write one $: fly.toml fills nothing in, so that nothing is to be escaped as in a Compose file.',
          failsAt,
          severity: 'warning',
        }
      }
      if (!syntax) return
      yield {
        message: messageOf(syntax, keyPath(path)),
        at: flyConfig.at(...path),
        ...(syntax.kind === 'assignment' && isAlone(command)
          ? {
              hint: `Write the program behind it: env ${syntax.text}=… PROGRAM. A value for every machine belongs in [env].`,
            }
          : flyConfig.write(path, withShell(command))),
        failsAt,
        ...(!(nothingBetween && isProven(syntax)) && {severity: 'warning'}),
      }
    }
  },
})

function messageOf({kind, text, before}: ShellSyntax, name: string): string {
  const [program = ''] = before
  switch (kind) {
    case 'assignment':
      return `${name} begins with ${text}=…, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name`
    case 'builtin':
      return `${name} begins with ${shorten(text)}, which only a shell understands: Fly.io takes it for the program to start, and there is none of that name`
    case 'operator':
      return /^(&&|\|\|?|\|&|;)$/.test(text)
        ? `${name} has ${text}, but no shell reads it: ${program} gets it as an argument, and what follows it is never run`
        : `${name} has ${text}, but no shell reads it: ${program} gets it as an argument`
    case 'expansion':
      return `${name} has ${text}, but no shell fills it in: the program gets the text ${text} as it is`
    case 'unquoted':
      return `${name} gives its shell only the word ${shorten(text)} to run, since the rest of it stands outside quotes`
  }
}

/** `sh -c "… $$PORT"`: a name, or one in braces, directly behind the two. */
const ofProcess =
  /^(?:\S{0,200}\/)?(?:ba|da|a)?sh\s+-\w{0,5}c\s+["']?[^']{0,1000}?(\$\$(?:\{[A-Za-z_][^}]{0,100}\}|[A-Za-z_]\w{0,100}))/

/** Variables and nothing to start: with `env` before them, they would be printed, and the machine would end. */
const isAlone = (command: string): boolean =>
  /^\s{0,20}(?:[A-Za-z_]\w{0,100}=(?:"[^"]{0,500}"|'[^']{0,500}'|[^\s"']{0,500})(?:\s{1,20}|$)){1,50}$/.test(command)

const isShell = (word: string) => /^(\S*\/)?(ba|da|a|z)?sh$/.test(word)

/** `sh -c TEXT`, as Docker makes it of an ENTRYPOINT without brackets, or a bare `bash`: what it does with words is its own. */
const startsShell = (entrypoint: readonly string[]) =>
  entrypoint.some((word, index) => isShell(word) && !/^[^-]/.test(entrypoint[index + 1] ?? '-'))

/** Programs that start what follows as it is. */
const startsProgram = ([program = '', ...rest]: readonly string[]) =>
  /^(\S*\/)?(tini(-static)?|dumb-init|catatonit)$/.test(program) && rest.every((word) => word.startsWith('-'))

/** Whether the command surely fails where nothing stands between Fly.io and it. */
function isProven({kind, before, alone}: ShellSyntax): boolean {
  if (kind !== 'operator') return kind === 'assignment' || kind === 'builtin'
  // `rake db:migrate VERBOSE=true;` sets a variable to an odd value.
  return (alone || !before.at(-1)?.includes('=')) && refusesMore(before)
}

/** Programs that stop at arguments that they do not know: argparse and click refuse them, rake looks for a task. */
const strict = [
  /^(\S*\/)?alembic (.+ )?(upgrade|downgrade)\b/,
  /^(\S*\/)?flask db (upgrade|downgrade)\b/,
  /^(\S*\/)?python[\d.]* (\S*\/)?manage\.py (migrate|collectstatic)\b/,
  /^(\S*\/)?(rails|rake) db:/,
]
/** Programs that start the one behind them. */
const starters = /^(?:(?:\S*\/)?(?:(?:uv|poetry|pipenv|pdm) run (?:--\S+ )*|bundle exec |python[\d.]* -m ))+/

function refusesMore(before: readonly string[]): boolean {
  const command = before.join(' ').replace(starters, '')
  return strict.some((pattern) => pattern.test(command))
}
