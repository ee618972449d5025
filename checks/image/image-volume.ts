import {dataFolderOf, defineCheck, imagePath, isBelow} from '../../src/check.ts'

export default defineCheck({
  id: 'image/image-volume',
  title: 'the data of a well-known image is on a volume',
  why: 'The program keeps all it knows in a folder of the machine, which each deploy makes anew from the image.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['dockerfile', 'image', 'options'],
  *run({flyConfig, dockerfile, image, options}) {
    if (flyConfig.hasContainers || options?.image) return
    const {build, env = {}} = flyConfig.config
    const written = build?.image
    const stage = dockerfile?.final
    // The image of the final stage itself: another one is only copied from.
    const name = written ?? (stage && rootOf(stage).image)
    const data = name === undefined ? undefined : dataFolderOf(name)
    if (!data) return
    const {program, folder, unless} = data
    const variables = [...Object.keys(env), ...(written ? [] : (image?.final.env.keys() ?? []))]
    if (unless && variables.some((each) => unless.test(each))) return
    const isKept = flyConfig.mounts.some(({destination = ''}) => {
      const at = imagePath('/', destination)
      return isBelow(folder, at) || isBelow(at, folder)
    })
    // A volume elsewhere shows that the folder was moved, which arguments can do, too.
    if (isKept || flyConfig.mounts.length > 0) return
    yield {
      message: `${program} keeps its data in ${folder}, but ${flyConfig.file} mounts no volume there: each deploy begins with nothing`,
      at: written ? flyConfig.at('build', 'image') : (stage?.at ?? flyConfig.at()),
      related: [flyConfig.at('mounts')],
      hint: `Mount a volume there: [[mounts]] with source = "data" and destination = "${folder}".`,
    }
  },
})

interface Stage {
  image: string | undefined
  parent: Stage | undefined
}

const rootOf = (stage: Stage): Stage => (stage.parent ? rootOf(stage.parent) : stage)
