import checkPath from '../../../checks/image/check-path.ts'
import {testCheck} from '../../harness.ts'

const controller =
  "@Controller('health')\nexport class HealthController {\n  @Get()\n  check() {\n    return 'ok'\n  }\n}\n"

interface Shape {
  /** What main.ts asks of the app. */
  app?: string
  health?: string
  module?: string
  files?: Record<string, string>
}

const nest = (path: string, {app = '', health = controller, module = '', files = {}}: Shape = {}) => ({
  files: {
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/main"]\n',
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 3000\n[[http_service.checks]]\n  path = "${path}"\n`,
    'package.json':
      '{"scripts": {"build": "nest build"}, "dependencies": {"@nestjs/core": "11", "@nestjs/common": "11", "@nestjs/terminus": "11", "@nestjs/swagger": "11", "helmet": "8", "@nestjs/serve-static": "5", "nestjs-healthz": "1"}}',
    'src/main.ts': `import {NestFactory} from '@nestjs/core'\nimport {VersioningType} from '@nestjs/common'\nimport helmet from 'helmet'\nimport {AppModule} from './app.module'\n\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule)\n  app.use(helmet())\n${app}  await app.listen(3000)\n}\nbootstrap()\n`,
    'src/app.module.ts': `import {Module} from '@nestjs/common'\nimport {TerminusModule} from '@nestjs/terminus'\nimport {HealthController} from './health.controller'\n${module}\n@Module({imports: [TerminusModule], controllers: [HealthController]})\nexport class AppModule {}\n`,
    'src/health.controller.ts': `import {Controller, Get, Post, VERSION_NEUTRAL} from '@nestjs/common'\n\n${health}`,
    ...files,
  },
})
const prefix = "  app.setGlobalPrefix('api')\n"
const versions = (more = '') => `  app.enableVersioning({type: VersioningType.URI${more}})\n`
const missing = (path: string) =>
  `warning fly.toml:5:3 http_service.checks[0].path is "${path}", but no route of the NestJS app is called so: the check gets 404, and fails`

testCheck(checkPath, {
  clean: {
    'the controller of the health check': nest('/health'),
    'in other letters, and with a / at its end': nest('/Health/'),
    'behind the global prefix': nest('/api/health', {app: prefix}),
    'which leaves the route out': nest('/health', {app: "  app.setGlobalPrefix('api', {exclude: ['health']})\n"}),
    'which leaves a method out': nest('/health', {
      app: "  app.setGlobalPrefix('api', {exclude: [{path: 'health', method: RequestMethod.GET}]})\n",
    }),
    'which leaves a pattern out': nest('/health', {app: "  app.setGlobalPrefix('api', {exclude: ['hea(.*)']})\n"}),
    'by a name': nest('/api/health', {app: "  const globalPrefix = 'api'\n  app.setGlobalPrefix(globalPrefix)\n"}),
    'a prefix of the settings': nest('/health', {app: '  app.setGlobalPrefix(config.prefix)\n'}),
    'with the version of all': nest('/api/v1/health', {app: prefix + versions(", defaultVersion: '1'")}),
    'without one, where none is said': nest('/health', {app: versions()}),
    'of no version': nest('/health', {
      app: versions(", defaultVersion: '1'"),
      health: controller.replace("'health'", "{path: 'health', version: VERSION_NEUTRAL}"),
    }),
    'by a header': nest('/health', {app: "  app.enableVersioning({type: VersioningType.HEADER, header: 'v'})\n"}),
    'pages of Swagger': nest('/docs', {app: "  SwaggerModule.setup('docs', app, document)\n"}),
    'middleware of the path': nest('/up', {app: "  app.use('/up', ready)\n"}),
    'middleware that may answer': nest('/up', {app: '  app.use((req, res, next) => answer(req, res, next))\n'}),
    'a controller with a base': nest('/health/all', {
      health: controller.replace('HealthController {', 'HealthController extends Base {'),
    }),
    'a path that is worked out': nest('/up', {health: controller.replace("'health'", 'path()')}),
    'files of a folder': nest('/up', {module: "import {ServeStaticModule} from '@nestjs/serve-static'\n"}),
    'a package with a health check': nest('/up', {module: "import {HealthzModule} from 'nestjs-healthz'\n"}),
    'several paths': nest('/up', {
      health: controller.replace('@Get()', "@Get(['ready', '/']) ").replace("'health'", "['health', 'up']"),
    }),
  },
  flagged: {
    'without the global prefix': {...nest('/health', {app: prefix}), expect: [missing('/health')]},
    'a prefix that is not there': {...nest('/api/health'), expect: [missing('/api/health')]},
    'another prefix': {
      ...nest('/api/health', {app: "  app.setGlobalPrefix('/api/v1')\n"}),
      expect: [missing('/api/health')],
    },
    'which leaves another route out': {
      ...nest('/health/live', {
        app: "  app.setGlobalPrefix('api', {exclude: ['health']})\n",
        health: controller.replace('@Get()', "@Get('live')"),
      }),
      expect: [missing('/health/live')],
    },
    'without the version of all': {
      ...nest('/health', {app: versions(", defaultVersion: '1'")}),
      expect: [missing('/health')],
    },
    'another version': {
      ...nest('/v1/health', {
        app: versions(),
        health: controller.replace("'health'", "{path: 'health', version: '2'}"),
      }),
      expect: [missing('/v1/health')],
    },
    'the root': {...nest('/'), expect: [missing('/')]},
    'another method': {
      ...nest('/health', {health: controller.replace('@Get', '@Post')}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/health", which the app answers for POST only: the check asks with GET, and fails',
      ],
    },
    'a controller that no module names': {
      ...nest('/health', {
        module:
          "import {OrdersController} from './orders.controller'\n@Module({controllers: [OrdersController]})\nexport class OrdersModule {}\n",
        files: {
          'src/orders.controller.ts':
            "@Controller('orders')\nexport class OrdersController {\n  @Get()\n  all() {}\n}\n",
          'src/health.controller.ts': controller,
          'src/app.module.ts':
            "import {Module} from '@nestjs/common'\nimport {HealthController} from './health.controller'\nimport {OrdersController} from './orders.controller'\n@Module({controllers: [OrdersController]})\nexport class AppModule {}\n",
        },
      }),
      expect: [missing('/health')],
    },
  },
})
