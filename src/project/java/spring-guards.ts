/** Health checks that Spring Security answers with 401 or 403, as its chain of filters lets nobody pass without a login. */
import type {FileLocation} from '../../check.ts'
import {withoutSlashComments} from '../code/comments.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {TextFile} from '../files/text.ts'

interface SpringGuard {
  guard: string
  at: FileLocation
  cure: string
  answer: string
}

/** Other ways to let a request pass, chains for some paths or places alone, and what is decided elsewhere. */
const others =
  /EndpointRequest|PathRequest|securityMatcher|[rR]egexMatcher|PathPatternRequestMatcher|AntPathRequestMatcher|WebSecurityCustomizer|\.ignoring\(|@Profile|@Conditional|@Order|@Value|\.access\(|AuthenticationEntryPoint|exceptionHandling/

const everything =
  /\.anyRequest\(\)\s{0,40}\.(?:authenticated|fullyAuthenticated|hasRole|hasAuthority|denyAll)\(|\bauthorize\(\s{0,20}anyRequest\s{0,20},\s{0,20}(?:authenticated|denyAll)\b/

/**
 * A chain of the project takes the place of the one that lets the health of the actuator pass
 * (ManagementWebSecurityAutoConfiguration: "@ConditionalOnDefaultWebSecurity").
 */
export async function springGuard(
  asks: string,
  {files, reader}: {files: Files; reader: ProjectReader},
): Promise<SpringGuard | undefined> {
  const builds = await reader.texts(files.named('pom.xml', 'build.gradle', 'build.gradle.kts'))
  if (builds.length !== 1 || !builds[0]?.text.includes('spring-boot-starter-security')) return undefined
  const resources = files.ending('.properties', '.yml', '.yaml').filter((path) => path.includes('src/main/resources/'))
  // Paths may begin otherwise, and the actuator be at a port of its own.
  const moves =
    /context-path|contextPath|base-path|management\.server|management:[^\n]{0,99}\n(?:[ \t][^\n]{0,200}\n){0,20}?[ \t]{1,8}server:/
  if ((await reader.texts(resources)).some(({text}) => moves.test(text))) return undefined
  const code = await reader.texts(files.ending('.java', '.kt').filter((path) => !/(?:^|\/)src\/test\//.test(path)))
  const chains = code.filter(({text}) => /\bSecurity(?:Web)?FilterChain\b/.test(text))
  const [chain, another] = chains
  const isAlone = another === undefined && !code.some(({text}) => /WebSecurityConfigurerAdapter/.test(text))
  if (!chain || !isAlone || count(chain, /\bSecurityFilterChain\b\s{1,9}\w+\(|:\s{0,9}SecurityFilterChain\b/g) !== 1)
    return undefined
  const text = withoutSlashComments(chain.text)
  const match = everything.exec(text)
  if (!match || others.test(text) || code.some(({text: each}) => /WebSecurityCustomizer/.test(each))) return undefined
  // Names of other files may stand for any paths.
  const matchers = [...text.matchAll(/\b(?:requestMatchers|antMatchers|mvcMatchers|authorize)\(([^()]{0,2000})/g)]
  const named = matchers.flatMap(([, words = '']) => words.replace(/"[^"]*"/g, '').match(/\b[A-Za-z_]\w*/g) ?? [])
  const isOwn = (name: string) =>
    known.test(name) || new RegExp(`\\b${name}\\b\\s{0,9}(?::[^=\\n]{1,60})?=[^=]`).test(text)
  if (!named.every(isOwn)) return undefined
  const paths = [...text.matchAll(/"(\/[^"\n]{0,200}|\*\*?)"/g)].map(([, path = '']) => path)
  if (paths.some((path) => fits(path, asks))) return undefined
  const [first = ''] = match[0].split(/\s/)
  return {
    guard: 'the SecurityFilterChain',
    at: chain.span(match.index, match.index + first.length),
    cure: `Let it pass before anyRequest(): .requestMatchers("${asks}").permitAll()`,
    answer: '401, 403 or a redirect to the login',
  }
}

const known =
  /^(?:HttpMethod|GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD|String|new|arrayOf|permitAll|authenticated|denyAll|anyRequest|hasRole|hasAuthority|hasAnyRole|hasAnyAuthority|DispatcherType|FORWARD|ERROR|ASYNC)$/

const count = ({text}: TextFile, pattern: RegExp): number => [...text.matchAll(pattern)].length

/** `*` and `{id}` stand for one part of a path, `**` for all that follows. */
function fits(pattern: string, path: string): boolean {
  const [parts, asked] = [pattern, path].map((each) => each.split('/'))
  for (const [index, part] of (parts as string[]).entries()) {
    if (part === '**') return true
    const own = asked?.[index]
    if (own === undefined) return false
    if (!/[*{]/.test(part) && part !== own) return false
  }
  return parts?.length === asked?.length
}
