import checkPath from '../../../checks/image/check-path.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const project = (path: string, port: number, dockerfile: string, files: Files) => ({
  files: {
    Dockerfile: `${dockerfile}\n`,
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = ${port}\n[[http_service.checks]]\n  path = "${path}"\n`,
    ...files,
  },
})
const go = (path: string, module: string, code: string) =>
  project(path, 8000, 'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go build -o /api .\nCMD ["/api"]', {
    'go.mod': 'module shop\n',
    'main.go': `package main\nimport (\n\t"net/http"\n\t"${module}"\n)\nfunc main() {\n${code}\thttp.ListenAndServe(":8000", r)\n}\n`,
  })
const mux = (path: string, code: string) => go(path, 'github.com/gorilla/mux', `\tr := mux.NewRouter()\n${code}`)
const httprouter = (path: string, code: string) =>
  go(path, 'github.com/julienschmidt/httprouter', `\tr := httprouter.New()\n${code}`)
const chi = (path: string, code: string) => go(path, 'github.com/go-chi/chi/v5', `\tr := chi.NewRouter()\n${code}`)
const gin = (path: string, code: string) => go(path, 'github.com/gin-gonic/gin', `\tr := gin.Default()\n${code}`)
const echo = (path: string, code: string) => go(path, 'github.com/labstack/echo/v4', `\tr := echo.New()\n${code}`)
const serveMux = (path: string, code: string) => go(path, 'log/slog', `\tr := http.NewServeMux()\n${code}`)
const assets = 'http.StripPrefix("/static/", http.FileServer(http.Dir("static")))'
const script = (path: string, code: string, files: Files = {}, from = 'node:22', run = 'node') =>
  project(path, 8000, `FROM ${from}\nWORKDIR /app\nCOPY . .\nCMD ["${run}", "server.ts"]`, {
    'package.json': '{"dependencies": {"koa": "3", "@koa/router": "14", "elysia": "1", "express": "5"}}',
    'server.ts': code,
    ...files,
  })
const koa = (path: string, code: string) =>
  script(
    path,
    `import Koa from 'koa'\nimport Router from '@koa/router'\nconst app = new Koa()\nconst router = new Router()\n${code}app.use(router.routes())\napp.listen(8000)\n`,
  )
const elysia = (path: string, code: string, files: Files = {}) =>
  script(path, `import {Elysia} from 'elysia'\nnew Elysia()${code}.listen(8000)\n`, files, 'oven/bun:1', 'bun')
const rocket = (path: string, code: string) =>
  project(
    path,
    8000,
    'FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /usr/local/bin/shop\nENV ROCKET_ADDRESS=0.0.0.0\nCMD ["shop"]',
    {
      'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\nrocket = "0.5"\n',
      'src/main.rs': `#[macro_use] extern crate rocket;\nuse rocket::State;\n${code}\n#[launch]\nfn rocket() -> _ { rocket::build().mount("/", routes![root]) }\n`,
    },
  )
const axum = (path: string, code: string) =>
  project(
    path,
    8000,
    'FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /usr/local/bin/shop\nCMD ["shop"]',
    {
      'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\naxum = "0.8"\n',
      'src/main.rs': `use axum::{routing::get, Router};\n#[tokio::main]\nasync fn main() {\n    let app = Router::new()${code};\n    let listener = tokio::net::TcpListener::bind("0.0.0.0:8000").await.unwrap();\n    axum::serve(listener, app).await.unwrap();\n}\n`,
    },
  )
const aspnet = (path: string, code: string, files: Files = {}) =>
  project(
    path,
    8080,
    'FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nFROM mcr.microsoft.com/dotnet/aspnet:9.0\nWORKDIR /app\nCOPY --from=build /app .\nENTRYPOINT ["dotnet", "Shop.dll"]',
    {
      'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web" />\n',
      'Program.cs': `var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.UseHttpsRedirection();\n${code}app.Run();\n`,
      ...files,
    },
  )
const spring = (path: string, controller: string, dependencies = '', files: Files = {}) =>
  project(
    path,
    8080,
    'FROM maven:3-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/*.jar /app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]',
    {
      'pom.xml': `<project><parent>\n<groupId>org.springframework.boot</groupId><version>3.5.0</version></parent>\n<artifactId>spring-boot-starter-web</artifactId>${dependencies}</project>\n`,
      'src/main/java/shop/ShopController.java': `package shop;\n@RestController\npublic class ShopController {\n${controller}}\n`,
      ...files,
    },
  )
/** The Dockerfile with these; a quote ends the value for another variable. */
const javaOptions = (value: string) => ({
  Dockerfile: `FROM maven:3-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nENV JAVA_TOOL_OPTIONS="${value}"\nCOPY --from=build /src/target/*.jar /app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]\n`,
})
const actuator = '\n<artifactId>spring-boot-starter-actuator</artifactId>'
const list = '  @GetMapping("/products")\n  List<Product> list() { return all; }\n'
const says = (path: string, framework: string) => [
  `warning fly.toml:5:3 http_service.checks[0].path is "${path}", but no route of the ${framework} app is called so: the check gets 404, and fails`,
]

testCheck(checkPath, {
  clean: {
    'gorilla/mux: the route is there': mux('/health', '\tr.HandleFunc("/health", health).Methods("GET")\n'),
    'gorilla/mux: below a prefix': mux(
      '/api/health',
      '\tapi := r.PathPrefix("/api").Subrouter()\n\tapi.HandleFunc("/health", health)\n',
    ),
    'gorilla/mux: what answers below a prefix': mux('/docs/a', '\tr.PathPrefix("/docs").Handler(docs)\n'),
    'gorilla/mux: everything else': mux('/health', '\tr.HandleFunc("/api", api)\n\tr.PathPrefix("/").Handler(spa)\n'),
    'gorilla/mux: a path that is worked out': mux(
      '/health',
      '\tr.HandleFunc("/api", api)\n\tr.HandleFunc(path, health)\n',
    ),
    'httprouter: the route is there': httprouter('/health', '\tr.GET("/health", health)\n'),
    'httprouter: for any path': httprouter('/health', '\tr.GET("/*rest", health)\n'),
    'chi: files for every path': chi('/health', `\tr.Get("/api", api)\n\tr.Handle("/*", ${assets})\n`),
    'chi: a file below a prefix': chi('/static/ok.txt', `\tr.Get("/api", api)\n\tr.Handle("/static/*", ${assets})\n`),
    'chi: files below a prefix within another': chi(
      '/app/static/a/ok.txt',
      `\tr.Route("/app", func(r chi.Router) {\n\t\tr.Handle("/static/*", ${assets})\n\t})\n`,
    ),
    'chi: a handler of files that is the app’s own': chi(
      '/health',
      '\tr.Get("/api", api)\n\tr.Use(func(next http.Handler) http.Handler {\n\t\tfiles := http.FileServer(http.Dir("dist"))\n\t\treturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { files.ServeHTTP(w, r) })\n\t})\n',
    ),
    'gin: files for every path': gin('/health', '\tr.GET("/api", api)\n\tr.Static("/", "./public")\n'),
    'gin: a file below a prefix': gin('/assets/ok.txt', '\tr.GET("/api", api)\n\tr.Static("/assets", "./public")\n'),
    'gin: below a wildcard': gin('/docs/a/b', '\tr.GET("/docs/*any", docs)\n'),
    'gin: a prefix that is worked out': gin('/health', '\tr.GET("/api", api)\n\tr.Static(prefix, "./public")\n'),
    'echo: files for every path': echo('/health', '\tr.GET("/api", api)\n\tr.Static("/", "public")\n'),
    'echo: a file': echo('/ok.txt', '\tr.GET("/api", api)\n\tr.File("/ok.txt", "public/ok.txt")\n'),
    'net/http: a tree below a prefix': serveMux('/api/health', '\tr.Handle("/api/", api)\n'),
    'net/http: the rest of the path': serveMux('/files/a/b', '\tr.HandleFunc("GET /files/{path...}", files)\n'),
    'axum: files for every path': axum('/health', '.route("/api", get(api)).fallback_service(ServeDir::new("dist"))'),
    'axum: a file below a prefix': axum(
      '/assets/ok.txt',
      '.route("/api", get(api)).nest_service("/assets", ServeDir::new("assets"))',
    ),
    'axum: a fallback that answers': axum('/health', '.route("/api", get(api)).fallback(page)'),
    'Koa: the route is there': koa('/health', "router.get('/health', (ctx) => { ctx.body = 'ok' })\n"),
    'Koa: a middleware that looks at the path': koa(
      '/health',
      "router.get('/api', api)\napp.use((ctx, next) => (ctx.path === '/he' + 'alth' ? ok(ctx) : next()))\n",
    ),
    'Elysia: the route is there': elysia('/health', ".get('/health', () => 'ok')"),
    'Elysia: in a group': elysia('/api/health', ".group('/api', (app) => app.get('/health', () => 'ok'))"),
    'Elysia: in another module': elysia('/health', ".use((await import('./routes')).routes).get('/', () => 'shop')", {
      'routes.ts': "import {Elysia} from 'elysia'\nexport const routes = new Elysia().get('/health', () => 'ok')\n",
    }),
    'an alias of tsconfig.json, behind which routes may be': script(
      '/health',
      "import express from 'express'\nimport {health} from '@routes/health'\nconst app = express()\napp.get('/api', api)\nhealth(app)\napp.listen(8000)\n",
      {'routes/health.ts': "export const health = (app) => app.get('/health', (_, response) => response.send('ok'))\n"},
    ),
    'Express, for which upper case is the same': script(
      '/health',
      "import express from 'express'\nconst app = express()\napp.get('/Health', api)\napp.listen(8000)\n",
    ),
    'Rocket: the route is there': rocket('/health', '#[get("/health")]\nfn root() -> &\'static str { "ok" }'),
    'Rocket: files': rocket('/health', '#[get("/")]\nfn root() {}\nfn files() { FileServer::from("public"); }'),
    'ASP.NET: the route is there': aspnet('/health', 'app.MapGet("/health", () => "ok");\n'),
    'ASP.NET: its health checks': aspnet('/healthz', 'app.MapHealthChecks("/healthz");\n'),
    'ASP.NET: of a controller': aspnet('/api/health', 'app.MapControllers();\n', {
      'Controllers/HealthController.cs':
        '[ApiController]\n[Route("api/[controller]")]\npublic class HealthController : ControllerBase\n{\n    [HttpGet]\n    public IActionResult Get() => Ok();\n}\n',
    }),
    'ASP.NET: in a method of its own': aspnet('/health', 'app.MapShop();\n', {
      'Routes.cs':
        'public static class Routes\n{\n    public static void MapShop(this WebApplication app) => app.MapGet("/Health", () => "ok");\n}\n',
    }),
    'ASP.NET: a package that maps its own': aspnet(
      '/health',
      'app.MapGet("/", () => "ok");\napp.MapDefaultEndpoints();\n',
    ),
    'ASP.NET: pages': aspnet('/about', 'app.MapGet("/", () => "ok");\napp.MapRazorPages();\n'),
    'ASP.NET: a file that is handed out': aspnet(
      '/health.txt',
      'app.MapGet("/", () => "ok");\napp.UseStaticFiles();\n',
      {
        'wwwroot/health.txt': 'ok\n',
      },
    ),
    'Spring: the route is there': spring('/products', list),
    'Spring: below that of its class': spring('/api/health', '', '', {
      'src/main/java/shop/HealthController.java':
        '@RestController\n@RequestMapping("/api")\nclass HealthController {\n  @GetMapping(path = "/health")\n  String health() { return "ok"; }\n}\n',
    }),
    'Spring with the actuator': spring('/actuator/health', list, actuator),
    'Spring with the actuator at another path': spring('/manage/health', list, actuator, {
      'src/main/resources/application.properties': 'management.endpoints.web.base-path=/manage\n',
    }),
    'Spring with the actuator, options of Java and a profile': spring('/actuator/health', list, actuator, {
      ...javaOptions('-XX:MaxRAMPercentage=75'),
      'src/main/resources/application.properties': 'management.endpoints.web.exposure.include=health,info\n',
      'src/main/resources/application-dev.properties': 'management.endpoint.health.enabled=false\n',
    }),
    'Spring below a prefix': spring('/api/actuator/health', list, actuator, {
      'src/main/resources/application.yml': 'server:\n  servlet:\n    context-path: /api\n',
    }),
    'Spring with the actuator at the port of the check': spring('/actuator/health', list, actuator, {
      'src/main/resources/application.properties': 'server.port=8080\nmanagement.server.port=8080\n',
    }),
    'Spring: properties of another file': spring('/actuator/health', list, actuator, {
      'src/main/resources/application.properties':
        'spring.config.import=optional:file:shop.properties\nmanagement.server.port=9000\n',
    }),
    'Spring: options of Java that set properties': spring('/actuator/health', list, actuator, {
      ...javaOptions('-Dmanagement.endpoint.health.enabled=true'),
      'src/main/resources/application.properties': 'management.endpoint.health.enabled=false\n',
    }),
    'Spring: a variable that sets a property': spring('/actuator/health', list, actuator, {
      ...javaOptions('-Xss512k" MANAGEMENT_ENDPOINT_HEALTH_ENABLED="true'),
      'src/main/resources/application.properties': 'management.endpoint.health.enabled=false\n',
    }),
    'Spring: a file that is handed out': spring('/health.txt', list, '', {
      'src/main/resources/static/health.txt': 'ok\n',
    }),
    'Spring: a package with routes of its own': spring(
      '/health',
      list,
      '\n<artifactId>spring-boot-admin-starter-client</artifactId>',
    ),
    'Spring: a parent of its own': spring('/health', list, '</x><parent><groupId>shop.parents</groupId></parent>'),
  },
  flagged: {
    'chi: no such route beside files below a prefix': {
      ...chi('/health', `\tr.Get("/healthz", health)\n\tr.Handle("/static/*", ${assets})\n`),
      expect: says('/health', 'chi'),
    },
    'chi: HEAD, which Get does not answer, beside files': {
      files: {
        ...chi('/health', `\tr.Get("/health", health)\n\tr.Handle("/static/*", ${assets})\n`).files,
        'fly.toml':
          'app = "shop"\n[http_service]\n  internal_port = 8000\n[[http_service.checks]]\n  path = "/health"\n  method = "HEAD"\n',
      },
      expect: [
        'warning fly.toml:6:3 http_service.checks[0].path is "/health", which the app answers for GET only: the check asks with HEAD, and fails',
      ],
    },
    'gin: no such route beside files below a prefix': {
      ...gin('/health', '\tr.GET("/api/ping", ping)\n\tr.Static("/assets", "./public")\n'),
      expect: says('/health', 'gin'),
    },
    'echo: no such route beside files': {
      ...echo('/health', '\tr.GET("/up", up)\n\tr.Static("/static", "static")\n\tr.File("/", "index.html")\n'),
      expect: says('/health', 'echo'),
    },
    'net/http: no such route beside files': {
      ...serveMux('/health', `\tr.HandleFunc("GET /healthz", health)\n\tr.Handle("/static/", ${assets})\n`),
      expect: says('/health', 'net/http'),
    },
    'net/http: the tree of a prefix is not the prefix': {
      ...serveMux('/health', '\tr.Handle("/health/", health)\n'),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/health", which net/http answers with a redirect to /health/: a check does not follow it, and fails',
      ],
    },
    'axum: no such route beside files and a page for what is not found': {
      ...axum(
        '/health',
        '.route("/healthz", get(ok)).nest_service("/assets", ServeDir::new("assets")).fallback(handler_404)',
      ),
      expect: says('/health', 'axum'),
    },
    'gorilla/mux without the route': {
      ...mux('/healthz', '\tr.HandleFunc("/health", health).Methods("GET")\n'),
      expect: says('/healthz', 'gorilla/mux'),
    },
    'httprouter without the route': {
      ...httprouter('/healthz', '\tr.GET("/health", health)\n'),
      expect: says('/healthz', 'httprouter'),
    },
    'Koa without the route': {...koa('/healthz', "router.get('/health', health)\n"), expect: says('/healthz', 'Koa')},
    'Elysia without the route': {...elysia('/health', ".get('/', () => 'ok')"), expect: says('/health', 'Elysia')},
    'Rocket without the route': {
      ...rocket('/health', '#[get("/")]\nfn root() -> &\'static str { "ok" }'),
      expect: says('/health', 'Rocket'),
    },
    'ASP.NET without the route': {
      ...aspnet('/health', '// app.MapHealthChecks("/health");\napp.MapGet("/api/products", () => products);\n'),
      expect: says('/health', 'ASP.NET'),
    },
    'Spring without the actuator, with options of Java': {
      ...spring('/actuator/health', list, '', javaOptions('-Xss512k')),
      expect: says('/actuator/health', 'Spring'),
    },
    'Spring with the actuator at another port': {
      ...spring('/actuator/health', list, actuator, {
        'src/main/resources/application.properties': 'management.server.port=9000\n',
      }),
      expect: says('/actuator/health', 'Spring'),
    },
    'Spring with the actuator moved in the profile of the deploy': {
      ...spring('/actuator/health', list, actuator, {
        ...javaOptions('-Xss512k" SPRING_PROFILES_ACTIVE="prod'),
        'src/main/resources/application.properties': 'server.port=8080\n',
        'src/main/resources/application-prod.yml': 'management:\n  endpoints:\n    web:\n      base-path: /manage\n',
      }),
      expect: says('/actuator/health', 'Spring'),
    },
    'Spring with the actuator, of which health is not exposed': {
      ...spring('/actuator/health', list, actuator, {
        'src/main/resources/application.properties': 'management.endpoints.web.exposure.include=info,metrics\n',
      }),
      expect: says('/actuator/health', 'Spring'),
    },
    'Spring below a prefix': {
      ...spring('/products', list, actuator, {
        'src/main/resources/application.properties': 'server.servlet.context-path=/api\n',
      }),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/products", but all paths of the Spring app begin with /api: the check gets 404, and fails',
      ],
    },
    'Spring without the actuator': {...spring('/actuator/health', list), expect: says('/actuator/health', 'Spring')},
    'Spring without the route': {...spring('/health', list, actuator), expect: says('/health', 'Spring')},
  },
})
