import {defineCheck, type Facts, nameParts} from '../../src/check.ts'

/** The user that an image makes for its own program; it and its group have the number 1000 (their Dockerfiles). */
function ownUser(image: string): string | undefined {
  const [repository, tag = 'latest'] = nameParts(image)
  if (repository === 'node' && !tag.includes('windows')) return 'node'
  if (repository === 'oven/bun' && !tag.includes('distroless')) return 'bun'
  // Ubuntu has one since 23.04.
  return repository === 'ubuntu' && /^(?:2[4-9]\.\d\d|noble|plucky|questing|latest|rolling|devel)(?:-|$)/.test(tag)
    ? 'ubuntu'
    : undefined
}

/** They take a user or a group away, give it another number or look for it. */
const makesRoom =
  /\b(?:userdel|deluser|usermod|groupdel|delgroup|groupmod|vipw|vigr|newusers|getent|fixuid|ansible-playbook)\b|\/etc\/(?:passwd|group|login\.defs|adduser\.conf)|\bUID_MIN\b/

/** So may a script of the project, and a COPY that lays another system over that of the base. */
const runsScript = /(?:^|&&|;|\n|\b(?:sh|bash|source)\s|\.\s)\s{0,50}(?:-\w{1,9}\s{1,50})?[\w./-]{0,200}\.sh\b/
const laysSystem = /[\s"]\/(?:etc\/?)?"?\s?\]?\s*$|[\s"]\/etc\/(?:passwd|group)\b/

const mayMakeRoom = ({keyword, text}: {keyword: string; text: string}): boolean =>
  keyword === 'RUN'
    ? makesRoom.test(text) || runsScript.test(text)
    : /^(?:COPY|ADD)$/.test(keyword) && laysSystem.test(text)

/** What each program says where the number is given away, and where the name is. */
const programs: ReadonlyMap<
  string,
  {of: 'user' | 'group'; option: RegExp; says(id: string, isAlpine: boolean): string; hasName?(name: string): string}
> = new Map([
  [
    'useradd',
    {
      of: 'user',
      option: /^(?:-u|--uid)$/,
      says: (id) => `UID ${id} is not unique`,
      hasName: (name) => `user '${name}' already exists`,
    },
  ],
  [
    'groupadd',
    {
      of: 'group',
      option: /^(?:-g|--gid)$/,
      says: (id) => `GID '${id}' already exists`,
      hasName: (name) => `group '${name}' already exists`,
    },
  ],
  [
    'adduser',
    {
      of: 'user',
      option: /^(?:-u|--uid)$/,
      says: (id, isAlpine) => (isAlpine ? `uid '${id}' in use` : `The UID ${id} is already in use`),
    },
  ],
  [
    'addgroup',
    {
      of: 'group',
      option: /^(?:-g|--gid)$/,
      says: (id, isAlpine) => (isAlpine ? `gid '${id}' in use` : `The GID ${id} is already in use`),
    },
  ],
])

export default defineCheck({
  id: 'dockerfile/taken-user',
  title: 'a new user gets a name and a number that are free',
  why: 'Some images have a user with the number 1000 for their own program: a second one of that number, or of that name, is refused.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  uses: ['buildsElse', 'deployCommands'],
  *run({image, buildsElse, deployCommands}) {
    if (image.stages.some(({stage}) => stage.instructions.some(mayMakeRoom))) return
    for (const {stage, root, commands} of image.stages) {
      const taken = root.image === undefined ? undefined : ownUser(root.image)
      if (!taken || isHanded(stage, root.from) || runsOwn(stage, commands)) continue
      for (const {words, conditional, decisive, at} of commands) {
        const [program = '', ...args] = words
        const known = programs.get(program)
        // The same number for two is asked for, or another one is taken then.
        if (conditional || !decisive || !known || args.some((word) => word === undefined || mayShare.test(word)))
          continue
        const {of, option, says, hasName} = known
        const given = args.flatMap((word, index) => {
          const [name = '', value] = (word as string).split('=', 2)
          return option.test(name) ? (value ?? args[index + 1] ?? []) : []
        })
        // The name is looked at first.
        const isName = hasName && args.at(-1) === taken && !/^--?\w[\w-]*$/.test(args.at(-2) ?? '')
        const isNumber = !isName && given[0] === '1000'
        if (!isName && !isNumber) continue
        yield {
          message: isNumber
            ? `${program} is to make a ${of} with the number 1000, which the ${of} ${taken} of ${root.image} has: the build stops (${says('1000', /alpine/.test(root.image ?? ''))})`
            : `${program} is to make the ${of} ${taken}, which ${root.image} has: the build stops (${hasName?.(taken)})`,
          at,
          related: [stage.at],
          hint: isNumber
            ? `Leave the number out, take another one, or use the ${of} that is there: ${taken}.`
            : `Leave this step out, and use the ${of} that is there.`,
          ...(buildsElse && {severity: 'warning' as const}),
        }
        break
      }
    }

    /** Whether a deploy of the project passes the number, or the name of the image. */
    function isHanded(stage: Stage, from: Stage['from']): boolean {
      const named = [
        ...stage.instructions.filter(({text}) => /\b(?:user|group)add\b|\badd(?:user|group)\b/.test(text)),
        from,
      ]
      return named.some(({text}) =>
        [...text.matchAll(/\$\{?(\w+)/g)].some(([, name = '']) => deployCommands?.passing(name) !== undefined),
      )
    }
  },
})

type Stage = Facts['image']['stages'][number]['stage']

/** Whether a RUN starts a program that a COPY brings. */
function runsOwn({instructions}: Stage, commands: Facts['image']['stages'][number]['commands']): boolean {
  const nameOf = (word = '') => word.slice(word.lastIndexOf('/') + 1)
  const copied = instructions
    .filter(({keyword}) => /^(?:COPY|ADD)$/.test(keyword))
    .flatMap(({words}) => words.map(nameOf))
  return commands.some(({words: [program = '']}) => program !== '' && copied.includes(nameOf(program)))
}

/**
 * `-o`, `--non-unique`; with `-f` groupadd takes another number, or leaves the group as it is. `-R` and `-P` name the folder
 * of another system.
 */
const mayShare = /^-\w*[ofRP]\w*$|^--(?:non-unique|force|root|prefix)(?:=|$)/
