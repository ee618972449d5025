import type {Framework} from './frameworks.ts'

export const goFrameworks: readonly Framework[] = [
  {
    name: 'gin',
    language: 'go',
    uses: /"github\.com\/gin-gonic\/gin"/,
    registers: [
      /\.(?<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Handle|Match)\s*\(\s*[^,\s][^,]{0,200},\s*"(?<path>[^"]*)"/g,
      /\.Group\s*\(\s*"(?<path>[^"]*)"/g,
    ],
    open: /\.(?:GET|Any|Group|Handle|Match)\s*\(\s*[a-z]\w*[.,)\s]|\.NoRoute\s*\(|\.Static\w*\s*\(|static\.Serve|WrapH\s*\(|WrapF\s*\(|"\/\*/,
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
    ],
    open: /\.(?:GET|Any|Group|Add|Match)\s*\(\s*[a-z]\w*[.,)\s]|\.Static\w*\s*\(|\.File\w*\s*\(|WrapHandler|RouteNotFound|"\/?\*/,
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
      /\.(?:Use|Mount)\s*\(\s*"(?<below>[^"]*)"/g,
    ],
    open: /\.(?:Get|All|Group|Mount|Add)\s*\(\s*[a-z]\w*[.,)\s]|\.Static\w*\s*\(|filesystem\.New|adaptor\.|healthcheck|\.Use\s*\(\s*func|"\/?\*/,
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
    open: /\.(?:Get|Route|Mount|Handle|HandleFunc)\s*\(\s*[a-z]\w*[.,)\s]|\.NotFound\s*\(|FileServer|Heartbeat\s*\(\s*[a-z]|"\/?\*"|\/\*"/,
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
    open: /\.(?:HandleFunc|Handle|Path|PathPrefix)\s*\(\s*[a-zA-Z]\w*[.,)\s+]|NotFoundHandler|MatcherFunc|FileServer|\{\w+:[^}"]{0,100}[.*+]|\bgrpc\b|connectrpc|\.URL\.Path\b/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'httprouter',
    language: 'go',
    uses: /"github\.com\/julienschmidt\/httprouter"/,
    registers: [
      /\.(?<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s*\(\s*"(?<path>[^"]*)"/g,
      /\.(?:Handle|Handler|HandlerFunc|HandleFunc)\s*\(\s*(?:[\w."]+,\s*)?"(?<path>\/[^"]*)"/g,
    ],
    open: /\.GET\s*\(\s*[a-zA-Z]\w*[.,)\s+]|\.Handle\w*\s*\(\s*[^,"\n]{1,100},\s*[a-zA-Z]|\.NotFound\b|ServeFiles|FileServer|\/\*\w*"|\bgrpc\b|\.URL\.Path\b/,
    slash: 'redirect',
    head: false,
  },
  {
    name: 'net/http',
    language: 'go',
    uses: /\bhttp\.(?:HandleFunc|Handle|NewServeMux)\b/,
    registers: [
      /\.(?:HandleFunc|Handle)\s*\(\s*"(?:(?<method>GET|POST|PUT|PATCH|DELETE|HEAD)\s+)?[\w.-]*(?<path>\/[^"]*)"/g,
    ],
    open: /\.Handle(?:Func)?\s*\(\s*(?:[a-z]\w*[.,)\s]|"(?:[A-Z]+ )?\/(?:\{\w*\.\.\.\})?")|FileServer|"github\.com\/(?:gorilla|julienschmidt|go-chi|gin-gonic|labstack|gofiber|bmizerany|valyala|a-h|danielgtaylor)\/|\bgrpc\b|connectrpc/,
    slash: 'redirect',
    head: true,
  },
]
