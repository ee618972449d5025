import type {Language} from '../code.ts'

/** How the routes of a framework are written, and what makes them unknown. */
export interface Framework {
  name: string
  language: Language | 'ruby' | 'php'
  /** The import, or what else tells it. */
  uses: RegExp
  /**
   * Each finds a route or a prefix by the groups `method` and `path`, or by `below` a path under which code of others may
   * answer. All of them are global.
   */
  registers: readonly RegExp[]
  /** With this another route may be there: one for every path, files of a folder, a path that is worked out, somebody else's routes. */
  open: RegExp
  /** What becomes of a path that differs by a / at its end. */
  slash: 'redirect' | 'same' | 'strict'
  /** A route for GET answers HEAD. */
  head: boolean
}

const methods = 'get|post|put|patch|delete|head|options|all|any'

export const frameworks: readonly Framework[] = [
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
  {
    name: 'FastAPI',
    language: 'python',
    uses: /\bFastAPI\s*\(/,
    registers: [
      new RegExp(`@\\w+\\.(?<method>${methods})\\s*\\(\\s*(?:path\\s*=\\s*)?f?["'](?<path>[^"']*)["']`, 'g'),
      /\.mount\s*\(\s*(?:path\s*=\s*)?f?["'](?<below>[^"']*)["']/g,
      /\.(?:add_api_route|add_route|api_route|websocket)\s*\(\s*(?:path\s*=\s*)?f?["'](?<path>[^"']*)["']/g,
      /\bprefix\s*=\s*f?["'](?<path>[^"']*)["']/g,
      /\bRoute\s*\(\s*["'](?<path>[^"']*)["']/g,
    ],
    open: /@\w+\.(?:get|api_route)\s*\(\s*[a-zA-Z_]\w*\s*[,)+]|\.mount\s*\(\s*["']\/?["']|StaticFiles[^\n]{0,200}html\s*=\s*True|\{\w+:path\}|include_router\s*\(\s*[\w.]*\(|\.add_(?:api_)?route\s*\(\s*[a-z_]\w*[,)]|\bWSGIMiddleware\b|exception_handler\(\s*404|\bgradio\b|\bmount_gradio_app|\bchainlit\b|socketio\.ASGIApp|\bNiceGUI\b|\bnicegui\b|\broot_path\s*=|fastapi_health|\bstreamable_http_app\b|\bhttp_app\b/,
    slash: 'redirect',
    head: false,
  },
  {
    name: 'Starlette',
    language: 'python',
    uses: /\bStarlette\s*\(/,
    registers: [
      /\b(?:Route|WebSocketRoute)\s*\(\s*(?:path\s*=\s*)?["'](?<path>[^"']*)["']/g,
      /\b(?:Mount|mount)\s*\(\s*(?:path\s*=\s*)?["'](?<below>[^"']*)["']/g,
      /\.add_(?:websocket_)?route\s*\(\s*["'](?<path>[^"']*)["']/g,
      /@\w+\.(?:route|websocket_route)\s*\(\s*["'](?<path>[^"']*)["']/g,
    ],
    open: /\b(?:Route|Mount|mount|add_route)\s*\(\s*(?:path\s*=\s*)?(?:f["']|[a-zA-Z_]\w*\s*[,)+]|["']\/?["']\s*,\s*(?:app\s*=|\w*[mM]cp|\w*StaticFiles))|\bMount\s*\(\s*["']\/?["']|\{\w+:path\}|html\s*=\s*True|\b404\s*:|FastMCP|_app\s*\(\s*\)|HTTPException\s*:|\bHost\s*\(|[[,]\s*\*[a-zA-Z_]|\bpath["')\]]{0,2}\.(?:starts|ends)with\b/,
    slash: 'redirect',
    head: true,
  },
  {
    name: 'aiohttp',
    language: 'python',
    uses: /\bweb\.Application\s*\(/,
    registers: [
      /\.add_(?<method>get|post|put|patch|delete|head|options)\s*\(\s*["'](?<path>[^"']*)["']/g,
      /(?:\bweb|@\w+)\.(?<method>get|post|put|patch|delete|head|options)\s*\(\s*["'](?<path>[^"']*)["']/g,
      /\.add_route\s*\(\s*["'](?:\*|\w+)["']\s*,\s*["'](?<path>[^"']*)["']/g,
      /(?:\bweb|@\w+)\.(?:view|route)\s*\(\s*(?:["'](?:\*|\w+)["']\s*,\s*)?["'](?<path>[^"']*)["']/g,
      /\.(?:add_view|add_resource)\s*\(\s*["'](?<path>[^"']*)["']/g,
      /\.(?:add_static|add_subapp)\s*\(\s*["'](?<below>[^"']*)["']/g,
      /\bweb\.static\s*\(\s*["'](?<below>[^"']*)["']/g,
    ],
    open: /\.(?:add_get|add_view|add_resource|add_static|add_subapp)\s*\(\s*(?:f["']|[a-zA-Z_])|\.add_route\s*\(\s*["'](?:\*|\w+)["']\s*,\s*(?:f["']|[a-zA-Z_])|\bweb\.(?:get|view|static)\s*\(\s*(?:f["']|[a-zA-Z_])|\{\w+:[^}"']{0,100}[.*]|\b(?:aiohttp_swagger|aiohttp_apispec|aiohttp_admin|aiohttp_healthcheck|socketio|botbuilder|slack_bolt)\b|\bweb\.Server\s*\(|\bHTTPNotFound\b[^\n]{0,100}:|\.path\.(?:starts|ends)with\b|\b(?!aiohttp_(?:jinja2|session|cors|security)\b)\w+\.setup\s*\(\s*app\b/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'Flask',
    language: 'python',
    uses: /\bFlask\s*\(/,
    registers: [
      new RegExp(`@\\w+\\.(?<method>route|${methods})\\s*\\(\\s*["'](?<path>[^"']*)["']`, 'g'),
      /\badd_url_rule\s*\(\s*["'](?<path>[^"']*)["']/g,
      /\b(?:url_prefix|static_url_path)\s*=\s*["'](?<path>[^"']*)["']/g,
      /\badd_resource\s*\(\s*[\w.]+\s*,\s*["'](?<path>[^"']*)["']/g,
    ],
    open: /@\w+\.route\s*\(\s*[a-zA-Z_]\w*\s*[,)+]|<path:|errorhandler\s*\(\s*404|static_url_path\s*=\s*["']\/?["']|\bDispatcherMiddleware\b|register_blueprint\s*\(\s*[\w.]+\(|\bhealthcheck\b|flask_healthz|HealthCheck\s*\(|\bdash\b|flask_appbuilder|flask_admin|connexion|PrometheusMetrics|@\w+\.before_request/,
    slash: 'redirect',
    head: true,
  },
  {
    name: 'Django',
    language: 'python',
    uses: /\burlpatterns\s*\+?=/,
    registers: [
      /\b(?:path|re_path|url)\s*\(\s*r?["']\^?(?<path>[^"'$]*)\$?["']\s*,(?!\s*include)/g,
      /\b(?:path|re_path|url)\s*\(\s*r?["']\^?(?<below>[^"'$]*)\$?["']\s*,\s*(?:include|admin\.site\.urls|[\w.]*\burls\b)/g,
      /\.register\s*\(\s*r?["'](?<path>[^"']*)["']/g,
    ],
    open: /<path:|\.\*|\.\+|\b(?:path|re_path|url)\s*\(\s*(?:f["']|[a-zA-Z_]\w*\s*[,+])|urlpatterns\s*\+?=(?!\s*(?:\[|static\())|\bi18n_patterns\b|handler404|\bhealth_check\b|HealthCheck|\bwhitenoise\b[^\n]{0,300}ROOT|\bprometheus\b|\bNinjaAPI\b|include\s*\(\s*[a-z]/,
    slash: 'redirect',
    head: true,
  },
  {
    name: 'Express',
    language: 'javascript',
    uses: /["']express["']/,
    registers: [
      new RegExp(`\\.(?<method>${methods})\\s*\\(\\s*(["'\`])(?<path>[^"'\`]*)\\2`, 'g'),
      /\.route\s*\(\s*(["'`])(?<path>[^"'`]*)\1/g,
      /\.use\s*\(\s*(["'`])(?<path>[^"'`]*)\1\s*,\s*(?:[\w.]*[rR]out(?:er|es?)\b|require\s*\(\s*["']\.)/g,
      /\.use\s*\(\s*(["'`])(?<below>[^"'`]*)\1\s*,(?!\s*(?:[\w.]*[rR]out(?:er|es?)\b|require\s*\(\s*["']\.))/g,
      /@(?<method>Get|Post|Put|Patch|Delete|All)\s*\(\s*(?:(["'`])(?<path>[^"'`]*)\2)?/g,
      /@Controller\s*\(\s*(?:(["'`])(?<path>[^"'`]*)\1)?/g,
    ],
    open: /\.(?:get|all|use|route)\s*\(\s*(?:[[/]|["'`]\/?\*|["'`]\/\{|[A-Z_]\w*(?:\.\w+)?\s*,|\(\s*(?:_?req|request|ctx|_)\b|async\s*\(\s*_?req|(?:async\s+)?function\b)|\.use\s*\(\s*express\.static|serve-?static|sirv|createProxyMiddleware|http-proxy|\bcreateRequestHandler\b|["'](?:next|vite|@remix-run|@react-router|@sveltejs|nuxt|astro|parse-server|payload|directus|@apollo|@trpc|@feathersjs|@adminjs|adminjs|better-auth|@godaddy|lightship|express-actuator|express-prom-bundle|@nestjs\/terminus|tsoa|routing-controllers|express-openapi|swagger)|readdirSync|import-glob|globSync|\burl\.pathname|req\.(?:url|path|originalUrl)\s*===|setGlobalPrefix\s*\(\s*[a-zA-Z]/,
    slash: 'same',
    head: true,
  },
  {
    name: 'Fastify',
    language: 'javascript',
    uses: /["']fastify["']/,
    registers: [
      new RegExp(`\\.(?<method>${methods})\\s*(?:<[^>()]{0,300}>+\\s*)?\\(\\s*(["'\`])(?<path>[^"'\`]*)\\2`, 'g'),
      /\b(?:url|path|prefix)\s*:\s*(["'`])(?<path>[^"'`]*)\1/g,
    ],
    open: /\.(?:get|all|route)\s*(?:<[^>()]{0,300}>+\s*)?\(\s*(?:[A-Z_]\w*(?:\.\w+)?\s*,|[a-z]\w*\s*,)|\b(?:url|prefix)\s*:\s*[a-zA-Z_`$]|\(\s*["'`]\/?\*|@fastify\/(?:static|autoload|http-proxy|vite|under-pressure|nextjs|express|middie)|fastify-(?:autoload|healthcheck|metrics)|setNotFoundHandler|["'](?:next|vite|@trpc|@apollo|mercurius|better-auth)|readdirSync|["']express["']|@nestjs/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'Hono',
    language: 'javascript',
    uses: /["'](?:hono|@hono\/zod-openapi)["']/,
    registers: [
      new RegExp(`\\.(?<method>${methods})\\s*\\(\\s*(["'\`])(?<path>[^"'\`]*)\\2`, 'g'),
      /\.(?:route|basePath|on)\s*\(\s*(["'`])(?<path>[^"'`]*)\1/g,
      /\.mount\s*\(\s*(["'`])(?<below>[^"'`]*)\1/g,
      /\bpath\s*:\s*(["'`])(?<path>[^"'`]*)\1/g,
    ],
    open: /\.(?:get|all|route|mount)\s*\(\s*(?:[A-Z_]\w*(?:\.\w+)?\s*,|\[|["'`]\/?\*)|serveStatic|notFound\s*\(\s*(?:async\s*)?\(\s*c|["'](?:next|vite|@trpc|@hono\/trpc|honox|better-auth|inngest)|readdirSync|["']express["']|new\s+URL\s*\(\s*(?:c\.)?req/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'axum',
    language: 'rust',
    uses: /\baxum::/,
    registers: [/\.(?:route|nest|route_service)\s*\(\s*"(?<path>[^"]*)"/g, /\.nest_service\s*\(\s*"(?<below>[^"]*)"/g],
    open: /\.(?:route|nest|nest_service)\s*\(\s*[&a-zA-Z_]|\.fallback|ServeDir|ServeFile|\*\w*\}?"|utoipa|aide|tonic|leptos|dioxus|\.merge\s*\((?!\s*(?:\w+::)*\w*rout)/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'actix',
    language: 'rust',
    uses: /\bactix_web::/,
    registers: [
      /#\[(?:\w+::)*(?<method>get|post|put|patch|delete|head|options)\s*\(\s*"(?<path>[^"]*)"/g,
      /#\[(?:\w+::)*route\s*\(\s*"(?<path>[^"]*)"/g,
      /\.route\s*\(\s*"(?<path>[^"]*)"/g,
      /\b(?:resource|scope)\s*\(\s*"(?<path>[^"]*)"/g,
    ],
    open: /\bactix_files\b|\.path\(\)|\bFiles::new\b|\.default_service\s*\(|\{\w+\s*:[^}"]{0,100}[.*]|#\[(?:\w+::)*(?:get|route)\s*\(\s*[a-zA-Z_]|\b(?:resource|scope)\s*\(\s*[&a-zA-Z_]|\.route\s*\(\s*[&a-zA-Z_]|\b(?:utoipa|paperclip|apistos|leptos|dioxus|tonic|actix_web_prom|actix_web_static_files|async_graphql|poem|rocket|warp)\b/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'Phoenix',
    language: 'elixir',
    uses: /\buse\s+[\w.]+,\s*:router\b|\buse\s+Phoenix\.Router\b/,
    registers: [
      /^[ \t]*(?<method>get|post|put|patch|delete|head|live|options)[\s(]+"(?<path>[^"]*)"/gm,
      /^[ \t]*(?:scope|resources|match|resource)[\s(]+(?::\w+,\s*)?"(?<path>[^"]*)"/gm,
      /^[ \t]*(?:forward|live_dashboard)[\s(]+"(?<below>[^"]*)"/gm,
    ],
    open: /"[^"]*\/\*\w*"|^[ \t]*(?:get|scope|forward)[\s(]+@|\buse\s+\w+(?:\.\w+)*(?:Router|Routes)\b|Beacon|^[ \t]*plug[\s(]+\w*(?:Health|Heartbeat)/m,
    slash: 'same',
    head: true,
  },
  {
    name: 'Rails',
    language: 'ruby',
    uses: /\broutes\.draw\b/,
    registers: [
      /^[ \t]*(?<method>get|post|put|patch|delete|match)[\s(]+["':](?<path>[\w/:.()*-]*)/gm,
      /^[ \t]*root\b(?<path>)/gm,
      /^[ \t]*(?:resources?|scope|namespace)[\s(]+["':]+(?<path>[\w/:.-]*)/gm,
      /^[ \t]*(?:mount|devise_for)[\s(]+(?:[\w:.]+\s*(?:=>|,\s*at:)\s*)?["':]+(?<below>[\w/:.-]*)/gm,
    ],
    open: /["'][^"']*\*\w*|^[ \t]*draw[\s(]|^[ \t]*match\b[^\n]*\*|Health|OkComputer|\.each\b|\bconstraints\b|^[ \t]*mount\s+[\w:.]+\s*(?:,\s*at:|=>)\s*["']\/["']/m,
    slash: 'same',
    head: true,
  },
  {
    name: 'Laravel',
    language: 'php',
    uses: /\bRoute::\w/,
    registers: [
      /(?:\bRoute::|->)(?<method>get|post|put|patch|delete|any)\s*\(\s*["'](?<path>[^"']*)["']/g,
      /\bRoute::(?:view|redirect|permanentRedirect|resource|apiResource|singleton|inertia|livewire)\s*\(\s*["'](?<path>[^"']*)["']/g,
      /\bRoute::match\s*\(\s*\[[^\]]{0,200}\]\s*,\s*["'](?<path>[^"']*)["']/g,
      /\bVolt::route\s*\(\s*["'](?<path>[^"']*)["']/g,
      /(?:->|::)prefix\s*\(\s*["'](?<path>[^"']*)["']/g,
      /["']prefix["']\s*=>\s*["'](?<path>[^"']*)["']/g,
      /\b(?:health|apiPrefix)\s*:\s*["'](?<path>[^"']*)["']/g,
    ],
    open: /\bRoute::(?:fallback|domain)\b|\.\*|\bRoute::(?:get|any|view|resource|match)\s*\((?!\s*["'[])|\bRoute::(?:get|any|view|match)\s*\(\s*["'][^"'\n]{0,200}["']\s*\.|\{\w{1,60}\?\}|\bRoute::prefix\s*\((?!\s*["'])|\b(?:Folio|Auth)::|\bRoute::(?:mailcoach|statamic|feeds|health)\w*|\bhealth\s*:(?!\s*["'])|\bforeach\b|\bglob\s*\(|\bloadRoutesFrom\b|\bbase_path\s*\((?!\s*["']routes\/)|\bapp_path\s*\(/,
    slash: 'same',
    head: true,
  },
]
