import proxyHttps from '../../../checks/env/proxy-https.ts'
import {testCheck} from '../../harness.ts'

const served = 'app = "shop"\n[http_service]\n  internal_port = 4000\n'
const phoenix = (options: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': served,
    'mix.exs': '',
    'config/prod.exs': `import Config\nconfig :shop, ShopWeb.Endpoint,\n  force_ssl: [${options}]\n`,
    ...more,
  },
})
const django = (settings: string) => ({
  files: {
    'fly.toml': served,
    'shop/wsgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/settings.py': settings,
  },
})
const express = (...lines: string[]) => ({
  files: {
    'fly.toml': served,
    'package.json': '{"dependencies": {"express": "^5.0.0"}}',
    'server.js': `const app = require('express')()\n${lines.map((line) => `${line}\n`).join('')}`,
  },
})
const secure = "app.use((req, res, next) => (req.secure ? next() : res.redirect('https://' + req.hostname + req.url)))"
const endpoint = (plugs: string) => ({
  files: {
    'fly.toml': served,
    'mix.exs': '',
    'lib/shop_web/endpoint.ex': `defmodule ShopWeb.Endpoint do\n${plugs}end\n`,
  },
})
const loop = (by: string, at: string) =>
  `warning ${at} ${by} sees every request as http, since Fly.io's proxy ends TLS, and redirects it to https again and again`

testCheck(proxyHttps, {
  clean: {
    'Phoenix that believes the header': phoenix('rewrite_on: [:x_forwarded_proto]'),
    'Express that believes the header': express("app.set('trust proxy', 1)", secure),
    'the advice of the generator': {
      files: {'fly.toml': served, 'mix.exs': '', 'config/prod.exs': '#       force_ssl: [hsts: true]\n'},
    },
    'a function decides': phoenix('exclude: {ShopWeb, :plain?, []}'),
    'TLS that goes through to the app': phoenix('hsts: true', {
      'fly.toml': 'app = "shop"\n[[services]]\n  internal_port = 4000\n[[services.ports]]\n  port = 443\n',
    }),
    'no traffic from outside': phoenix('hsts: true', {'fly.toml': 'app = "shop"\n'}),
    'a health check that meets it, which another check tells': phoenix('hsts: true', {
      'fly.toml': `${served}[[http_service.checks]]\n  path = "/up"\n`,
    }),
    'Django that believes the header': django(
      'SECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n',
    ),
    'Django without the redirect': django('SESSION_COOKIE_SECURE = True\n'),
    'a plug behind one that rewrites': endpoint('  plug Plug.RewriteOn, [:x_forwarded_proto]\n  plug Plug.SSL\n'),
    'a plug that believes the header': endpoint('  plug Plug.SSL,\n    rewrite_on: [:x_forwarded_proto]\n'),
    'a plug in a branch': endpoint('  if Mix.env() == :dev do\n    plug Plug.SSL\n  end\n'),
  },
  flagged: {
    Express: {...express(secure), expect: [loop('Express', 'server.js:2:30')]},
    Phoenix: {...phoenix('hsts: true'), expect: [loop('Phoenix', 'config/prod.exs:3:3')]},
    'another header': {
      ...phoenix('rewrite_on: [:x_forwarded_host]'),
      expect: [loop('Phoenix', 'config/prod.exs:3:3')],
    },
    'a plug of the endpoint': {
      ...endpoint('  plug Plug.SSL, hsts: true\n'),
      expect: [loop('Phoenix', 'lib/shop_web/endpoint.ex:2:3')],
    },
    'Django, by a variable of [env]': {
      files: {
        ...django(
          'import os\nDEBUG = os.getenv("DEBUG", "True") == "True"\nif not DEBUG:\n    SECURE_SSL_REDIRECT = os.getenv("SSL", "True").lower() == "true"\n',
        ).files,
        'fly.toml': `${served}[env]\n  DEBUG = "False"\n  SSL = "True"\n`,
      },
      expect: [loop('Django', 'shop/settings.py:4:5')],
    },
    Django: {...django('SECURE_SSL_REDIRECT = True\n'), expect: [loop('Django', 'shop/settings.py:1:1')]},
  },
})
