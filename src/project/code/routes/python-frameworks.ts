import type {Framework} from './frameworks.ts'
import {methods} from './http-methods.ts'

const flask: Framework = {
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
  own: /^\/static\/./,
  slash: 'redirect',
  head: true,
}

export const pythonFrameworks: readonly Framework[] = [
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
    own: /^\/(?:docs|redoc|openapi\.json)$/,
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
  flask,
  // Its own words, on an event loop.
  {...flask, name: 'Quart', uses: /\bQuart\s*\(/},
  {
    name: 'Django',
    language: 'python',
    uses: /\burlpatterns\s*\+?=/,
    registers: [
      /\b(?:path|re_path|url)\s*\(\s*r?["']\^?(?<path>[^"'$]*)\$?["']\s*,(?!\s*include)/g,
      /\b(?:path|re_path|url)\s*\(\s*r?["']\^?(?<below>[^"'$]*)\$?["']\s*,\s*(?:include|admin\.site\.urls|[\w.]*\burls\b)/g,
      /\.register\s*\(\s*r?["'](?<path>[^"']*)["']/g,
    ],
    open: /<path:|\.\*|\.\+|\b(?:path|re_path|url)\s*\(\s*(?:f["']|[a-zA-Z_]\w*\s*[,+])|urlpatterns\s*\+?=(?!\s*(?:\[|static\())|\bi18n_patterns\b|handler404|\bhealth_check\b|HealthCheck|\bwhitenoise\b[^\n]{0,300}ROOT|\bprometheus\b|\bNinjaAPI\b|include\s*\(\s*[a-z]|\brequest\.path(?:_info)?\b|get_full_path/,
    slash: 'redirect',
    head: true,
  },
]
