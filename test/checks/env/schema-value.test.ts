import schemaValue from '../../../checks/env/schema-value.ts'
import {testCheck} from '../../harness.ts'

const project = (fields: string, env: string, {schema = '', ...more}: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${env}\n`,
    Dockerfile:
      'FROM node:22-slim\nENV NODE_ENV=production\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]\n',
    'package.json': JSON.stringify({scripts: {build: 'tsc'}, dependencies: {zod: '^4.1.0'}}),
    'src/server.ts': "import {env} from './env.js'\nconsole.log(env)\n",
    'src/env.ts': schema || `import {z} from 'zod'\nexport const env = z.object({\n${fields}\n}).parse(process.env)\n`,
    ...more,
  },
})

/** An app of NestJS, which validates the environment by a schema of Joi in a file of its own. */
const nest = (fields: string, env: string, {options = 'validationSchema', more = ''} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n${env}\n`,
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/main"]\n',
    'package.json': '{"scripts": {"build": "nest build"}, "dependencies": {"@nestjs/config": "4", "joi": "17"}}',
    'src/main.ts': "import {AppModule} from './app.module'\n",
    'src/app.module.ts': `import {ConfigModule} from '@nestjs/config'\nimport {validationSchema} from './validation'\n@Module({imports: [ConfigModule.forRoot({isGlobal: true, ${options}})]})\nexport class AppModule {}\n`,
    'src/validation.ts': `import * as Joi from 'joi'\nexport const validationSchema = Joi.object({\n${fields}\n})\n${more}`,
  },
})

testCheck(schemaValue, {
  clean: {
    'Joi makes numbers of texts': nest('  PORT: Joi.number().port().required(),', 'PORT = "8080"'),
    'Joi makes booleans of texts': nest('  DEBUG: Joi.boolean().default(false),', 'DEBUG = "TRUE"'),
    'Joi with one of the choices': nest("  LOG: Joi.string().valid('info', 'warn').default('info'),", 'LOG = "warn"'),
    'Joi with a scheme of its own': nest('  URL: Joi.string().uri(),', 'URL = "redis://shop.internal:6379"'),
    'Joi allows what is empty': nest("  LOG: Joi.string().allow(''),", 'LOG = ""'),
    'Joi, when something else is so': nest(
      "  LOG: Joi.number().when('PORT', {is: 1, then: Joi.required()}),",
      'LOG = "x"',
    ),
    'Joi takes letters of any case': nest("  LOG: Joi.string().valid('info').insensitive(),", 'LOG = "INFO"'),
    'Joi that asks of .env alone': nest('  PORT: Joi.number(),', 'PORT = "x"', {
      options: 'validationSchema, validatePredefined: false',
    }),
    'Joi of something else': nest('  LOG: Joi.string(),', 'PORT = "x"', {
      more: 'export const body = Joi.object({\n  PORT: Joi.number(),\n})\n',
    }),
    'a number that is made of the text': project('PORT: z.coerce.number().int().min(1).default(3000)', 'PORT = "8080"'),
    'a text that is turned into something later': project(
      'PORT: z.string().transform(Number).pipe(z.number())',
      'PORT = "8080"',
    ),
    'one of the choices, in the image and in [env]': project(
      "NODE_ENV: z.enum(['development', 'production']), LOG: z.literal('info')",
      'LOG = "info"',
    ),
    'another type would do': project('PORT: z.number().or(z.string())', 'PORT = "8080"'),
    'what is refused is caught': project('PORT: z.number().catch(3000)', 'PORT = "8080"'),
    'it is changed before': project(
      'PORT: z.preprocess(Number, z.number()), LOG: z.string().trim().max(4)',
      'PORT = "8080"\nLOG = " info "',
    ),
    'nothing sets it': project('PORT: z.number().default(3000)', 'LOG = "info"'),
    'a type of the project': project('PORT: port()', 'PORT = "x"'),
    'fields of something else': project('', 'PORT = "8080"', {
      schema:
        "import {z} from 'zod'\nexport const body = z.object({PORT: z.number()})\nexport const env = z.object({}).parse(process.env)\n",
    }),
    'numbers are made of the variables first': project('', 'PORT = "8080"', {
      schema:
        "import {z} from 'zod'\nexport const env = z.object({PORT: z.number()}).parse({...process.env, PORT: Number(process.env.PORT)})\n",
    }),
    'what does not fit is only logged': project('', 'PORT = "8080"', {
      schema:
        "import {z} from 'zod'\nconst read = z.object({PORT: z.number()}).safeParse(process.env)\nconsole.log(read.error)\n",
    }),
    'of another program': project('PORT: z.number()', 'PORT = "8080"', {
      'src/server.ts': 'console.log(1)\n',
      'worker/package.json': '{}',
    }),
    'a URL, by the scheme of a database, too': project(
      'APP_URL: z.url(), DB: z.string().url().startsWith("postgres")',
      'APP_URL = "https://shop.example"\nDB = "postgres://db.internal:5432/shop"',
    ),
  },
  flagged: {
    'Joi wants a number': {
      ...nest('  PORT: Joi.number().required(),', 'PORT = "8080/tcp"'),
      expect: [
        'warning fly.toml:3:1 PORT is "8080/tcp", which is not what the schema in src/validation.ts wants, a number: the app stops with a config validation error',
      ],
    },
    'Joi wants one of the choices': {
      ...nest("  NODE_ENV: Joi.string().valid('development', 'prod').required(),", 'NODE_ENV = "production"'),
      expect: [
        "warning fly.toml:3:1 NODE_ENV is \"production\", which is not what the schema in src/validation.ts wants, 'development' or 'prod': the app stops with a config validation error",
      ],
    },
    'Joi wants true or false': {
      ...nest('  DEBUG: Joi.boolean(),', 'DEBUG = "1"', {options: 'validationSchema: validationSchema'}),
      expect: [
        'warning fly.toml:3:1 DEBUG is "1", which is not what the schema in src/validation.ts wants, true or false: the app stops with a config validation error',
      ],
    },
    'Joi wants a URI': {
      ...nest('  SHOP_URL: Joi.string().uri().required(),', 'SHOP_URL = "shop.com"'),
      expect: [
        'warning fly.toml:3:1 SHOP_URL is "shop.com", which is not what the schema in src/validation.ts wants, a URI, which begins with a scheme such as https://: the app stops with a config validation error',
      ],
    },
    'a number that is none': {
      ...project('PORT: z.number().default(3000)', 'PORT = "8080"'),
      expect: [
        'warning fly.toml:3:1 PORT is "8080", which is not what the schema in src/env.ts wants, a number: the app stops with a ZodError',
      ],
    },
    'a choice that is not there, by the schema of a name': {
      ...project('', 'NODE_ENV = "staging"', {
        schema:
          "import * as z from 'zod'\nconst schema = z.object({NODE_ENV: z.enum(['development', 'production']).default('development')}).passthrough()\nconst read = schema.safeParse(process.env)\nif (!read.success) process.exit(1)\nexport const env = read.data\n",
      }),
      expect: [
        `warning fly.toml:3:1 NODE_ENV is "staging", which is not what the schema in src/env.ts wants, 'development' or 'production': the app stops with a ZodError`,
      ],
    },
    'set by the image': {
      ...project("NODE_ENV: z.enum(['dev', 'prod']).default('dev')", 'A = "1"'),
      expect: [
        `warning Dockerfile:2:1 NODE_ENV is "production", which is not what the schema in src/env.ts wants, 'dev' or 'prod': the app stops with a ZodError`,
      ],
    },
    'a URL without a scheme, a text that is too short, and a number out of bounds': {
      ...project(
        'APP_URL: z.string().url(), JWT_SECRET: z.string().min(32), WORKERS: z.coerce.number().max(4)',
        'APP_URL = "shop.example"\nJWT_SECRET = "changeme"\nWORKERS = 8',
      ),
      expect: [
        'warning fly.toml:3:1 APP_URL is "shop.example", which is not what the schema in src/env.ts wants, a URL, which begins with a scheme such as https://: the app stops with a ZodError',
        'warning fly.toml:4:1 the value of JWT_SECRET is not what the schema in src/env.ts wants, at least 32 characters: the app stops with a ZodError',
        'warning fly.toml:5:1 WORKERS is "8", which is not what the schema in src/env.ts wants, a number up to 4: the app stops with a ZodError',
      ],
    },
    'false, which becomes true': {
      ...project('DEBUG: z.coerce.boolean().default(false)', 'DEBUG = "false"'),
      expect: [
        'warning fly.toml:3:1 DEBUG is "false", which is a text that is not empty, and z.coerce.boolean() in src/env.ts makes true of it',
      ],
    },
  },
})
