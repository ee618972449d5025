import listenPort from '../../../checks/image/listen-port.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const project = (dockerfile: string, files: Files = {}, env = '') => ({
  files: {
    Dockerfile: `${dockerfile}\n`,
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 8080\n${env}`,
    ...files,
  },
})
const says = (severity: string, what: string) => `${severity} fly.toml:3:3 internal_port is 8080, but ${what}`
const phoenix = 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nCMD ["/app/bin/server"]'
const runtime = 'config :shop, ShopWeb.Endpoint,\n  http: [port: String.to_integer(System.get_env("PORT") || "4000")]\n'
const pom = '<artifactId>spring-boot-starter-web</artifactId>'
const java = 'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["java", "-jar", "app.jar"]'
const dotnet = (tag: string, more = '') =>
  `FROM mcr.microsoft.com/dotnet/aspnet:${tag}\nWORKDIR /app\nCOPY . .\n${more}ENTRYPOINT ["dotnet", "Shop.dll"]`
const rails = 'FROM ruby:3.4\nENV RAILS_ENV=production\nWORKDIR /rails\nCOPY . .\nCMD ["./bin/rails", "server"]'

testCheck(listenPort, {
  clean: {
    'nginx with a configuration for the port': project(
      'FROM nginx:1.29\nCOPY nginx.conf /etc/nginx/conf.d/default.conf',
      {
        'nginx.conf': 'server {\n  listen 8080;\n}\n',
      },
    ),
    'nginx with a site of its own, on one line': project(
      'FROM nginx:1.29\nCOPY site.conf /etc/nginx/conf.d/site.conf',
      {'site.conf': '# listen 3000;\nserver { listen 8080; root /site; }\n'},
    ),
    'nginx whose configuration a RUN changes': project(
      "FROM nginx:1.29\nRUN sed -i 's/80/8080/' /etc/nginx/conf.d/default.conf",
    ),
    'nginx with a template': project(
      'FROM nginx:1.29\nCOPY site.template /etc/nginx/templates/default.conf.template',
      {'site.template': 'server {\n  listen ${PORT};\n}\n'},
      '[env]\n  PORT = "8080"\n',
    ),
    'nginx for users without rights': project('FROM nginxinc/nginx-unprivileged:1.29'),
    'nginx beside another server': project('FROM nginx:1.29\nCOPY start.sh /\nCMD ["sh", "/start.sh"]', {
      'start.sh': 'node server.js &\nnginx -g "daemon off;"\n',
    }),
    Caddy: project('FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile', {Caddyfile: ':8080 {\n\troot * /srv\n}\n'}),
    'PHP-FPM that is asked by no browser': project('FROM php:8.3-fpm\nCMD ["php-fpm"]', {
      'fly.toml':
        'app = "shop"\n[[services]]\n  internal_port = 9000\n  protocol = "tcp"\n  [[services.ports]]\n    port = 9000\n',
    }),
    'PHP-FPM, and a script': project('FROM php:8.3-fpm\nCOPY s.sh /\nCMD ["sh", "/s.sh"]', {
      's.sh': 'php-fpm -D\ncaddy run\n',
    }),
    'Caddy with one site, without braces': project('FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile', {
      Caddyfile: '# the site\n:8080\nroot * /srv\nfile_server\n',
    }),
    'FrankenPHP with a name of its own': project(
      'FROM dunglas/frankenphp:1-php8.4\nENV SERVER_NAME=:8080\nCOPY . /app',
    ),
    'FrankenPHP with a name that fly.toml sets': project(
      'FROM dunglas/frankenphp:1-php8.4\nENV SERVER_NAME=:80\nCOPY . /app',
      {},
      '[env]\n  SERVER_NAME = ":8080"\n',
    ),
    'FrankenPHP with a Caddyfile': project(
      'FROM dunglas/frankenphp:1-php8.4\nENV SERVER_NAME=:80\nCOPY Caddyfile /etc/frankenphp/Caddyfile',
      {Caddyfile: ':8080 {\n\troot /app\n}\n'},
    ),
    'nginx with a configuration that fly.toml brings': project(
      'FROM nginx:1.29',
      {},
      '[[files]]\n  guest_path = "/etc/nginx/conf.d/default.conf"\n  local_path = "nginx.conf"\n',
    ),
    'Apache with a configuration that another image brings': project(
      'FROM php:8.3-apache\nCOPY --from=shop/settings /conf /etc/apache2',
    ),
    'Caddy with a file elsewhere': project(
      'FROM caddy:2\nWORKDIR /app\nCOPY Caddyfile .\nCMD ["caddy", "run", "--config", "/app/Caddyfile"]',
      {Caddyfile: ':8080 {\n\troot * /srv\n}\n'},
    ),
    'Caddy on another image, without a file that is seen': project(
      'FROM debian:bookworm-slim\nCOPY --from=caddy:2 /usr/bin/caddy /usr/bin/caddy\nCMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]',
    ),
    'Caddy by its command alone': project('FROM caddy:2\nCMD ["caddy", "file-server", "--listen", ":8080"]'),
    'Apache, and a RUN changes its port': project(
      "FROM php:8.3-apache\nCOPY . /var/www/html\nRUN sed -i 's/80/8080/g' /etc/apache2/sites-available/*.conf /etc/apache2/ports.conf",
    ),
    'Apache with ports of its own, from PORT': project(
      'FROM php:8.3-apache\nCOPY ports.conf /etc/apache2/ports.conf',
      {'ports.conf': 'Listen ${PORT}\n'},
      '[env]\n  PORT = "8080"\n',
    ),
    'Apache beside a script that may change it': project(
      'FROM php:8.3-apache\nCOPY start.sh /\nCMD ["sh", "/start.sh"]',
      {'start.sh': 'sed -i "s/80/8080/" /etc/apache2/ports.conf\nexec apache2-foreground\n'},
    ),
    'PHP without Apache': project('FROM php:8.3-cli'),
    Tomcat: project('FROM tomcat:11\nCOPY shop.war /usr/local/tomcat/webapps/'),
    'ASP.NET Core since 8.0': project(dotnet('8.0')),
    'ASP.NET Core with a port in the code': project(dotnet('7.0'), {'Program.cs': 'app.Run("http://0.0.0.0:8080");\n'}),
    'Spring Boot by default': project(java, {'pom.xml': pom}),
    'Spring Boot with a port for developers alone': project(
      `${java}\nENV SPRING_PROFILES_ACTIVE=prod JAVA_TOOL_OPTIONS=-Xmx300m`,
      {'pom.xml': pom, 'src/main/resources/application-dev.properties': 'server.port=9090\n'},
    ),
    'Spring Boot with options that say the port': project(`${java}\nENV JAVA_TOOL_OPTIONS=-Dserver.port=8080`, {
      'pom.xml': pom,
      'src/main/resources/application.properties': 'server.port=9090\n',
    }),
    'Phoenix with a port that is written, and a branch for something else': project(phoenix, {
      'mix.exs': '',
      'config/runtime.exs':
        'import Config\nif config_env() == :prod do\n  config :shop, ShopWeb.Endpoint, http: [port: 8080]\nend\nif config_env() == :dev do\n  config :shop, ShopWeb.Endpoint, http: [port: 4000]\nend\n',
    }),
    'Phoenix with two endpoints': project(phoenix, {
      'mix.exs': '',
      'config/runtime.exs':
        'import Config\nif config_env() == :prod do\n  config :shop, ShopWeb.Endpoint, http: [port: String.to_integer(System.get_env("PORT") || "8080")]\n  config :shop, ShopWeb.AdminEndpoint, http: [port: 4001]\nend\n',
    }),
    'Phoenix with PORT': project(phoenix, {'mix.exs': '', 'config/runtime.exs': runtime}, '[env]\n  PORT = "8080"\n'),
    'Puma with another file': project(rails, {'config/puma.rb': 'bind "tcp://0.0.0.0:8080"\nport 3000\n'}),
  },
  flagged: {
    'PHP with Apache, on its usual port': {
      ...project(
        "FROM php:8.3-apache\nENV APACHE_DOCUMENT_ROOT=/var/www/html/public\nRUN sed -ri -e 's!/var/www/html!${APACHE_DOCUMENT_ROOT}!g' /etc/apache2/sites-available/*.conf\nCOPY . /var/www/html",
      ),
      expect: [says('error', 'the image php:8.3-apache starts apache on port 80')],
    },
    'Apache, with a second port beside the usual one': {
      ...project('FROM php:8.3-apache\nCOPY site.conf /etc/apache2/sites-enabled/site.conf', {
        'site.conf': 'Listen 3000\n<VirtualHost *:3000>\n</VirtualHost>\n',
      }),
      expect: [says('error', 'the image php:8.3-apache starts apache on port 3000 and 80')],
    },
    'Apache with a configuration of its own': {
      ...project('FROM httpd:2.4\nCOPY httpd.conf /usr/local/apache2/conf/httpd.conf\nCMD ["httpd-foreground"]', {
        'httpd.conf': 'ServerRoot /usr/local/apache2\nListen 3000\n',
      }),
      expect: [says('error', 'CMD starts apache on port 3000')],
    },
    'WordPress, whose image starts Apache': {
      ...project('FROM wordpress:6.9'),
      expect: [says('warning', 'the image wordpress:6.9 starts apache on port 80')],
    },
    'Tomcat with another connector': {
      ...project('FROM tomcat:11\nCOPY server.xml /usr/local/tomcat/conf/server.xml', {
        'server.xml':
          '<Server>\n<Connector port="9090" protocol="HTTP/1.1" />\n<!-- <Connector port="8080" /> -->\n</Server>\n',
      }),
      expect: [says('error', 'the image tomcat:11 starts tomcat on port 9090')],
    },
    'Caddy with the file of its image': {
      ...project('FROM caddy:2-alpine\nCOPY . /usr/share/caddy'),
      expect: [says('error', 'the image caddy:2-alpine starts caddy on port 80')],
    },
    'Deno, started by its image': {
      ...project('FROM denoland/deno:2.1.4\nWORKDIR /app\nCOPY . .\nCMD ["run", "-A", "main.ts"]', {
        'main.ts': 'Deno.serve(() => new Response("hello"))\n',
      }),
      expect: [says('error', 'CMD starts main.ts on port 8000')],
    },
    'nginx with its own site': {
      ...project('FROM nginx:alpine\nCOPY dist /usr/share/nginx/html', {'dist/index.html': ''}),
      expect: [says('error', 'the image nginx:alpine starts nginx on port 80')],
    },
    'nginx with a configuration of the project': {
      ...project(
        'FROM nginx:1.29\nCOPY nginx.conf /etc/nginx/conf.d/default.conf\nCMD ["nginx", "-g", "daemon off;"]',
        {
          'nginx.conf': 'server {\n  listen 3000 default_server;\n  listen [::]:3000;\n}\n',
        },
      ),
      expect: [says('error', 'CMD starts nginx on port 3000')],
    },
    'Caddy with one site, without braces': {
      ...project('FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile', {Caddyfile: ':3000\nfile_server\n'}),
      expect: [says('error', 'the image caddy:2 starts caddy on port 3000')],
    },
    'PHP-FPM alone': {
      ...project('FROM php:8.3-fpm\nCMD ["php-fpm"]'),
      expect: [
        'error Dockerfile:2:1 CMD starts PHP-FPM alone, which speaks FastCGI and no HTTP: nothing in the machine answers on port 8080',
      ],
    },
    FrankenPHP: {
      ...project('FROM dunglas/frankenphp:1-php8.4\nENV SERVER_NAME=:80\nCOPY . /app'),
      expect: [says('warning', 'the image dunglas/frankenphp:1-php8.4 starts FrankenPHP on port 80')],
    },
    Caddy: {
      ...project('FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile', {Caddyfile: ':80 {\n\troot * /srv\n}\n'}),
      expect: [says('error', 'the image caddy:2 starts caddy on port 80')],
    },
    'ASP.NET Core before 8.0': {
      ...project(dotnet('7.0')),
      expect: [says('warning', 'ENTRYPOINT starts dotnet on port 80')],
    },
    'ASP.NET Core with a variable': {
      ...project(dotnet('9.0', 'ENV ASPNETCORE_URLS=http://+:5000\n')),
      expect: [says('warning', 'ENTRYPOINT starts dotnet on port 5000')],
    },
    'Spring Boot': {
      ...project(java, {'pom.xml': pom, 'src/main/resources/application.yml': 'server:\n  port: ${PORT:9090}\n'}),
      expect: [says('warning', 'ENTRYPOINT starts java on port 9090')],
    },
    'Spring Boot with a port in the profile of the deploy': {
      ...project(`${java}\nENV SPRING_PROFILES_ACTIVE=prod JAVA_TOOL_OPTIONS=-Xmx300m`, {
        'pom.xml': pom,
        'src/main/resources/application.properties': 'server.port=8080\n',
        'src/main/resources/application-prod.properties': 'server.port=${PORT:9090}\n',
      }),
      expect: [says('warning', 'ENTRYPOINT starts java on port 9090')],
    },
    'Phoenix with a port that is written, whatever PORT is': {
      ...project(
        phoenix,
        {
          'mix.exs': '',
          'config/runtime.exs':
            'import Config\n\nconfig :shop, ShopWeb.Endpoint, http: [port: String.to_integer(System.get_env("PORT", "4000"))]\n\nif config_env() == :prod do\n  config :shop, ShopWeb.Endpoint,\n    http: [ip: {0, 0, 0, 0}, port: 4001]\nend\n',
        },
        '[env]\n  PORT = "8080"\n',
      ),
      expect: [says('warning', 'CMD starts Phoenix on port 4001')],
    },
    Phoenix: {
      ...project(phoenix, {'mix.exs': '', 'config/runtime.exs': runtime}),
      expect: [says('warning', 'CMD starts Phoenix on port 4000')],
    },
    Rails: {
      ...project(rails, {'config/puma.rb': 'port ENV.fetch("PORT", 3000)\n'}),
      expect: [says('warning', 'CMD starts rails server on port 3000')],
    },
  },
})
