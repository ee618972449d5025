import {defineCheck, type Facts, firstOf, groupBy, inSeries} from '../../src/check.ts'

type MissingFolder = Facts['readFolders'][number]

export default defineCheck({
  id: 'image/read-folder',
  title: 'the folders that the app reads are in the image',
  why: 'The last stage copies the program and not the templates, migrations or static files beside it: they are not found.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['readFolders'],
  uses: ['buildsElse'],
  *run({readFolders, buildsElse}) {
    const left: MissingFolder[] = []
    for (const folder of readFolders) {
      const {by, reader, path, place, at, stops, beside, isNowhere, opened, aside} = folder
      if (aside) {
        yield {
          message: `${by} runs ${at.file}, where ${reader} reads ${place}, and COPY brings it to the same path below the root of the image`,
          at: aside,
          related: [at],
          hint: `Leave out the first / of the target: then it begins in WORKDIR.`,
          ...(stops && {failsAt: by === 'release_command' ? 'release' : 'boot'}),
        }
        continue
      }
      if (opened) {
        yield {
          message: `${by} runs ${at.file}, where ${reader} opens ${place}, and nothing brings that folder into the image: the app stops when it starts`,
          at,
          related: [beside],
          hint: `Make it before, in the code or in the last stage: RUN mkdir -p ${place}. What lies there in the project has to be copied.`,
          failsAt: 'boot',
          ...(opened === 'surely' && !buildsElse && {severity: 'error'}),
        }
        continue
      }
      if (isNowhere) {
        yield {
          message: `${by} runs ${at.file}, where ${reader} wants the folder ${path}, and the project has none: the app stops when it starts`,
          at,
          hint: `Commit it with a file in it, since git keeps no empty folder: ${path}/.gitkeep. Or make it before: os.makedirs("${path}", exist_ok=True).`,
          failsAt: by === 'release_command' ? 'release' : 'boot',
        }
        continue
      }
      left.push(folder)
    }
    // One line that leaves them out, or one stage that copies the program alone, is told once.
    for (const [first, ...others] of groupBy(left, causeOf).values()) {
      if (!first) continue
      const {by, reader, path, place, at, stops, rule, beside, written, byItself, leftBy} = first
      const all = [first, ...others]
      const why = rule
        ? `${rule.file} leaves it out of the build`
        : `${leftBy ? `${leftBy} leaves it out: ` : ''}nothing brings it to ${place} in the image`
      const reads = byItself
        ? `starts ${reader}, which loads ${path}`
        : `runs ${at.file}, where ${reader} reads ${path}`
      const names = others.map((each) => each.path)
      const alike = names.length > 0 ? ` (and so for ${names.length > 3 ? firstOf(names, 3) : inSeries(names)})` : ''
      const them = names.length > 0 ? 'them' : 'it'
      const copies = inSeries(all.map(copyOf))
      yield {
        message: `${by} ${reads}, ${written ? `which ${written.tool} writes, ` : ''}but ${why}${alike}${stops ? ': the app stops when it starts' : ''}`,
        at: rule ?? beside,
        related: all.map((each) => each.at),
        hint: rule
          ? `Take ${them} back at the end of ${rule.file}: ${inSeries(all.map((each) => `!${each.path}`))}`
          : leftBy
            ? `Have ${leftBy} take ${them} along, by the project file: <Content Include="…" CopyToPublishDirectory="PreserveNewest" />. Or copy ${them} in the last stage: ${copies}`
            : `Copy ${them} in the last stage: ${copies}`,
        ...(by === 'release_command' ? {failsAt: 'release'} : stops && {failsAt: 'boot'}),
        ...(stops && !buildsElse && {severity: 'error'}),
      }
    }
  },
})

/** What keeps it out, and what becomes of the deploy. */
const causeOf = ({by, stops, rule, beside, leftBy}: MissingFolder): string =>
  JSON.stringify([rule ?? [beside, leftBy], stops && (by === 'release_command' ? 'release' : 'boot')])

const copyOf = ({path, place, written}: MissingFolder): string =>
  `COPY ${written ? `--from=${written.stage} ${written.folder}` : path} ${place}`
