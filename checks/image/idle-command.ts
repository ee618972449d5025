import {defineCheck, idleProgram} from '../../src/check.ts'

export default defineCheck({
  id: 'image/idle-command',
  title: 'the image has a command of its own',
  why: 'Without CMD and ENTRYPOINT the machine starts what the base image does: a shell, which has nothing to read and ends.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['image', 'build', 'flyConfig'],
  uses: ['buildsElse'],
  *run({image, build, flyConfig, buildsElse}) {
    const {config, groups, hasContainers} = flyConfig
    const {cmd, entrypoint} = build.final.config
    const own =
      config.experimental?.cmd ?? config.experimental?.entrypoint ?? config.experimental?.exec ?? cmd ?? entrypoint
    const base = image.final.root.image
    const program = base === undefined ? undefined : idleProgram(base)
    const group = groups.find((name) => !config.processes?.[name])
    if (own !== undefined || program === undefined || hasContainers || group === undefined) return
    const {stage} = build.final
    const last = stage.instructions.at(-1)
    yield {
      message: `the image has no CMD and no ENTRYPOINT, and starts ${program} of ${base}, which has nothing to read and ends at once`,
      at: last?.at ?? stage.at,
      related: [stage.at],
      hint: `Name the program behind that: CMD ["…"]; or in ${flyConfig.file}: [processes] ${group} = "…"`,
      // Without services it may be an image for others, or end well.
      ...((buildsElse || flyConfig.services.length === 0) && {severity: 'warning'}),
    }
  },
})
