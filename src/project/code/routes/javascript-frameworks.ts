import type {Framework} from './frameworks.ts'
import {methods} from './http-methods.ts'

/** `.get('/orders'`, `prefix: '/api'`, `.mount('/docs'` */
const call = new RegExp(`\\.(?<method>${methods})\\s*\\(\\s*(["'\`])(?<path>[^"'\`]*)\\2`, 'g')
const prefix = /\bprefix\s*:\s*(["'`])(?<path>[^"'`]*)\1/g
const mount = /\.mount\s*\(\s*(["'`])(?<below>[^"'`]*)\1/g

export const javascriptFrameworks: readonly Framework[] = [
  {
    name: 'Express',
    language: 'javascript',
    uses: /["']express["']/,
    registers: [
      call,
      /\.route\s*\(\s*(["'`])(?<path>[^"'`]*)\1/g,
      /\.use\s*\(\s*(["'`])(?<path>[^"'`]*)\1\s*,\s*(?:[\w.]*[rR]out(?:er|es?)\b|require\s*\(\s*["']\.)/g,
      /\.use\s*\(\s*(["'`])(?<below>[^"'`]*)\1\s*,(?!\s*(?:[\w.]*[rR]out(?:er|es?)\b|require\s*\(\s*["']\.))/g,
      /@(?<method>Get|Post|Put|Patch|Delete|All)\s*\(\s*(?:(["'`])(?<path>[^"'`]*)\2)?/g,
      /@Controller\s*\(\s*(?:\{[^}]{0,300}?\bpath\s*:\s*)?(?:(["'`])(?<path>[^"'`]*)\1)?/g,
    ],
    open: /\.(?:get|all|use|route)\s*\(\s*(?:[[/]|["'`]\/?\*|["'`]\/\{|[A-Z_]\w*(?:\.\w+)?\s*,|\(\s*(?:_?req|request|ctx|_)\b|async\s*\(\s*_?req|(?:async\s+)?function\b)|\.use\s*\(\s*express\.static|serve-?static|sirv|createProxyMiddleware|http-proxy|\bcreateRequestHandler\b|["'](?:next|vite|@remix-run|@react-router|@sveltejs|nuxt|astro|parse-server|payload|directus|@apollo|@trpc|@feathersjs|@adminjs|adminjs|better-auth|@godaddy|lightship|express-actuator|express-prom-bundle|express-status-monitor|express-ping|swagger-stats|@nestjs\/terminus|tsoa|routing-controllers|express-openapi|swagger)|readdirSync|import-glob|globSync|\burl\.pathname|req\.(?:url|path|originalUrl)\s*===|setGlobalPrefix\s*\(\s*[a-zA-Z]|@(?:Get|All|Controller)\s*\(\s*(?:\{[^}]{0,300}?\bpath\s*:\s*)?(?:\[|[A-Za-z_`])/,
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
    open: /\.(?:get|all|route)\s*(?:<[^>()]{0,300}>+\s*)?\(\s*(?:[A-Z_]\w*(?:\.\w+)?\s*,|[a-z]\w*\s*,)|\b(?:url|prefix)\s*:\s*[a-zA-Z_`$]|\(\s*["'`]\/?\*|@fastify\/(?:static|autoload|http-proxy|vite|under-pressure|nextjs|express|middie)|fastify-(?:autoload|healthcheck|metrics)|setNotFoundHandler|["'](?:next|vite|@trpc|@apollo|mercurius|better-auth)|readdirSync|["']express["']|@nestjs|\.register\s*\(\s*(?:await\s+)?(?:require|import)\s*\(\s*["'](?!\.|@fastify\/|fastify-)|\bimport\s+(?<plugin>\w+)\s+from\s+["'](?![.~#]|@\/|@fastify\/|fastify-)[\s\S]{0,5000}?\.register\s*\(\s*\k<plugin>\b/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'Hono',
    language: 'javascript',
    uses: /["'](?:hono|@hono\/zod-openapi)["']/,
    registers: [
      call,
      /\.(?:route|basePath|on)\s*\(\s*(["'`])(?<path>[^"'`]*)\1/g,
      mount,
      /\bpath\s*:\s*(["'`])(?<path>[^"'`]*)\1/g,
      // Files of a folder answer below the path that they are served at.
      /\.(?:use|get)\s*\(\s*(["'`])(?<below>\/[^"'`*:]+)\/\*\1\s*,\s*serveStatic\s*\(/g,
    ],
    open: /\.(?:get|all|route|mount)\s*\(\s*(?:[A-Z_]\w*(?:\.\w+)?\s*,|\[|["'`]\/?\*)|(?<!\.(?:use|get)\s{0,9}\(\s{0,50}["'`]\/[^"'`*:]{1,100}\/\*["'`]\s{0,9},\s{0,50})\bserveStatic\s*\(|notFound\s*\(\s*(?:async\s*)?\(\s*c|["'](?:next|vite|@trpc|@hono\/trpc|honox|better-auth|inngest)|readdirSync|["']express["']|new\s+URL\s*\(\s*(?:c\.)?req/,
    slash: 'strict',
    head: true,
  },
  {
    name: 'Koa',
    language: 'javascript',
    uses: /["'](?:@koa\/router|koa-router)["']/,
    registers: [
      call,
      prefix,
      /\.prefix\s*\(\s*(["'`])(?<path>[^"'`]*)\1/g,
      /\bmount\s*\(\s*(["'`])(?<below>[^"'`]*)\1/g,
    ],
    open: /\.(?:get|all)\s*\(\s*(?:[[/]|["'`]\/?[(*]|[a-zA-Z_]\w*(?:\.\w+)*\s*[,+])|\bprefix\s*:\s*[a-zA-Z_`$]|\bctx\.(?:path|url|request\.(?:path|url))\b|\breq\.url\b|koa-(?:static|send|mount|proxies|healthcheck)|["'](?:next|vite|nuxt|@apollo|@trpc|better-auth|koa-health)|readdirSync|["']express["']/,
    slash: 'same',
    head: true,
  },
  {
    name: 'Elysia',
    language: 'javascript',
    uses: /["']elysia["']/,
    registers: [
      call,
      /\.route\s*\(\s*["'`]\w+["'`]\s*,\s*(["'`])(?<path>[^"'`]*)\1/g,
      /\.(?:group|ws)\s*\(\s*(["'`])(?<path>[^"'`]*)\1/g,
      prefix,
      mount,
    ],
    open: /\.(?:get|all|group|mount)\s*\(\s*(?:[a-zA-Z_]\w*(?:\.\w+)*\s*[,+)]|["'`]\/?\*)|\bprefix\s*:\s*[a-zA-Z_`$]|\.on(?:Request|Error|BeforeHandle)\b|\bpathname\b|\brequest\.url\b|@elysiajs\/(?:static|apollo|graphql-yoga|trpc|node|opentelemetry)|elysia-(?:auto|health|remix|nuxt|prometheus)|["'](?:next|vite|nuxt|@apollo|@trpc|better-auth|hono)|readdirSync|\bGlob\b/,
    slash: 'same',
    head: true,
  },
]
