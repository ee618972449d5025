import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/compiled-assets',
  title: 'what the code reads beside itself is beside what tsc writes',
  why: 'tsc writes JavaScript alone: templates, queries and the like stay in the folder of the sources.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['compiledAssets'],
  uses: ['readFolders'],
  *run({compiledAssets, readFolders = []}) {
    for (const {by, tool, command, path, place, at, folder, outDir, atStart, pattern} of compiledAssets) {
      if (pattern !== undefined) {
        yield {
          message: `TypeORM finds no entity that node can load by ${pattern}: ${by} runs what ${tool} writes to ${folder}, which are files of JavaScript ("No metadata for … was found")`,
          at,
          related: [outDir, command],
          hint: "Name the classes themselves, or both endings from the file's own folder: join(__dirname, '**/*.entity{.ts,.js}'); NestJS has autoLoadEntities: true.",
          failsAt: 'boot',
        }
        continue
      }
      // That the folder is not in the image at all is told of it.
      if (readFolders.some((each) => each.at.file === at.file && each.place === place)) continue
      const target = place.slice(place.indexOf(`/${folder}/`) + 1)
      const inBuild = !place.includes(`/${folder}/`)
        ? 'Copy it in the last stage'
        : tool === 'nest build'
          ? `Name it in "assets" of nest-cli.json: ${JSON.stringify(assetOf(path))}; or copy it in the last stage`
          : `Copy it behind tsc, in the build script: tsc && cp -r ${path} ${target}; or in the last stage`
      yield {
        message: `this file reads ${path} by its own folder, which is in ${folder} when ${by} runs it, and nothing brings it to ${place}${atStart ? ': the app stops when it starts' : ''}`,
        at,
        related: [outDir, command],
        hint: `${inBuild}: COPY ${path} ${place}`,
        ...(atStart && {failsAt: 'boot' as const}),
      }
    }
  },
})

/** As nest-cli.json names it, from the folder of the sources. */
const assetOf = (path: string): string => {
  const inside = path.replace(/^(?:.{0,300}\/)?src\//, '')
  return /\.\w+$/.test(inside) ? inside : `${inside}/**/*`
}
