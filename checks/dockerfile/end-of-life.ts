import {defineCheck, type Facts} from '../../src/check.ts'

type Stage = Facts['image']['stages'][number]['stage']

interface Product {
  name: string
  /** What a tag has of it. */
  tag: RegExp
  /** Versions that have ended, each with the day of its last fix: none of these ever comes back. */
  ended: Readonly<Record<string, string>>
  /** One that is kept up. */
  instead: string
}

const alpine = {
  name: 'Alpine',
  ended: {
    '3.21': '2026-11-01',
    '3.20': '2026-04-01',
    '3.19': '2025-11-01',
    '3.18': '2025-05-09',
    '3.17': '2024-11-22',
    '3.16': '2024-05-23',
    '3.15': '2023-11-01',
    '3.14': '2023-05-01',
    '3.13': '2022-11-01',
    '3.12': '2022-05-01',
  },
  instead: '3.23',
}
const debian = {
  name: 'Debian',
  ended: {bullseye: '2026-08-31', buster: '2024-06-30', stretch: '2022-06-30'},
  instead: 'trixie',
}

/** By the repository: what runs in the machines (endoflife.date, November 2026; of Debian the end of long-term support). */
const products: ReadonlyMap<string, readonly Product[]> = new Map([
  [
    'node',
    [
      {
        name: 'Node.js',
        tag: /^(\d+)(?=[.-]|$)/,
        ended: {
          '25': '2026-06-01',
          '23': '2025-06-01',
          '21': '2024-06-01',
          '20': '2026-04-30',
          '19': '2023-06-01',
          '18': '2025-04-30',
          '17': '2022-06-01',
          '16': '2023-09-11',
          '15': '2021-06-01',
          '14': '2023-04-30',
          '12': '2022-04-30',
          '10': '2021-04-30',
        },
        instead: '24',
      },
    ],
  ],
  [
    'python',
    [
      {
        name: 'Python',
        tag: /^(\d+\.\d+)(?=[.-]|$)/,
        ended: {
          '3.10': '2026-10-31',
          '3.9': '2025-10-31',
          '3.8': '2024-10-07',
          '3.7': '2023-06-27',
          '3.6': '2021-12-23',
          '2.7': '2020-01-01',
        },
        instead: '3.13',
      },
    ],
  ],
  [
    'ruby',
    [
      {
        name: 'Ruby',
        tag: /^(\d+\.\d+)(?=[.-]|$)/,
        ended: {
          '3.2': '2026-03-31',
          '3.1': '2025-03-26',
          '3.0': '2024-04-23',
          '2.7': '2023-03-31',
          '2.6': '2022-03-31',
        },
        instead: '3.4',
      },
    ],
  ],
  [
    'php',
    [
      {
        name: 'PHP',
        tag: /^(\d+\.\d+)(?=[.-]|$)/,
        ended: {
          '8.1': '2025-12-31',
          '8.0': '2023-11-26',
          '7.4': '2022-11-28',
          '7.3': '2021-12-06',
          '7.2': '2020-11-30',
        },
        instead: '8.4',
      },
    ],
  ],
  [
    'mcr.microsoft.com/dotnet/aspnet',
    [
      {
        name: '.NET',
        tag: /^(\d+)\.\d+(?=[.-]|$)/,
        ended: {'9': '2026-11-10', '8': '2026-11-10', '7': '2024-05-14', '6': '2024-11-12', '5': '2022-05-10'},
        instead: '10.0',
      },
    ],
  ],
  [
    'ubuntu',
    [
      {
        name: 'Ubuntu',
        tag: /^(\d+\.\d+|focal|bionic|xenial)(?=[.-]|$)/,
        ended: {
          '20.04': '2025-05-31',
          focal: '2025-05-31',
          '18.04': '2023-05-31',
          bionic: '2023-05-31',
          xenial: '2021-04-30',
        },
        instead: '24.04',
      },
    ],
  ],
  ['debian', [{...debian, tag: /^(stretch|buster|bullseye)(?=-|$)/}]],
  ['alpine', [{...alpine, tag: /^(\d+\.\d+)(?=[.-]|$)/}]],
])

/** Of any of them: the system under the language. */
const systems: readonly Product[] = [
  {...debian, tag: /-(stretch|buster|bullseye)(?=-|$)/},
  {...alpine, tag: /-alpine-?(\d+\.\d+)(?=-|$)/},
]

export default defineCheck({
  id: 'dockerfile/end-of-life',
  title: 'what the image is built on still gets security fixes',
  why: 'A version at its end gets no more fixes: what is found in it from then on stays open in the app.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['image'],
  *run({image}) {
    const root = rootOf(image.final.stage)
    const [repository = '', tag = ''] = (root.image ?? '').replace(/@.*$/s, '').split(/:(?=[^/]*$)/)
    const own = products.get(repository.replace(/^docker\.io\/(?:library\/)?/, '')) ?? []
    for (const {name, tag: pattern, ended, instead} of own.length > 0 ? [...own, ...systems] : []) {
      const version = pattern.exec(tag)?.[1]
      if (version === undefined || !Object.hasOwn(ended, version)) continue
      yield {
        message: `${root.image} is ${name} ${version}, which has had no security fixes since ${ended[version]}`,
        at: root.at,
        hint: `Go on to a version that gets them, such as ${name} ${instead}, and try it before the deploy.`,
      }
      return
    }
  },
})

function rootOf(stage: Stage): Stage {
  return stage.parent ? rootOf(stage.parent) : stage
}
