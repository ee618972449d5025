import type {TextFile} from '../files/text.ts'
import type {VariableRead} from './environment.ts'

/** `process.env.X`, and the schemas that check all of it at once. */
export function scriptReads(file: TextFile): VariableRead[] {
  const reads: VariableRead[] = []
  for (const match of file.text.matchAll(
    /process\.env(?:\.([A-Z_][A-Z0-9_]*)|\[\s*["'](\w+)["']\s*\])(\s*(?:\|\||\?\?|\?\s))?/g,
  )) {
    const at = file.span(match.index, match.index + match[0].trimEnd().length)
    const before = file.line(at.line as number).slice(0, (at.column as number) - 1)
    if (/(^|\s)(\/\/|\*)/.test(before)) continue // a comment
    // An absent one is undefined, which the code may well expect.
    reads.push({
      name: (match[1] ?? match[2]) as string,
      without: match[3] ? 'continues' : 'unknown',
      required: false,
      at,
    })
  }
  return [...reads, ...schemaReads(file), ...nestReads(file), ...demandedReads(file)]
}

/**
 * What a module stops without as soon as it is loaded: `if (!process.env.A || !process.env.B) throw …` at its top level, the same
 * of a constant that has the value, and `invariant(process.env.A, …)` of tiny-invariant or `assert` of node.
 */
function demandedReads(file: TextFile): VariableRead[] {
  const {path, text} = file
  // The configuration of a tool, as vite.config.ts, is loaded by the build or by tests.
  if (/\.config\.[cm]?[jt]s$/.test(path)) return []
  const constants = new Map(
    [
      ...text.matchAll(/^(?:export )?const (\w{1,80})(?:: string)? = process\.env\.([A-Z_][A-Z0-9_]*)!?;?[ \t]*$/gm),
    ].map(([, name = '', variable = '']) => [name, variable]),
  )
  const found = [...text.matchAll(asserted), ...text.matchAll(checked)]
  return found.flatMap((match) =>
    [...(match[1] ?? '').matchAll(/process\.env\.([A-Z_][A-Z0-9_]*)|(?<![\w.])([A-Za-z_]\w*)(?![\w.])/g)].flatMap(
      ([, direct, local = '']): VariableRead[] => {
        const name = direct ?? constants.get(local)
        const at = file.span(match.index, match.index + match[0].length)
        return name === undefined ? [] : [{name, without: 'unknown', required: true, at}]
      },
    ),
  )
}

const asserted = /^(?:invariant|assert(?:\.ok)?)\(\s{0,20}(process\.env\.\w{1,80})(?=\s{0,9}[,)])/gm
/** The condition, where one of them is enough; what follows in the same block throws or ends the process. */
const checked =
  /^if\s{0,9}\(\s{0,9}(!\s{0,9}[\w.]{1,100}(?:\s{0,20}\|\|\s{0,20}!\s{0,9}[\w.]{1,100}){0,20})\s{0,9}\)(?=\s{0,9}(?:\{[^{}]{0,600}?)?\b(?:throw\b|process\.exit\())/gm

/** `config.getOrThrow('JWT_SECRET')` of @nestjs/config, and the schema of Joi that it validates the environment by. */
function nestReads(file: TextFile): VariableRead[] {
  const {text} = file
  const isSchema = /["']joi["']/.test(text) && /\b(?:validationSchema|[a-z]\w{0,60}Schema)\b/.test(text)
  const demands = text.includes('@nestjs/config')
    ? [...text.matchAll(/\.getOrThrow\s{0,9}(?:<[^<>()]{1,100}>)?\(\s{0,20}["']([A-Z][A-Z0-9_]{1,100})["']/g)]
    : []
  const fields = isSchema ? [...text.matchAll(joiField)] : []
  return [
    ...demands.map((match): VariableRead => {
      const name = match[1] as string
      const start = match.index + match[0].length - name.length - 1
      return {name, without: 'unknown', required: true, at: file.span(start, start + name.length)}
    }),
    ...fields.map((match): VariableRead => {
      const [, name = '', chain = ''] = match
      const start = match.index + match[0].indexOf(name)
      const required = /\.required\(\)/.test(chain) && !/\.(?:default|when|optional)\(/.test(chain)
      const without = /\.default\(/.test(chain) ? 'continues' : 'unknown'
      return {name, without, required, at: file.span(start, start + name.length)}
    }),
  ]
}

const joiField =
  /^[ \t]+["']?([A-Z][A-Z0-9_]+)["']?[ \t]*:[ \t]*(?:\w+\.)?(?:string|number|boolean)\(\)([\s\S]{0,1000}?)(?=,?[ \t]{0,100}(?:\/\/[^\n]{0,300})?\n[ \t]{0,100}(?:["']?[A-Z][A-Z0-9_]+["']?[ \t]*:|\/\/|\/\*|\}|\.\.\.))/gm

export function prismaReads(file: TextFile): VariableRead[] {
  return [...file.text.matchAll(/^(?=[ \t]*(\w*))[^/\n\r]{0,500}\benv\(\s*"(\w+)"\s*\)/gm)].map((match) => {
    const [whole, key = '', name = ''] = match
    // Without a shadow database Prisma makes one itself; what a generator reads, no migration asks for.
    const isRead = key === 'url' || key === 'directUrl'
    const at = file.span(match.index + whole.indexOf('env('), match.index + whole.length)
    return {name, without: isRead ? 'fails' : 'continues', required: isRead, at}
  })
}

/** A schema of the environment: zod with process.env, envalid's cleanEnv, t3-env's createEnv. */
const schema = /\bcleanEnv\s*\(|\bcreateEnv\s*\(|\.(?:parse|safeParse|parseAsync)\s*\(\s*process\.env\b/
const entry =
  /^[ \t]+([A-Z][A-Z0-9_]+)[ \t]*:[ \t]*((?:z|v|envalid)\b|(?:str|num|bool|url|port|host|email|json)\()([\s\S]{0,2000}?)(?=,?[ \t]{0,100}(?:\/\/[^\n]{0,300})?\n[ \t]{0,100}(?:[A-Z][A-Z0-9_]+[ \t]*:|\/\/|\/\*|\}|\.\.\.))/gm

function schemaReads(file: TextFile): VariableRead[] {
  if (!schema.test(file.text)) return []
  return [...file.text.matchAll(entry)].map((match) => {
    const start = match.index + match[0].indexOf(match[1] as string)
    // envalid's devDefault counts in development only.
    const given = /\.(?:optional|nullish|default|catch|prefault)\(|\bdefault\s*:|\bpreprocess\(/.test(
      match[3] as string,
    )
    const at = file.span(start, start + (match[1] as string).length)
    return {name: match[1] as string, without: given ? 'continues' : 'unknown', required: !given, at}
  })
}

/** `${X:?}` and `${X?}`: the shell ends where it is not set. */
export function shellReads(file: TextFile): VariableRead[] {
  return [...file.text.matchAll(/\$\{([A-Za-z_]\w*):?\?/g)].flatMap((match) => {
    const at = file.span(match.index, match.index + match[0].length)
    const name = match[1] as string
    const isComment = /^\s*#/.test(file.line(at.line as number))
    const isOwn = new RegExp(`^[ \\t]*(?:export\\s+|local\\s+)?${name}=`, 'm').test(file.text)
    return isComment || isOwn ? [] : {name, without: 'unknown', required: true, at}
  })
}
