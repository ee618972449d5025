import type {Framework} from './frameworks.ts'

/** Files that a handler of the project hands out, which may be one for every path. */
const ownFiles = /FileServer[\s\S]{0,3000}?\bServeHTTP\b|\bServeHTTP\b[\s\S]{0,3000}?FileServer/

/** One of the two. */
const either = (one: RegExp, other: RegExp): RegExp => new RegExp(`${one.source}|${other.source}`)

export const goFrameworks: readonly Framework[] = [
  {
    name: 'gin',
    language: 'go',
    uses: /"github\.com\/gin-gonic\/gin"/,
    registers: [
      /\.(?<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Handle|Match)\s*\(\s*[^,\s][^,]{0,200},\s*"(?<path>[^"]*)"/g,
      /\.Group\s*\(\s*"(?<path>[^"]*)"/g,
      /\.Static\w*\s*\(\s*"(?<below>\/[^"]*)"/g,
    ],
    open: /\.(?:GET|Any|Group|Handle|Match)\s*\(\s*[a-z]\w*[.,)\s]|\.NoRoute\s*\(|\.Static\w*\s*\(\s*(?!"\/)|static\.Serve|WrapH\s*\(|WrapF\s*\(|"\/\*/,
    slash: 'redirect',
    head: false,
  },
  {
    name: 'echo',
    language: 'go',
    uses: /"github\.com\/labstack\/echo/,
    registers: [
      /\.(?<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.Group\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Static|StaticFS)\s*\(\s*"(?<below>\/[^"]*)"\s*,/g,
      /\.(?:File|FileFS)\s*\(\s*"(?<path>\/[^"]*)"\s*,/g,
    ],
    open: /\.(?:GET|Any|Group|Add|Match)\s*\(\s*[a-z]\w*[.,)\s]|\.Static\w*\s*\(\s*(?!"\/[^"\n]{0,200}"\s*,)|\.File\w*\s*\(\s*(?!"\/)[^(),\n]{1,200},|WrapHandler|RouteNotFound|"\/?\*/,
    slash: 'strict',
    head: false,
  },
  {
    name: 'fiber',
    language: 'go',
    uses: /"github\.com\/gofiber\/fiber/,
    registers: [
      /\.(?<method>Get|Post|Put|Patch|Delete|Head|Options|All)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Group|Route)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Use|Mount|Static)\s*\(\s*"(?<below>[^"]*)"/g,
    ],
    open: /\.(?:Get|All|Group|Mount|Add)\s*\(\s*[a-z]\w*[.,)\s]|\.Static\w*\s*\(\s*(?!")|filesystem\.New|adaptor\.|healthcheck|\.Use\s*\(\s*func|"\/?\*/,
    slash: 'same',
    head: true,
  },
  {
    name: 'chi',
    language: 'go',
    uses: /"github\.com\/go-chi\/chi/,
    registers: [
      /\.(?<method>Get|Post|Put|Patch|Delete|Head|Options)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Route|Handle|HandleFunc|Method|MethodFunc)\s*\(\s*(?:[\w."]+,\s*)?"(?:[A-Z]{1,20}\s{1,20})?(?<path>[^"]*)"/g,
      /\.Mount\s*\(\s*"(?<below>[^"]*)"/g,
      /\bHeartbeat\s*\(\s*"(?<path>[^"]*)"/g,
    ],
    open: either(
      /\.(?:Get|Route|Mount|Handle|HandleFunc)\s*\(\s*[a-z]\w*[.,)\s]|\.NotFound\s*\(|Heartbeat\s*\(\s*[a-z]|"\/?\*"|"[^"\n]{0,200}[{:*][^"\n]{0,200}\/\*"/,
      ownFiles,
    ),
    slash: 'strict',
    head: false,
  },
  {
    name: 'gorilla/mux',
    language: 'go',
    uses: /"github\.com\/gorilla\/mux"/,
    registers: [
      /\.(?:HandleFunc|Handle|Path)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.PathPrefix\s*\(\s*"(?<path>[^"]*)"\s*\)\s*\.\s*Subrouter/g,
      /\.PathPrefix\s*\(\s*"(?<below>[^"]*)"/g,
    ],
    open: either(
      /\.(?:HandleFunc|Handle|Path|PathPrefix)\s*\(\s*[a-zA-Z]\w*[.,)\s+]|NotFoundHandler|MatcherFunc|\{\w+:[^}"]{0,100}[.*+]|\bgrpc\b|connectrpc|\.URL\.Path\b/,
      ownFiles,
    ),
    slash: 'strict',
    head: true,
  },
  {
    name: 'httprouter',
    language: 'go',
    uses: /"github\.com\/julienschmidt\/httprouter"/,
    registers: [
      /\.(?<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Handle|Handler|HandlerFunc|HandleFunc|ServeFiles)\s*\(\s*(?:[\w."]+,\s*)?"(?<path>\/[^"]*)"/g,
    ],
    open: either(
      /\.GET\s*\(\s*[a-zA-Z]\w*[.,)\s+]|\.Handle\w*\s*\(\s*[^,"\n]{1,100},\s*[a-zA-Z]|\.NotFound\b|ServeFiles\s*\(\s*[a-z]|"\/\*\w*"|"[^"\n]{0,200}:[^"\n]{0,200}\/\*\w*"|\bgrpc\b|\.URL\.Path\b/,
      ownFiles,
    ),
    slash: 'redirect',
    head: false,
  },
  {
    name: 'net/http',
    language: 'go',
    uses: /\bhttp\.(?:HandleFunc|Handle|NewServeMux)\b/,
    registers: [
      /\.(?:HandleFunc|Handle)\s*\(\s*"(?:(?<method>GET|POST|PUT|PATCH|DELETE|HEAD)\s+)?[\w.-]*(?<path>\/[^"]*)"/g,
      // A pattern that ends in / is for all that is below it.
      /\.(?:HandleFunc|Handle)\s*\(\s*"(?:[A-Z]{1,20}\s{1,20})?[\w.-]{0,200}(?<below>\/[^"]{1,300}\/)"/g,
    ],
    open: either(
      /\.Handle(?:Func)?\s*\(\s*(?:[a-z]\w*[.,)\s]|"(?:[A-Z]+ )?\/(?:\{\w*\.\.\.\})?"|"[^"\n]{0,200}\}[^"\n]{0,200}\.\.\.\}")|"github\.com\/(?:gorilla|julienschmidt|go-chi|gin-gonic|labstack|gofiber|bmizerany|valyala|a-h|danielgtaylor)\/|\bgrpc\b|connectrpc/,
      ownFiles,
    ),
    slash: 'redirect',
    head: true,
  },
]
