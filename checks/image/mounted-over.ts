import {defineCheck, type Facts, imagePath, isBelow} from '../../src/check.ts'

export default defineCheck({
  id: 'image/mounted-over',
  title: 'no volume hides the files that the app starts',
  why: 'A volume is mounted over what the image has at that path: all of it is gone, and the machine cannot start the app.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig', 'build', 'processes'],
  uses: ['buildsElse'],
  *run({flyConfig, build, processes, buildsElse}) {
    if (flyConfig.hasContainers || flyConfig.config.build?.image) return
    for (const {destination = '', path, groups} of flyConfig.mounts) {
      if (!destination.startsWith('/')) continue
      const folder = imagePath('/', destination)
      const {processes: written = {}} = flyConfig.config
      const names = groups.map((group) => (written[group] ? `[processes] ${group}` : 'CMD'))
      const started = processes.commands.filter(({by}) => [...names, 'ENTRYPOINT'].includes(by))
      const commands = started.filter(({certain}) => certain)
      // A command before may fill the folder, or go to another one.
      if (started.some(({text}) => /^(?:\S*\/)?(?:cd|pushd|cp|rsync|tar|mv|ln|git|unzip|install)\s/.test(text)))
        continue
      const hidden = commands.flatMap(({text, by}) => {
        const file = startedFiles(text.split(' '), build).find((each) => isBelow(each, folder) && isFile(each, build))
        return file ? [{by, file}] : []
      })[0]
      if (!hidden) continue
      yield {
        message: `a volume is mounted at ${destination}, over ${hidden.file}, which ${hidden.by} starts: the machine does not find it`,
        at: flyConfig.at(...path, 'destination'),
        related: [build.final.stage.at],
        hint: `Mount it at a folder of its own, such as /data, and let the app keep its data there: ${flyConfig.setting('destination', '/data')}`,
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})

/** It is seen, or lies in what a COPY brings from another stage: the output of a build. */
const isFile = (path: string, {final}: Facts['build']): boolean =>
  final.files.get(path)?.kind === 'file' ||
  final.unknown.some(({by, path: place}) => by === 'copy' && place !== '/' && isBelow(path, place))

/** The files of the image that a command surely opens: a program by its path, a script, a module, package.json. */
function startedFiles(words: readonly string[], {final}: Facts['build']): string[] {
  const folder = final.config.workingDir || '/'
  const [program = '', ...rest] = words
  const name = program.split('/').at(-1) ?? ''
  const found = program.includes('/') ? [program] : []
  if (/^(?:node|python[\d.]*|ruby|php|bun|sh|bash)$/.test(name)) {
    const script = rest.find((word) => !word.startsWith('-') && word !== 'run')
    if (script && /\.\w+$/.test(script) && !rest.includes('-c') && !rest.includes('-m')) found.push(script)
  }
  if (/^(?:npm|yarn|pnpm)$/.test(name)) found.push('package.json')
  if (/^(?:uvicorn|gunicorn|hypercorn|daphne|granian)$/.test(name)) {
    const module = rest.map((word) => /^([A-Za-z_][\w.]*):\w+/.exec(word)?.[1]).find(Boolean)
    const moved = rest.some((word) => /^--(?:app-dir|chdir|pythonpath)/.test(word))
    if (module && !moved) found.push(`${module.replaceAll('.', '/')}.py`)
  }
  return found.map((each) => imagePath(folder, each))
}
