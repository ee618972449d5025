import listenPort from '../../../checks/image/listen-port.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const node = (code: string, more: Files = {}, port = 8080) => ({
  files: {
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = ${port}\n`,
    'server.js': code,
    ...more,
  },
})
const built = (main: string, files: Files) => ({
  files: {
    Dockerfile: main,
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    ...files,
  },
})
const go =
  'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/api ./cmd/api\nFROM debian:bookworm-slim\nCOPY --from=build /out/api /api\nCMD ["/api"]\n'
const rust =
  'FROM rust:1.88 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /shop\nCMD ["/shop"]\n'
const python = 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n'
const deno = 'FROM denoland/deno:2.1.4\nWORKDIR /app\nCOPY . .\nCMD ["deno", "run", "-A", "main.ts"]\n'
const bun = 'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nCMD ["bun", "index.ts"]\n'
const express = "const express = require('express')\nconst app = express()\n"
const says = (severity: string, what: string) =>
  `${severity} fly.toml:3:3 internal_port is 8080, but CMD starts ${what}`

/** A server whose address clap has from a flag, a variable or a default. */
const clapped = (standard = 'default_value = "5663"') => ({
  'Cargo.toml': '[package]\nname = "shop"\n',
  'src/main.rs':
    'mod env;\nmod server;\nasync fn main() {\n    server::Service::new(server::Args::parse()).run().await\n}\n',
  'src/env.rs': 'pub const HOST: &str = "SHOP_HOST";\npub const PORT: &str = "SHOP_PORT";\n',
  'src/server.rs': `use actix_web::{App, HttpServer};\n#[derive(Debug, clap::Args)]\npub struct Args {\n    /// Where it listens.\n    #[arg(long, env = crate::env::HOST, default_value = "0.0.0.0")]\n    pub host: String,\n    #[arg(long, env = crate::env::PORT, ${standard})]\n    pub port: u16,\n}\nimpl Service {\n    pub fn new(args: Args) -> Self {\n        let bind_address = format!("{}:{:?}", args.host, args.port);\n        Self { bind_address }\n    }\n    pub async fn run(self) -> std::io::Result<()> {\n        HttpServer::new(move || App::new()).bind(self.bind_address)?.run().await\n    }\n}\n`,
})

/** A member of a workspace, beside another server at the top. */
const member = (start: string, port = 8080) => ({
  files: {
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ${start}\n`,
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = ${port}\n`,
    'server.js': `${express}app.listen(3000)\n`,
    'package.json': '{"workspaces": ["apps/*"]}',
    'pnpm-workspace.yaml': 'packages: [apps/*]\n',
    'apps/api/package.json': '{"name": "@shop/api", "scripts": {"start:prod": "node server"}}',
    'apps/api/server.js': `${express}const {PORT = 8080} = process.env\napp.listen(PORT)\n`,
  },
})

testCheck(listenPort, {
  clean: {
    'a program of a package that a file is named like': built(
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "-m", "celery", "worker"]\n',
      {'shop/celery.py': 'import uvicorn\nuvicorn.run(app, host="0.0.0.0", port=9000)\n'},
    ),
    'a server that is started in its own folder': member('cd apps/api && node server.js'),
    'the script of a member': member('["pnpm", "--filter", "@shop/api", "start:prod"]'),
    'the same, by npm': member('["npm", "run", "start:prod", "-w", "apps/api"]'),
    'the default of the code is the port': node(`${express}app.listen(process.env.PORT || 8080)\n`),
    'a port of clap that [env] sets': built(rust, {
      ...clapped(),
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n[env]\n  SHOP_PORT = "8080"\n',
    }),
    'a port of clap that a flag of the command may say': built(
      rust.replace('["/shop"]', '["/shop", "--port", "8080"]'),
      clapped(),
    ),
    'a port of settings that have a field of the same name': built(rust, {
      ...clapped(),
      'src/settings.rs': '#[derive(serde::Deserialize)]\npub struct Settings {\n    pub port: u16,\n}\n',
    }),
    'a port of clap that the code works out': built(rust, clapped('default_value_t = port()')),
    'LiteFS takes the requests': built(rust.replace('CMD ["/shop"]', 'ENTRYPOINT ["litefs", "mount"]'), {
      'Cargo.toml': '[package]\nname = "shop"\n',
      'src/main.rs':
        'async fn main() {\n    let addr = SocketAddr::from(([0, 0, 0, 0], 4567));\n    let listener = TcpListener::bind(addr).await.unwrap();\n}\n',
      'litefs.yml': 'proxy:\n  addr: ":8080"\n  target: "localhost:4567"\nexec:\n  - cmd: /shop\n',
    }),
    'PORT of [env] comes before the default': node(`${express}app.listen(process.env.PORT || 3000)\n`, {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n[env]\n  PORT = "8080"\n',
    }),
    'PORT of the image, too': node(`${express}const port = Number(process.env.PORT ?? 3000)\napp.listen(port)\n`, {
      Dockerfile: 'FROM node:22-slim\nENV PORT=8080\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    }),
    'a .env may set it': node(`require('dotenv').config()\n${express}app.listen(process.env.PORT || 3000)\n`, {
      '.env': 'PORT=8080\n',
    }),
    'a flag of the command says another port': built(go.replace('["/api"]', '["/api", "-addr", ":8080"]'), {
      'go.mod': 'module shop\n',
      'cmd/api/main.go':
        'package main\nvar addr = flag.String("addr", ":3000", "")\nfunc main() {\n\thttp.ListenAndServe(*addr, nil)\n}\n',
    }),
    'two servers, one on the port of the requests': node(`${express}app.listen(8080)\nexpress().listen(9100)\n`),
    'two servers, one on a port that is not known': node(`${express}app.listen(config.port)\nexpress().listen(9100)\n`),
    'in a comment': node(`${express}// app.listen(3000)\napp.listen(8080)\n`),
    'in a text': node(`${express}console.log("app.listen(3000)")\napp.listen(8080)\n`),
    'a branch for development': node(
      `${express}if (process.env.NODE_ENV !== 'production') {\n  app.listen(3000)\n}\nmodule.exports = app\n`,
    ),
    'a listener of events': node('history.listen(3000)\n'),
    'a port that is worked out': node(`${express}app.listen(base + 1)\n`),
    'a websocket server beside': node(`${express}new WebSocketServer({port: 8080})\napp.listen(3000)\n`),
    'a websocket server alone': node(
      "new (require('ws').WebSocketServer)({port: 3000})\nnew WebSocketServer({port: 8080})\n",
    ),
    'a websocket server on a server of its own': node(
      'new WebSocketServer({server, port})\nnew WebSocketServer({noServer: true})\n',
    ),
    'Robyn with a variable of its own': built(python, {
      'fly.toml': 'app = "shop"\n[env]\nROBYN_PORT = "8080"\n[http_service]\n  internal_port = 8080\n',
      'main.py': 'from robyn import Robyn\napp = Robyn(__file__)\napp.start(host="0.0.0.0")\n',
    }),
    'a function run that is none of Bottle': built(python, {
      'main.py': 'import bottle\nfrom jobs import run\nrun(port=9000)\n',
    }),
    'Dash with PORT of fly.toml': built(python, {
      'fly.toml': 'app = "shop"\n[env]\nPORT = "8080"\n[http_service]\n  internal_port = 8080\n',
      'main.py': 'import dash\napp = dash.Dash(__name__)\napp.run()\n',
    }),
    'Tornado beside a server of another kind': built(python, {
      'main.py':
        'import tornado.web\nchat = Chat()\nchat.listen(8080)\napp = tornado.web.Application([])\napp.listen(9999)\n',
    }),
    'what listens, and is no server': built(python, {
      'main.py': 'import tornado.web\nbus = Bus()\nbus.listen(3000)\n',
    }),
    'the port of another file, which is right': node(
      `const {port} = require('./config')\n${express}app.listen(port)\n`,
      {'config.js': 'exports.port = 3000\nmodule.exports = {port: process.env.PORT || 8080}\n'},
    ),
    'a test that nothing imports': node(`${express}app.listen(8080)\n`, {'other.js': 'app.listen(3000)\n'}),
    'compiled code of which package cannot be told': built(
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npx tsc\nCMD ["node", "dist/index.js"]\n',
      {'src/index.ts': 'app.listen(3000)\n', 'apps/api/src/index.ts': 'app.listen(8080)\n'},
    ),
    'Go with the address in a variable': built(go, {
      'go.mod': 'module shop\n',
      'cmd/api/main.go':
        'package main\nfunc main() {\n\tport := os.Getenv("PORT")\n\tif port == "" {\n\t\tport = "8080"\n\t}\n\thttp.ListenAndServe(":"+port, nil)\n}\n',
    }),
    'Python without the guard of the main file': built(python, {
      'main.py': 'import shop\nimport uvicorn\nuvicorn.run(shop.app, host="0.0.0.0", port=8080)\n',
      'shop.py': 'if __name__ == "__main__":\n    uvicorn.run(app, port=9000)\n',
    }),
    'Hono given an app, and its port': node(
      "import {serve} from '@hono/node-server'\nconst app = new Hono()\nserve({fetch: app.fetch, port: 8080})\n",
    ),
    'Hono given something that is not seen to be an app': node(
      "import {serve} from '@hono/node-server'\nserve(options)\n",
    ),
    'Deno with options that are written elsewhere': built(deno, {
      'main.ts': "import {options} from './options.ts'\nDeno.serve(options, () => new Response('hello'))\n",
      'options.ts': 'export const options = {port: 8080}\n',
    }),
    'Bun, and PORT is set': built(`ENV PORT=8080\n${bun}`.replace(/(ENV.*\n)(FROM.*\n)/, '$2$1'), {
      'index.ts': 'Bun.serve({fetch: () => new Response("hello")})\n',
    }),
    'Bun is given a function by default, which it does not serve': built(bun, {
      'index.ts': 'export default handler\nfunction handler() {}\n',
    }),
  },
  flagged: {
    'two servers, none on the port of the requests': {
      ...node(`${express}app.listen(process.env.PORT || 3000)\nexpress().listen(9100)\n`),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts server.js on port 3000 and 9100'],
    },
    'a module of the project': {
      ...built('FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "-m", "shop.serve"]\n', {
        'shop/__init__.py': '',
        'shop/serve.py':
          'import uvicorn\nfrom shop.app import app\n\nif __name__ == "__main__":\n    uvicorn.run(app, host="0.0.0.0", port=9000)\n',
        'shop/app.py': 'app = 1\n',
      }),
      expect: [says('error', 'shop/serve.py on port 9000')],
    },
    'the script of a member on another port': {
      ...member('["pnpm", "--filter", "@shop/api", "run", "start:prod"]', 9000),
      expect: ['warning fly.toml:3:3 internal_port is 9000, but CMD starts apps/api/server.js on port 8080'],
    },
    'a websocket server': {
      ...node("const {WebSocketServer} = require('ws')\nnew WebSocketServer({port: 3001})\n"),
      expect: [says('error', 'server.js on port 3001')],
    },
    'a websocket server beside what another package may start': {
      ...node(
        "import {WebSocketServer} from 'ws'\nimport {start} from 'shop-server'\nnew WebSocketServer({port: 3001})\n",
      ),
      expect: [says('warning', 'server.js on port 3001')],
    },
    Tornado: {
      ...built(python, {
        'main.py': 'import tornado.web\napp = tornado.web.Application([])\napp.listen(8888)\n',
      }),
      expect: [says('error', 'main.py on port 8888')],
    },
    Dash: {
      ...built(python, {
        'main.py':
          'from dash import Dash\napp = Dash(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=8051)\n',
      }),
      expect: [says('error', 'main.py on port 8051')],
    },
    Sanic: {
      ...built(python, {'main.py': 'from sanic import Sanic\napp = Sanic("shop")\napp.run("0.0.0.0")\n'}),
      expect: [says('error', 'main.py on port 8000')],
    },
    Bottle: {
      ...built(python, {'main.py': 'from bottle import route, run\nrun(host="0.0.0.0", port=8081)\n'}),
      expect: [says('error', 'main.py on port 8081')],
    },
    'an app of Bottle': {
      ...built(python, {'main.py': 'import bottle\napp = bottle.Bottle()\napp.run(host="0.0.0.0", port=8081)\n'}),
      expect: [says('error', 'main.py on port 8081')],
    },
    'Robyn, whose default depends on its version': {
      ...built(python, {
        'main.py': 'from robyn import Robyn\napp = Robyn(__file__)\napp.start(host="0.0.0.0", port=8081)\n',
      }),
      expect: [says('error', 'main.py on port 8081')],
    },
    'the default of Dash, which a variable may change': {
      ...built(python, {'main.py': 'import dash\napp = dash.Dash(__name__)\napp.run(host="0.0.0.0")\n'}),
      expect: [says('warning', 'main.py on port 8050')],
    },
    'Hono given an app': {
      ...node(
        "import {serve} from '@hono/node-server'\nimport {app} from './app.js'\nserve(app, (info) => console.log(info.port))\n",
        {'app.js': "import {Hono} from 'hono'\nexport const app = new Hono()\n"},
      ),
      expect: [says('error', 'server.js on port 3000')],
    },
    'Deno given a function': {
      ...built(deno, {'main.ts': "Deno.serve(answer)\nfunction answer() {\n  return new Response('hello')\n}\n"}),
      expect: [says('error', 'main.ts on port 8000')],
    },
    "Deno given an app's fetch": {
      ...built(deno, {'main.ts': "import {Hono} from 'hono'\nconst app = new Hono()\nDeno.serve(app.fetch)\n"}),
      expect: [says('error', 'main.ts on port 8000')],
    },
    'a port of another file': {
      ...node(`const config = require('./config')\n${express}app.listen(config.port)\n`, {
        'config.js': 'module.exports = {port: 3000, host: "0.0.0.0"}\n',
      }),
      expect: [says('error', 'server.js on port 3000')],
    },
    'a port of another file, which may set it anew': {
      ...node(`const config = require('./config')\n${express}app.listen(config.port)\n`, {
        'config.js':
          'const config = {port: 3000}\nif (process.env.PORT) config.port = process.env.PORT\nmodule.exports = config\n',
      }),
      expect: [says('warning', 'server.js on port 3000')],
    },
    'a port of another file, which may be that of a third one': {
      ...node(`const config = require('./config')\n${express}app.listen(config.port)\n`, {
        'config.js':
          "let config\ntry {\n  config = require('/etc/shop.json')\n} catch {\n  config = {port: 3000}\n}\nmodule.exports = config\n",
      }),
      expect: [says('warning', 'server.js on port 3000')],
    },
    'Deno with options of the same file': {
      ...built(deno, {'main.ts': 'const options = {port: 3000}\nDeno.serve(options, app.fetch)\n'}),
      expect: [says('error', 'main.ts on port 3000')],
    },
    'Bun given an app by default': {
      ...built(bun, {'index.ts': "import {Hono} from 'hono'\nconst app = new Hono()\nexport default app\n"}),
      expect: [says('warning', 'index.ts on port 3000')],
    },
    'Bun, which takes its own default without a port': {
      ...built(bun, {'index.ts': 'export default {fetch: app.fetch}\n'}),
      expect: [says('warning', 'index.ts on port 3000')],
    },
    Elysia: {
      ...built(bun, {'index.ts': "import {Elysia} from 'elysia'\nnew Elysia().get('/', 'hello').listen(3000)\n"}),
      expect: [says('error', 'index.ts on port 3000')],
    },
    'h3, whose serve reads PORT': {
      ...node("import {H3, serve} from 'h3'\nconst app = new H3()\nserve(app)\n"),
      expect: [says('warning', 'server.js on port 3000')],
    },
    'what runs beside the server is that of Go': {
      ...built(go, {
        'go.mod': 'module shop\n',
        'cmd/api/main.go':
          'package main\nfunc main() {\n\tgo func() {\n\t\thttp.ListenAndServe("0.0.0.0:6060", nil)\n\t}()\n\tfasthttp.ListenAndServe(":8080", handle)\n}\n',
      }),
      expect: [says('warning', 'cmd/api/main.go on port 6060')],
    },
    'a literal port': {
      ...node(`${express}app.listen(3000, () => console.log('up'))\n`),
      expect: [says('error', 'server.js on port 3000')],
    },
    'the default of PORT, which nothing sets': {
      ...node(`${express}const PORT = process.env.PORT || 4000;\napp.listen(PORT, () => {})\n`),
      expect: [says('warning', 'server.js on port 4000')],
    },
    'no default, so any port': {
      ...node(`${express}app.listen(process.env.PORT)\n`),
      expect: [says('warning', 'server.js, which takes any free port because PORT is set nowhere')],
    },
    'in TypeScript that is compiled, with the port in a file of its own': {
      ...built('FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npx tsc\nCMD ["node", "dist/index.js"]\n', {
        'src/index.ts':
          "import {app} from './app.js'\nimport {env} from './env.js'\nawait app.listen({port: env.PORT, host: '0.0.0.0'})\n",
        'src/app.ts': "import Fastify from 'fastify'\nexport const app = Fastify()\n",
        'src/env.ts':
          'export const env = z.object({\n  PORT: z.coerce.number().default(3001),\n}).parse(process.env)\n',
      }),
      expect: [says('warning', 'src/index.ts on port 3001')],
    },
    'Hono for Node, which reads no PORT': {
      ...node("import {serve} from '@hono/node-server'\nserve({fetch: app.fetch})\n"),
      expect: [says('error', 'server.js on port 3000')],
    },
    Bun: {
      ...built('FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nCMD ["bun", "run", "src/index.ts"]\n', {
        'src/index.ts': 'export default {\n  port: 3000,\n  fetch: app.fetch,\n}\n',
      }),
      expect: [says('error', 'src/index.ts on port 3000')],
    },
    'Go, in the package that is built': {
      ...built(go, {
        'go.mod': 'module shop\n',
        'cmd/api/main.go': 'package main\nimport "shop/web"\nfunc main() {\n\tweb.Start()\n}\n',
        'cmd/other/main.go': 'package main\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}\n',
        'web/web.go':
          'package web\nfunc Start() {\n\taddr := fmt.Sprintf(":%s", getEnv("PORT", "3000"))\n\tserver := &http.Server{Addr: addr}\n\tserver.ListenAndServe()\n}\n',
      }),
      expect: [says('warning', 'web/web.go on port 3000')],
    },
    Rust: {
      ...built(rust, {
        'Cargo.toml': '[package]\nname = "shop"\n',
        'src/main.rs':
          'async fn main() {\n    let addr = SocketAddr::from(([0, 0, 0, 0], 3000));\n    let listener = TcpListener::bind(addr).await.unwrap();\n}\n',
      }),
      expect: [says('error', 'src/main.rs on port 3000')],
    },
    'Rust, with the flags of clap': {
      ...built(rust, clapped()),
      expect: [says('warning', 'src/server.rs on port 5663')],
    },
    Python: {
      ...built(python, {
        'main.py':
          'import os\nimport uvicorn\n\nif __name__ == "__main__":\n    port = int(os.environ.get("PORT", 8000))\n    uvicorn.run("app:app", host="0.0.0.0", port=port)\n',
      }),
      expect: [says('warning', 'main.py on port 8000')],
    },
    'Flask by itself': {
      ...built(python, {
        'main.py': 'from flask import Flask\napp = Flask(__name__)\napp.run(host="0.0.0.0")\n',
      }),
      expect: [says('error', 'main.py on port 5000')],
    },
  },
})
