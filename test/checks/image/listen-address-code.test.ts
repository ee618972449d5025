import listenAddress from '../../../checks/image/listen-address.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const project = (command: string, files: Files, image = 'node:22') => ({
  files: {
    Dockerfile: `FROM ${image}\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`,
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 3000\n',
    ...files,
  },
})
const node = (code: string, files: Files = {}) => project('["node", "server.js"]', {'server.js': code, ...files})
const only = 'which only the machine itself reaches: it must be 0.0.0.0'
const built = (from: string, run: string) =>
  `FROM ${from} AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM debian:bookworm-slim\nCOPY --from=build /src/shop /shop\nCMD ["/shop"]\n`

/** Rocket, as it is without any settings. */
const rocket = (code: string, files: Files = {}) =>
  project('["/shop"]', {
    Dockerfile: built('rust:1', 'cargo build --release && cp target/release/shop .'),
    'Cargo.toml': '[package]\nname = "shop"\n',
    'src/main.rs': `#[launch]\nfn rocket() -> _ {\n    ${code}\n}\n`,
    ...files,
  })

testCheck(listenAddress, {
  clean: {
    'Rocket with its variable': rocket('rocket::build()', {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8000\n[env]\n  ROCKET_ADDRESS = "0.0.0.0"\n',
    }),
    'Rocket with settings in its code': rocket('rocket::custom(config()).mount("/", routes![])'),
    'Rocket with settings in a file': rocket('rocket::build()', {
      'Rocket.toml': '[release]\naddress = "0.0.0.0"\n',
      Dockerfile: `${built('rust:1', 'cargo build --release && cp target/release/shop .')}COPY Rocket.toml .\n`,
    }),
    'Rocket with settings in a file of another name': rocket('rocket::build()', {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8000\n[env]\n  ROCKET_CONFIG = "/etc/shop.toml"\n',
    }),
    'Node without an address': node("const app = require('express')()\napp.listen(3000, () => {})\n"),
    'a backlog is no address': node("require('net').createServer().listen(3000, 511)\n"),
    'Fastify with an address': node(
      "const app = require('fastify')()\napp.listen({port: 3000, host: process.env.HOST || '::'})\n",
    ),
    'Fastify with options that stand elsewhere': node(
      "const app = require('fastify')()\nconst options = {port: 3000, host: '0.0.0.0'}\napp.listen(options)\n",
    ),
    'Fastify with options that get their address later': node(
      "const app = require('fastify')()\nconst options = {port: 3000}\nif (process.env.FLY_REGION) options.host = '::'\napp.listen(options)\n",
    ),
    'Fastify with options of another file, of a call or of a caller': node(
      "const app = require('fastify')()\nconst config = require('./config')\napp.listen(config.server)\napp.listen(options())\nconst start = (options) => app.listen(options)\n",
    ),
    'NestJS on express': node(
      "import {NestFactory} from '@nestjs/core'\nconst app = await NestFactory.create(AppModule)\nawait app.listen(3000)\n",
    ),
    'HOST of [env]': node("app.listen(3000, process.env.HOST || 'localhost')\n", {
      'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 3000\n[env]\n  HOST = "0.0.0.0"\n',
    }),
    'Flask told by its caller': project('["python", "app.py"]', {
      'app.py': 'from flask import Flask\napp = Flask(__name__)\napp.run("0.0.0.0", 3000)\n',
    }),
    'a server of MCP that talks by its standard streams, or is told an address': project('["python", "app.py"]', {
      'app.py':
        'from mcp.server.fastmcp import FastMCP\na = FastMCP("a")\nb = FastMCP("b", host="0.0.0.0", port=3000)\nif STDIO:\n    a.run()\nelse:\n    b.run(transport="sse")\n',
    }),
    'a server of MCP that gets its address later': project('["python", "app.py"]', {
      'app.py':
        'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("a")\nmcp.settings.host = "0.0.0.0"\nmcp.run(transport="streamable-http")\n',
    }),
    'a server of MCP with a variable before': project('["python", "app.py"]', {
      'app.py':
        'import os\nos.environ["FASTMCP_HOST"] = "0.0.0.0"\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("a")\nmcp.run(transport="streamable-http")\n',
    }),
    'something else that runs': project('["python", "app.py"]', {
      'app.py': 'import discord\nbot = discord.Bot()\nbot.run(token)\n',
    }),
    'a server of Rust with two addresses': project('["/shop"]', {
      Dockerfile: built('rust:1', 'cargo build --release && cp target/release/shop .'),
      'Cargo.toml': '[package]\nname = "shop"\n',
      'src/main.rs':
        'fn main() {\n    HttpServer::new(app).bind(("127.0.0.1", 3000))?.bind(("0.0.0.0", 3000))?.run();\n}\n',
    }),
    'a server of Go that gets its address later': project('["/shop"]', {
      Dockerfile: built('golang:1.25', 'go build -o shop .'),
      'go.mod': 'module shop\n',
      'main.go':
        'package main\n\nfunc main() {\n\ts := &http.Server{Addr: "localhost:3000"}\n\ts.Addr = fmt.Sprintf(":%d", 3000)\n\ts.ListenAndServe()\n}\n',
    }),
    'a command that names no host, of a database': project('["/shop"]', {
      Dockerfile: built('rust:1', 'cargo build --release && cp target/release/shop .'),
      'Cargo.toml': '[package]\nname = "shop"\n',
      'src/main.rs': 'fn main() {\n    sqlx::query("select 1").bind("127.0.0.1:3000");\n}\n',
    }),
  },
  flagged: {
    'Fastify, whose default is localhost': {
      ...node("const app = require('fastify')()\napp.listen({port: 3000})\n"),
      expect: [`error server.js:2:1 CMD starts server.js on localhost, ${only}`],
    },
    'Fastify with options that name no address': {
      ...node("const app = require('fastify')()\nconst options = {port: 3000}\napp.listen(options)\n"),
      expect: [`error server.js:3:1 CMD starts server.js on localhost, ${only}`],
    },
    'NestJS on Fastify': {
      ...node(
        "import {NestFactory} from '@nestjs/core'\nimport {FastifyAdapter} from '@nestjs/platform-fastify'\nconst app = await NestFactory.create(AppModule, new FastifyAdapter())\nawait app.listen(3000)\n",
      ),
      expect: [`error server.js:4:7 CMD starts server.js on localhost, ${only}`],
    },
    'an address in the code': {
      ...node("http.createServer(handle).listen(3000, '127.0.0.1')\n"),
      expect: [`error server.js:1:26 CMD starts server.js on 127.0.0.1, ${only}`],
    },
    'the default of HOST, which nothing sets': {
      ...node("app.listen(3000, process.env.HOST || 'localhost')\n"),
      expect: [`warning server.js:1:1 CMD starts server.js on localhost, ${only}`],
    },
    'brackets, which Node looks up': {
      ...node("app.listen({port: 3000, host: '[::]'})\n"),
      expect: [
        'warning server.js:1:1 CMD starts server.js on [::], which it looks up as a name and does not find: brackets are for an address with a port',
      ],
    },
    'a server of MCP, with a variable that comes too late': {
      ...project(
        '["python", "-m", "shop.server", "--transport", "streamable-http"]',
        {
          'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8000\n',
          'shop/__init__.py': '',
          'shop/server.py':
            'import os\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("shop")\n\n\ndef main():\n    os.environ.setdefault("FASTMCP_HOST", "0.0.0.0")\n    mcp.run(transport=args.transport)\n\n\nif __name__ == "__main__":\n    main()\n',
        },
        'python:3.12',
      ),
      expect: [`warning shop/server.py:9:5 CMD starts shop/server.py on 127.0.0.1, ${only}`],
    },
    'Flask by itself': {
      ...project(
        '["python", "app.py"]',
        {
          'app.py':
            'from flask import Flask\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(port=3000)\n',
        },
        'python:3.12',
      ),
      expect: [`error app.py:4:5 CMD starts app.py on 127.0.0.1, ${only}`],
    },
    Go: {
      ...project('["/shop"]', {
        Dockerfile: built('golang:1.24', 'go build -o shop .'),
        'go.mod': 'module shop\n',
        'main.go': 'package main\nfunc main() {\n\thttp.ListenAndServe("localhost:3000", nil)\n}\n',
      }),
      expect: [`error main.go:3:2 CMD starts main.go on localhost, ${only}`],
    },
    Rocket: {
      ...rocket('rocket::build()'),
      expect: [`warning src/main.rs:3:5 CMD starts src/main.rs on 127.0.0.1, ${only}`],
    },
    Rust: {
      ...project('["/shop"]', {
        Dockerfile: built('rust:1', 'cargo build --release && cp target/release/shop .'),
        'Cargo.toml': '[package]\nname = "shop"\n',
        'src/main.rs':
          'async fn main() {\n    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await.unwrap();\n}\n',
      }),
      expect: [`error src/main.rs:2:32 CMD starts src/main.rs on 127.0.0.1, ${only}`],
    },
  },
})
