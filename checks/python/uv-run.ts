import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/uv-run',
  title: 'uv run installs nothing when the machine starts',
  why: 'uv run first makes the environment what the lock file says, with the group for development, and downloads what is missing.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'processes', 'python'],
  uses: ['flyConfig'],
  *run({image, processes, python, flyConfig}) {
    const runs = processes.commands.filter(({text}) => /^(\S*\/)?uv run\b/.test(text))
    if (runs.length === 0) return 'no command of the deploy is uv run'
    const sync = image.stages
      .flatMap(({commands}) => commands)
      .find(
        ({words}) =>
          words[0] === 'uv' &&
          words[1] === 'sync' &&
          words.some((word) => /^--no-(dev|default-groups)$/.test(word ?? '')),
      )
    // What an earlier step left out is what uv run brings; without groups there is nothing.
    if (!sync || ![...python.pyprojects.values()].some(({hasGroups}) => hasGroups)) return
    const settings = ['UV_NO_SYNC', 'UV_NO_DEV', 'UV_NO_DEFAULT_GROUPS', 'UV_FROZEN']
    if (settings.some((name) => image.final.env.has(name) || Object.hasOwn(flyConfig?.config.env ?? {}, name))) return
    const told = new Set<string>()
    for (const {text, at, by} of runs) {
      const options = /^(?:\S*\/)?uv run((?: -\S+(?: (?!-)\S+)?)*)/.exec(text)?.[1] ?? ''
      if (/--(no-sync|frozen|no-dev|no-default-groups|no-project|isolated|only-group)\b/.test(options)) continue
      const place = `${at.file}:${at.line}`
      if (told.has(place)) continue
      told.add(place)
      yield {
        message: `uv run installs the group for development before ${by} runs, which uv sync left out of the image`,
        at,
        related: [sync.at],
        hint: `Start what is there: uv run --no-sync …, or ENV UV_NO_SYNC=1 in the Dockerfile.`,
        failsAt: by === 'release_command' ? 'release' : 'boot',
      }
    }
  },
})
